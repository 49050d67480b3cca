from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from assistant.engines import engine_of
from assistant.settings import load_settings
from corpus.errors import SettingsInvalid
from corpus.worker import Limits
from index.milvus.engine import MilvusEngine


def write(home: Path, text: str) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "config.toml").write_text(text, encoding="utf-8")


def test_the_data_folder_is_where_the_variable_says(home: Path) -> None:
    assert load_settings().home == home


def test_without_a_variable_data_lives_in_the_users_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PILCROW_HOME")
    assert load_settings().home.name == "pilcrow"


def test_given_beats_variable_beats_file_beats_default(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().port == 8642
    write(home, "port = 1001\n")
    assert load_settings().port == 1001
    monkeypatch.setenv("PILCROW_PORT", "1002")
    assert load_settings().port == 1002
    assert load_settings(port=1003).port == 1003


@pytest.mark.parametrize(
    ("text", "said"),
    [("port = -1\n", "PILCROW_PORT"), ("colour = 'red'\n", "colour"), ("port = \n", "config.toml")],
)
def test_a_wrong_setting_is_named(home: Path, text: str, said: str) -> None:
    write(home, text)
    with pytest.raises(SettingsInvalid, match=said):
        load_settings()


@pytest.mark.parametrize("value", ["en,fr", "en, fr", "en fr"])
def test_languages_are_separated_as_people_do(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PILCROW_LANGUAGES", value)
    assert load_settings().languages == ("en", "fr")


def test_languages_may_be_a_list_in_the_file(home: Path) -> None:
    write(home, 'languages = ["en", "es"]\n')
    assert load_settings().languages == ("en", "es")


def test_the_limits_of_files_are_those_of_their_readers() -> None:
    settings = load_settings()
    limits = Limits(settings.max_file_seconds, settings.max_file_memory, settings.max_file_pages)
    assert limits == Limits()


# -- what the safety of a server rests on


@pytest.mark.parametrize(
    "key", ["", "fifteen letters", "sixteen letters.", "sixteen-letters\n", "clé-de-seize-lettres"]
)
def test_a_key_that_could_be_guessed_or_not_be_sent_is_refused_unseen(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("PILCROW_API_KEY", key)
    with pytest.raises(SettingsInvalid, match="PILCROW_API_KEY") as caught:
        load_settings()
    assert "a key has" in str(caught.value)
    shown = "".join(traceback.format_exception(caught.value))
    assert not key or key.strip() not in shown


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("milvus", "neither"),
        ("lite.sqlite", "neither"),
        ("ftp://milvus:19530", "neither"),
        ("http://", "neither"),
        ("http://root:Milvus@milvus:19530", "belongs in milvus_token"),
    ],
)
def test_what_leads_to_no_milvus_is_refused(monkeypatch: pytest.MonkeyPatch, uri: str, said: str) -> None:
    monkeypatch.setenv("PILCROW_MILVUS_URI", uri)
    with pytest.raises(SettingsInvalid, match=said) as caught:
        load_settings()
    assert "Milvus@" not in str(caught.value)


def test_what_lets_in_to_milvus_is_never_shown(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILCROW_ENGINE", "milvus")
    monkeypatch.setenv("PILCROW_MILVUS_TOKEN", "root:Milvus")
    for uri in ("https://milvus:19530", "folder/lite.db"):
        monkeypatch.setenv("PILCROW_MILVUS_URI", uri)
        settings = load_settings()
        engine = engine_of(settings, home)
        assert isinstance(engine, MilvusEngine)
        assert engine.server.uri == engine.server.shown == uri
        assert "root:Milvus" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_a_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILCROW_API_KEY", "a-key-of-21-characters")
    settings = load_settings()
    assert settings.api_key is not None
    assert settings.api_key.get_secret_value() == "a-key-of-21-characters"
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert "a-key-of" not in shown


@pytest.mark.parametrize(
    ("value", "hosts"),
    [
        ("pilcrow.example.org", ("pilcrow.example.org",)),
        ("Pilcrow.Example.org., 10.0.0.7 ::1", ("pilcrow.example.org", "10.0.0.7", "::1")),
        ("[0:0::1]", ("::1",)),
    ],
)
def test_hosts_are_taken_in_one_spelling(
    monkeypatch: pytest.MonkeyPatch, value: str, hosts: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PILCROW_ALLOWED_HOSTS", value)
    assert load_settings().allowed_hosts == hosts


@pytest.mark.parametrize(
    "value", ["*", "*.example.org", "example.org:80", "http://example.org", "[::1]:80", "é.org"]
)
def test_what_is_no_host_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PILCROW_ALLOWED_HOSTS", f"localhost,{value}")
    with pytest.raises(SettingsInvalid, match="PILCROW_ALLOWED_HOSTS"):
        load_settings()


@pytest.mark.parametrize(
    "value",
    [
        "example.org",
        "ftp://example.org",
        "https://example.org/?a=1",
        "https://example.org/#a",
        "https://a:b@c",
        "",
    ],
)
def test_what_begins_no_link_is_no_public_url(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PILCROW_PUBLIC_URL", value)
    with pytest.raises(SettingsInvalid, match="PILCROW_PUBLIC_URL"):
        load_settings()


@pytest.mark.parametrize(
    ("value", "origin"),
    [
        ("https://App.example.org", "https://app.example.org"),
        ("https://app.example.org:443", "https://app.example.org"),
        ("http://app.example.org:443", "http://app.example.org:443"),
        ("http://[::1]:80", "http://[::1]"),
        ("chrome-extension://abcdef", "chrome-extension://abcdef"),
    ],
)
def test_an_origin_is_as_browsers_send_it(monkeypatch: pytest.MonkeyPatch, value: str, origin: str) -> None:
    monkeypatch.setenv("PILCROW_CORS_ORIGINS", value)
    assert load_settings().cors_origins == (origin,)


@pytest.mark.parametrize(
    "value", ["*", "null", "example.org", "https://example.org/", "https://*.example.org", "https://a@b.org"]
)
def test_what_is_no_origin_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PILCROW_CORS_ORIGINS", value)
    with pytest.raises(SettingsInvalid, match="PILCROW_CORS_ORIGINS"):
        load_settings()
