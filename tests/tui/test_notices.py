"""Every error has words for a person."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.errors import ConversationNotHeld, DocumentNotHeld, ModelMissing, PilcrowError
from tui.notices import NOTICES, Notice, notice_of


def classes_below(root: type[PilcrowError]) -> Iterator[type[PilcrowError]]:
    yield root
    for below in root.__subclasses__():
        yield from classes_below(below)


def test_every_error_has_a_notice_of_its_own() -> None:
    # classes that tests make for themselves promise nothing
    known = {kind for kind in classes_below(PilcrowError) if not kind.__module__.startswith("tests")}
    assert len(known) > 20
    assert set(NOTICES) == known


def test_a_notice_says_what_is_wrong_and_what_to_do() -> None:
    error = ModelMissing("The model is not on this machine.", "Set PILCROW_MODEL.")
    assert notice_of(error) == Notice(
        "The model is missing", "The model is not on this machine. Set PILCROW_MODEL.", "error"
    )


def test_a_notice_names_keys_and_no_command_where_the_chat_has_the_same() -> None:
    for kind in (DocumentNotHeld, ConversationNotHeld):
        notice = notice_of(kind("It is gone.", "See what is with pilcrow documents."))
        assert notice.text.startswith("It is gone. F")
        assert "pilcrow" not in notice.text


def test_a_new_error_is_told_as_its_nearest_kind() -> None:
    class Unlisted(ModelMissing):
        pass

    assert notice_of(Unlisted("Gone.")).title == "The model is missing"


def test_an_unforeseen_error_says_its_kind() -> None:
    assert notice_of(ZeroDivisionError("by zero")).text == "ZeroDivisionError: by zero"
