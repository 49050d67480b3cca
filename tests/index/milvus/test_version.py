from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import EngineRefused
from index.milvus.engine import MilvusEngine
from index.milvus.server import Milvus
from index.milvus.version import OLDEST, require_version
from tests.index.engine_reference import build, passages_from
from tests.milvus_servers import served

_NEEDED = ".".join(map(str, OLDEST))


@pytest.mark.parametrize("told", ["2.4.23", "v2.4.0-rc.1", "2.5.8", "v1.1.1"])
def test_a_server_that_is_too_old_is_refused(told: str) -> None:
    with pytest.raises(EngineRefused, match=f"is {told}, and {_NEEDED} or later is needed"):
        require_version(told, "http://milvus:19530")


@pytest.mark.parametrize(
    "told",
    [
        _NEEDED,
        f"v{_NEEDED}",
        "v2.5.27",
        "2.6.4-dev",
        "3.0.1",
        "milvus_lite-1.2.3",
        "master-20240516-5b27",
        "",
    ],
)
def test_others_are_taken(told: str) -> None:
    require_version(told, "http://milvus:19530")


def test_a_connection_is_refused_to_a_server_that_is_too_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("milvus_lite")
    from milvus_lite.adapter.grpc.servicer import MilvusServicer

    current = MilvusServicer.GetVersion
    told = ["v2.3.4"]
    asked = []

    def another(servicer: Any, request: Any, context: Any) -> Any:
        answer = current(servicer, request, context)
        asked.append(answer.version)
        answer.version = told[0]
        return answer

    monkeypatch.setattr(MilvusServicer, "GetVersion", another)
    with (
        served(tmp_path / "server") as server,
        closing(MilvusEngine(tmp_path, Milvus(f"http://127.0.0.1:{server.port}"))) as engine,
    ):
        for use in (engine.whereabouts, lambda: build(engine, 1, passages_from(1, ["judges"]))):
            with pytest.raises(
                EngineRefused, match=r"v2\.3\.4, and .* or later is needed\. Upgrade the server"
            ):
                use()
        told[0] = "v2.6.4"
        asked.clear()
        build(engine, 1, passages_from(1, ["judges"]))
        engine.open(1)
        assert len(asked) == 1  # once a connection
