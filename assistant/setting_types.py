"""Kinds of settings that are checked when they are read: a key, hosts, origins and a URL."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, HttpUrl, SecretStr
from pydantic_core import PydanticCustomError

SHORTEST_KEY = 16
"""The shortest API key in characters: hashes have no salt, and shorter ones could be guessed from them."""

_HOST = re.compile(r"(?:\[(?P<v6>[0-9a-f:.]+)\]|(?P<name>[a-z0-9_.-]+))(?::\d{1,5})?")
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://(?:\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::\d{1,5})?")
_MILVUS_SCHEMES = ("http", "https")
_LOOPBACK_V4 = ipaddress.ip_network("127.0.0.0/8")
_LOOPBACK_V6 = ipaddress.ip_address("::1")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def host_of(authority: str) -> str | None:
    """The host of `HOST` or `HOST:PORT` in its one spelling; None for what is neither."""
    match = _HOST.fullmatch(authority.casefold())
    if not match:
        return None
    try:
        return match["name"].removesuffix(".") if match["name"] else str(ipaddress.ip_address(match["v6"]))
    except ValueError:
        return None


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by itself: other names are not looked up, since they may change."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address in _LOOPBACK_V4 or address == _LOOPBACK_V6


def origin_of(url: str) -> str:
    """The origin of a URL as browsers send it: without the port that its scheme implies."""
    parts = urlsplit(url.casefold())
    return f"{parts.scheme}://{parts.netloc.removesuffix(_DEFAULT_PORTS.get(parts.scheme, ''))}"


def _key(key: SecretStr) -> SecretStr:
    text = key.get_secret_value()
    if len(text) < SHORTEST_KEY:
        raise PydanticCustomError("key_short", f"a key has at least {SHORTEST_KEY} characters")
    if not all("!" <= character <= "~" for character in text):
        raise PydanticCustomError("key_unsent", "a key has visible ASCII characters only, since headers do")
    return key


def _host(name: str) -> str:
    try:
        return str(ipaddress.ip_address(name.removeprefix("[").removesuffix("]")))
    except ValueError:
        pass  # it is a name
    host = host_of(name)
    if host is None or ":" in name:
        raise PydanticCustomError("host_unknown", "it takes names of hosts, without ports and wildcards")
    return host


def _origin(text: str) -> str:
    if not _ORIGIN.fullmatch(text.casefold()):
        raise PydanticCustomError(
            "origin_unknown", "an origin is SCHEME://HOST or SCHEME://HOST:PORT, without path and wildcard"
        )
    return origin_of(text)


def _place(url: HttpUrl) -> HttpUrl:
    if url.query is not None or url.fragment is not None or url.username or url.password:
        raise PydanticCustomError("url_no_place", "it has a host and perhaps a path, and nothing besides")
    return url


def _milvus(uri: str) -> str:
    parts = urlsplit(uri)
    if not parts.scheme and uri.endswith(".db"):
        return uri
    if parts.scheme not in _MILVUS_SCHEMES or not parts.netloc:
        raise PydanticCustomError(
            "milvus_unknown", "it is neither a URL with http or https nor a path that ends with .db"
        )
    if parts.username or parts.password:
        raise PydanticCustomError("milvus_secret", "what lets in belongs in milvus_token")
    return uri


ApiKey = Annotated[SecretStr, AfterValidator(_key)]
"""A key that clients send."""
HostName = Annotated[str, AfterValidator(_host)]
"""A name or an address by which clients know the server."""
Origin = Annotated[str, AfterValidator(_origin)]
"""Where a page in a browser comes from."""
PublicUrl = Annotated[HttpUrl, AfterValidator(_place)]
"""Where clients reach the server."""
MilvusUri = Annotated[str, AfterValidator(_milvus)]
"""Where a Milvus server is reached, or where Milvus Lite keeps its files."""
