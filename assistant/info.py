"""What an assistant says of itself: its version, what it holds, and what made its index."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus import __version__
from corpus.catalog import Snapshot
from index.engine import EngineRecord


class IndexInfo(BaseModel):
    """What passages are searched in, and the model that encoded them."""

    model_config = ConfigDict(frozen=True)

    engine: str
    passages: int
    model: str
    fingerprint: str = Field(
        description="A hash of the model's weights and the settings that decide its vectors."
    )
    precision: str = Field(description="Of the passages; queries are encoded in fp32.")
    dimension: int


class Info(BaseModel):
    """What is answered from: two servers that say the same of it answer the same."""

    model_config = ConfigDict(frozen=True)

    version: str
    mode: Literal["extractive"] = "extractive"
    generation: int = Field(description="Grows with every change of what is held.")
    documents: int
    paragraphs: int
    not_searched: int = Field(description="Documents in a language that the model does not serve.")
    index: IndexInfo | None = Field(description="Null before the index is built.")


def info_of(snapshot: Snapshot) -> Info:
    """What a snapshot of the catalog tells."""
    held = snapshot.counts()
    return Info(
        version=__version__,
        generation=snapshot.generation,
        documents=held.documents,
        paragraphs=held.paragraphs,
        not_searched=held.documents - held.searched,
        index=_index(EngineRecord.from_json(snapshot.engine)) if snapshot.engine else None,
    )


def _index(record: EngineRecord) -> IndexInfo:
    encoder = record.encoder
    return IndexInfo(
        engine=record.kind,
        passages=record.passages,
        model=encoder.model,
        fingerprint=encoder.fingerprint,
        precision=encoder.precision,
        dimension=encoder.dimension,
    )
