"""Headers of a few documents, as a catalog holds them."""

from __future__ import annotations

from datetime import date

from corpus.holdings import Holdings
from corpus.model import DocumentHeader, Source

_CRC = "Committee on the Rights of the Child"
_CRPD = "Committee on the Rights of Persons with Disabilities"
_OPSC = (
    "Optional Protocol to the Convention on the Rights of the Child on the sale of children, child"
    " prostitution and child pornography"
)


def header(
    number: int, state: str, code: str, year: int, committee: str = _CRPD, *, searched: bool = True
) -> DocumentHeader:
    """A document on a State."""
    crpd = committee == _CRPD
    symbol = f"CRPD/C/{code}/CO/{number}" if crpd else f"CRC/C/OPSC/{code}/CO/{number}"
    return DocumentHeader(
        id=number,
        symbol=symbol,
        slug=symbol.lower().replace("/", "-"),
        title=f"Concluding observations on {state}",
        committee=committee,
        instrument="Convention on the Rights of Persons with Disabilities" if crpd else _OPSC,
        states=(state,),
        session=None,
        adopted=date(year, 6, 5),
        issued=None,
        language="en",
        edition="issued",
        source=Source("file", "0" * 64),
        paragraphs=10,
        current=True,
        searched=searched,
    )


HELD = Holdings(
    [
        header(1, "Lao People's Democratic Republic", "LAO", 2015, _CRC),
        header(2, "Kenya", "KEN", 2015),
        header(3, "United Kingdom of Great Britain and Northern Ireland", "GBR", 2017),
        header(4, "Mexico", "MEX", 2014),
        header(5, "Mexico", "MEX", 2022),
        header(6, "Democratic People’s Republic of Korea", "PRK", 2025),
        header(7, "Republic of Korea", "KOR", 2014),
        header(8, "China", "CHN", 2022),
        header(9, "Thailand", "THA", 2016),
    ]
)
