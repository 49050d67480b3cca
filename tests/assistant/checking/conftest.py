"""What drafts are checked against."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.service import Assistant
from tests.assistant.checking.held import assistant_holding
from tests.assistant.citations.conftest import resolver as resolver
from tests.corpus.catalogs import builtin, document_of

KENYA = (
    "The Committee considered the report of Kenya.",
    "The Committee welcomes the ratification of the Convention on maritime labour in two thousand and ten.",
    "The Committee is concerned that ferries are boarded by ramps which no wheelchair can climb unaided.",
    "The Committee encourages the State party to equip all ferries with lifeboats with ramps of their own.",
    "The State party must publish the number of accidents on its lakes by age, sex and district every year.",
)


@pytest.fixture(scope="session")
def drafter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the built-in document and one on Kenya, without index or model."""
    home = tmp_path_factory.mktemp("drafter")
    opened = assistant_holding(home, builtin(), document_of("CRPD/C/KEN/CO/1", *KENYA))
    yield opened
    opened.close()
