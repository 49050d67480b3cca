"""What a user can set: PILCROW_* variables, then `config.toml` in the data folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.answer_cache import CACHED_ANSWERS
from assistant.chat_settings import ChatSettings, ChatSettingsInvalid, chat_settings_of
from assistant.home import CONFIG_NAME, home_of
from assistant.setting_types import ApiKey, HostName, MilvusUri, Origin, PublicUrl
from corpus.errors import SettingsInvalid
from index.model_files import DEFAULT_MODEL


class Settings(BaseSettings):
    """All settings with their defaults; unknown names in `config.toml` are refused."""

    model_config = SettingsConfigDict(
        env_prefix="PILCROW_", extra="forbid", frozen=True, hide_input_in_errors=True
    )

    home: Path = Field(default_factory=lambda: home_of({}))
    """The data folder: catalog, index, vectors. Its own `config.toml` cannot move it."""

    model: str = DEFAULT_MODEL
    """A sentence-transformers model: the default, a folder, or a hub id that is in the local cache."""

    precision: Literal["auto", "fp32", "bf16"] = "auto"
    """How passages are encoded; auto is bf16 where what encodes has it and it agrees with fp32."""

    engine: Literal["embedded", "milvus"] = "embedded"
    """Where passages are searched: in files of the data folder, or in Milvus (the extra `milvus`)."""

    milvus_uri: MilvusUri | None = None
    """A Milvus server's URL, or a path for Milvus Lite, which one process at a time can open; by default
    `milvus.db` in the data folder."""

    milvus_token: SecretStr | None = None
    """What the Milvus server lets in: `USER:PASSWORD`, or a token; it is sent and never shown."""

    host: str = "127.0.0.1"
    """Where the API listens; without a key a loopback address only."""

    port: int = Field(default=8642, ge=0, le=65535)
    """The port the API listens on; 0 takes a free one."""

    public_url: PublicUrl | None = None
    """Where clients reach the API, for absolute links; by default where a request was sent to. Its host is
    one of the allowed."""

    api_key: ApiKey | None = None
    """The key that clients of the API must send; its owner is told by a fingerprint of it."""

    api_keys_file: Path | None = None
    """A file with a line NAME:HEX for each key, HEX the SHA-256 of it; read again when it changes."""

    allowed_hosts: Annotated[tuple[HostName, ...], NoDecode] = ()
    """The hosts, besides this machine's loopback names, that requests may ask the API for."""

    cors_origins: Annotated[tuple[Origin, ...], NoDecode] = ()
    """The origins whose pages may use the API in a browser, besides the API's own."""

    max_question: int = Field(default=2000, ge=1)
    """The longest question in characters."""

    max_concurrent: int = Field(default=16, ge=1)
    """How many questions the server works on at once; with fewer, less is encoded together."""

    cached_answers: int = Field(default=CACHED_ANSWERS, ge=0)
    """How many answers are kept for those who ask the same again; 0 keeps none."""

    max_waiting: int = Field(default=256, ge=0)
    """How many questions wait for that at most; the server turns others away."""

    log_format: Literal["json", "text"] | None = None
    """How the server writes its log; by default text on a terminal and JSON elsewhere."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """From which level on the server writes its log; it tells of each request at info."""

    log_questions: bool = False
    """Whether the server's log may hold what is asked; errors are then logged with all their words."""

    languages: Annotated[tuple[str, ...], NoDecode] = ("en",)
    """The languages that the model serves; documents in others are held and not searched."""

    workers: int | None = Field(default=None, ge=1)
    """How many files are read at once; by default as many as there are processor cores."""

    max_file_seconds: float = Field(default=60.0, gt=0)
    """How long reading one file may take."""

    max_file_memory: int = Field(default=2048, ge=256)
    """How much memory reading one file may take, in MiB, where the platform can hold a process to it."""

    max_file_pages: int = Field(default=5000, ge=1)
    """How many pages a file may have."""

    max_upload: int = Field(default=32, ge=1, le=64)
    """How large a file may be that is put over HTTP, in MiB; files of more than 64 are not read at all."""

    chat: Annotated[ChatSettings, NoDecode] = Field(default_factory=ChatSettings, validate_default=True)
    """The terminal chat: the table `[chat]` of the file, and PILCROW_CHAT_THEME, _STYLE and _SOURCE_WIDTH."""

    @field_validator("home", mode="before")
    @classmethod
    def _find_home(cls, value: object) -> object:
        """An empty variable is none, and a tilde is the user's folder."""
        return home_of({"PILCROW_HOME": value}) if isinstance(value, str) else value

    @field_validator("chat", mode="before")
    @classmethod
    def _read_chat(cls, value: object) -> object:
        """A table is read as the chat reads it; settings that are given stay as they are."""
        if isinstance(value, ChatSettings) and value != ChatSettings():
            return value
        try:
            return chat_settings_of({} if isinstance(value, ChatSettings) else value, os.environ)
        except ChatSettingsInvalid as error:
            raise PydanticCustomError("chat_setting", "{why}", {"why": str(error)}) from error

    @field_validator("languages", "allowed_hosts", "cors_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """A variable holds them separated by commas."""
        if isinstance(value, str):
            value = value.replace(",", " ").split()
        return tuple(value) if isinstance(value, list) else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Given values beat variables, and variables beat the file."""
        return init_settings, env_settings, _config_file(settings_cls)


def load_settings(**given: Any) -> Settings:
    """The settings in force; raises `SettingsInvalid` with the name of the one that is wrong."""
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise SettingsInvalid(
            f"The setting {name} is wrong: {first['msg'].lower()}.",
            f"Correct PILCROW_{name.upper()}{'_*' * (name == 'chat')} or {CONFIG_NAME}.",
        ) from error
    except (OSError, ValueError) as error:
        raise SettingsInvalid(f"{CONFIG_NAME} cannot be read: {error}.", "Correct it.") from error


def _config_file(settings_cls: type[BaseSettings]) -> TomlConfigSettingsSource:
    path = home_of(os.environ) / CONFIG_NAME
    return TomlConfigSettingsSource(settings_cls, path if os.access(path, os.F_OK) else None)
