"""References in free text, resolved to the text they cite or to an honest verdict.

A symbol decides; names decide where they fit one held document and no other; `ibid.` stands for the
reference before it and never for one that is not known. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from assistant.answer import Coverage
from assistant.citations.later_references import full_reference, later_reference, next_reference
from assistant.citations.locating import Located, locate
from assistant.citations.look_alikes import flaw_of, keyed, nearest, parsed, spelt_alike
from assistant.citations.mismatches import mismatches_of
from assistant.citations.naming import Meant, meant_by_names
from assistant.citations.reading import ReferenceText, read_reference
from assistant.citations.resolution import (
    Candidate,
    Mismatch,
    Resolution,
    ResolvedPlace,
    StyledReference,
    Verdict,
)
from assistant.citations.said import Said, read_said
from assistant.citations.styles import STYLES, CitedDocument
from assistant.look_up import PrintedPlaces
from assistant.places import paragraphs_of
from corpus.catalog import Counts, Snapshot
from corpus.holdings import Holdings
from corpus.model import DocumentHeader, pinpoint_of
from corpus.pinpoint import Pinpoint, Style
from corpus.places import find_adjectives, find_states, state_code
from corpus.symbol import Symbol

LONGEST_REFERENCE = 2000
"""The longest reference that is read, in characters; full ones of several authors have a few hundred."""
_DOCUMENTS_KEPT = 64  # whose paragraphs are not read from the catalog again

_KNOWN: tuple[Verdict, ...] = ("resolved", "resolved_parent", "no_such_paragraph")
_NOT_A_PARAGRAPH = "Only paragraphs are looked up, and it names something else"
_NAME_ONE = "Give one reference at a time."


_NOTHING = Meant(())


@dataclass(frozen=True)
class _Result:
    """What becomes of a reference, before it is told."""

    verdict: Verdict
    reason: str
    meant: Meant = _NOTHING
    pinpoints: tuple[Pinpoint, ...] = ()
    located: Located = field(default_factory=Located)
    mismatches: tuple[Mismatch, ...] = ()


class Resolver:
    """Resolves references against one view of the catalog."""

    def __init__(self, snapshot: Snapshot, holdings: Holdings, *, styled: bool = True) -> None:
        """Without `styled` the references in styles are left out, which a draft of hundreds needs none of."""
        self._snapshot = snapshot
        self._holdings = holdings
        self._styled = styled
        # of these objects each has its own, which lasts as long as it does
        self._find = cache(snapshot.find)
        self._suggested: dict[str, list[str]] = {}
        self._states = lru_cache(_DOCUMENTS_KEPT)(self._read_states)
        self._places = lru_cache(_DOCUMENTS_KEPT)(self._read_places)

    @property
    def holdings(self) -> Holdings:
        """The documents that are held."""
        return self._holdings

    def header(self, symbol: str) -> DocumentHeader | None:
        """The held document with a symbol."""
        return next(iter(self._find(symbol)), None)

    def reads_token(self, token: str) -> bool:
        """Whether what is built like a symbol or slug is one of a held document, but for look-alikes."""
        return token in self._slugs or self._alike(token) is not None

    def names_state(self, symbol: str, state: str) -> bool:
        """Whether the text of a document names a State anywhere; True of one that is not held."""
        header = self.header(symbol)
        return header is None or state_code(state) in self._states(header)

    def not_checked(self, text: str, reason: str) -> Resolution:
        """That a reference was found and is not looked up."""
        return self._told(text, 0, len(text), _Result("not_checked", reason), None)

    def contradictions(self, said: Said, symbol: str, speaker: str) -> tuple[Mismatch, ...]:
        """What `speaker`, such as "The sentence", says and is not so of the document with a symbol."""
        return mismatches_of(said, Symbol.parse(symbol), self.header(symbol), self._holdings, speaker)

    def resolve(self, text: str, after: str | None = None, note: int | None = None) -> Resolution:
        """What a reference leads to; `after` is the one before it, which `ibid.` stands for.

        `note` is the number of the note that has the first reference, to which later ones point.
        """
        if len(text) > LONGEST_REFERENCE:
            reason = f"It has more than {LONGEST_REFERENCE:,} characters. {_NAME_ONE}"
            return self._told(text, 0, len(text), _Result("not_checked", reason), note)
        read = read_reference(text)
        return self._told(text, read.start, read.end, self._result(read, after), note)

    def _result(self, read: ReferenceText, after: str | None) -> _Result:
        if read.relative and not (read.symbols or read.tokens):
            if read.relative == "note":
                return _Result("not_checked", "It points to a note of a text that is not given.")
            return self._again(read, after)
        if read.elsewhere is not None and not (read.symbols or read.tokens):
            return _Result("not_checked", f"{_NOT_A_PARAGRAPH}: {read.elsewhere}.")
        said = read_said(read.rest)
        meant = self._meant(read, said)
        mismatches = self._mismatches(read, said, meant)
        if meant.verdict is not None:
            return _Result(meant.verdict, meant.reason, meant, read.pinpoints, mismatches=mismatches)
        return self._in_document(read, meant, read.pinpoints, mismatches)

    def _in_document(
        self,
        read: ReferenceText,
        meant: Meant,
        pinpoints: tuple[Pinpoint, ...],
        mismatches: tuple[Mismatch, ...] = (),
    ) -> _Result:
        """The places of a reference whose document is known."""
        if read.elsewhere is not None:
            return _Result("not_checked", f"{_NOT_A_PARAGRAPH}: {read.elsewhere}.", meant, pinpoints)
        if read.unread is not None:
            reason = f"“{read.unread}” cannot be read as the number of a paragraph."
            return _Result("malformed", reason, meant, pinpoints, mismatches=mismatches)
        located = Located()
        if pinpoints:
            header = meant.headers[0]
            located = locate(header, self._places(header), pinpoints)
        reasons = [meant.reason, *located.reasons]
        if read.open_ended and located.verdict in _KNOWN:
            reasons.append("It names the paragraphs after it too, without saying how many.")
        if read.paged and located.verdict in _KNOWN:
            reasons.append("Its page is not looked up.")
        reason = " ".join(each for each in reasons if each)
        return _Result(located.verdict, reason, meant, pinpoints, located, mismatches)

    # -- which document

    def _meant(self, read: ReferenceText, said: Said) -> Meant:
        if read.symbols:
            return self._by_symbols(read.symbols, read.tokens)
        if read.tokens:
            return self._by_tokens(read.tokens)
        if read.nameless:
            return Meant((), "not_checked", "It does not say whose general comment or resolution it is.")
        has_place = bool(read.pinpoints)
        return meant_by_names(said, self._holdings, has_place=has_place)

    def _by_symbols(self, symbols: Sequence[str], tokens: Sequence[str]) -> Meant:
        """The document with a symbol; the symbols of a joint document lead to the same one."""
        if len(symbols) + len(tokens) == 1:
            return self._by_symbol(Symbol.parse(symbols[0]))
        found = {symbol: self._find(symbol) for symbol in symbols}
        held = {headers[0].id: headers[0] for headers in found.values() if headers}
        if len(held) == 1 and all(found.values()) and not tokens:
            return Meant(tuple(held.values()), None, "", next(iter(held.values())).symbol)
        names = ", ".join((*symbols, *tokens))
        if not held:
            return Meant((), "symbol_not_held", f"None of {names} is held.", symbols[0])
        return Meant(tuple(held.values()), "ambiguous", f"It names several documents: {names}. {_NAME_ONE}")

    def _by_symbol(self, symbol: Symbol) -> Meant:
        name = str(symbol)
        if held := self._find(name):
            return Meant((held[0],), None, "", name)
        if other := self._alike(name):
            return self._read_as(other, symbol.printed or name)
        modified = [s for s in self._symbols if s.startswith((f"{name}/Rev.", f"{name}/Corr."))]
        headers = tuple(self._find(each)[0] for each in sorted(modified))
        if len(headers) == 1:
            reason = f"{name} is not held, {modified[0]} is the only text of it that is."
            return Meant(headers, None, reason, modified[0])
        if headers:
            return Meant(headers, "ambiguous", f"Held of {name} are {', '.join(sorted(modified))}.", name)
        if flaw := flaw_of(symbol):
            return self._suggesting(name, f"{name} is no symbol. {flaw}")
        return Meant((), "symbol_not_held", f"No document {name} is held.", name)

    def _by_tokens(self, tokens: Sequence[str]) -> Meant:
        if len(tokens) > 1:
            return Meant(
                (), "malformed", f"It names {' and '.join(tokens)}, which are no symbols. {_NAME_ONE}"
            )
        token = tokens[0]
        if held := self._find(token):  # a slug
            return Meant((held[0],), None, "", held[0].symbol)
        if symbol := parsed(token):
            return self._by_symbol(symbol)
        if other := self._alike(token):
            return self._read_as(other, token)
        return self._suggesting(token, f"{token} is no symbol that can be read.")

    def _read_as(self, symbol: str, printed: str) -> Meant:
        return Meant((self._find(symbol)[0],), None, f"{printed} is read as {symbol}.", symbol)

    def _suggesting(self, token: str, reason: str) -> Meant:
        near = self._near(token)
        if near:
            reason += f" {' and '.join(near)} {'is' if len(near) == 1 else 'are'} held and spelt like it."
        return Meant(tuple(self._find(each)[0] for each in near), "malformed", reason)

    def _read_states(self, header: DocumentHeader) -> frozenset[str | None]:
        text = "\n".join([header.title, *(each.full_text for each in self._places(header).paragraphs)])
        return frozenset(state_code(name) for name, _, _ in (*find_states(text), *find_adjectives(text)))

    def _read_places(self, header: DocumentHeader) -> PrintedPlaces:
        return PrintedPlaces(paragraphs_of(self._snapshot, header))

    def _alike(self, token: str) -> str | None:
        return spelt_alike(token, self._by_key)

    def _near(self, token: str) -> list[str]:
        if token not in self._suggested:
            self._suggested[token] = nearest(token, self._by_key)
        return self._suggested[token]

    @cached_property
    def _symbols(self) -> set[str]:
        return {header.symbol for header in self._holdings.headers.values()}

    @cached_property
    def _slugs(self) -> set[str]:
        return {header.slug for header in self._holdings.headers.values()}

    @cached_property
    def _by_key(self) -> Mapping[str, set[str]]:
        return keyed(self._symbols)

    @cached_property
    def _counts(self) -> Counts:
        return self._holdings.counts

    def _mismatches(self, read: ReferenceText, said: Said, meant: Meant) -> tuple[Mismatch, ...]:
        if meant.symbol is None or not (read.symbols or read.tokens):
            return ()  # names have nothing to contradict: all of them fit
        header = meant.headers[0] if meant.verdict is None else None
        return mismatches_of(said, Symbol.parse(meant.symbol), header, self._holdings)

    # -- the reference before

    def _again(self, read: ReferenceText, after: str | None) -> _Result:
        if after is None or not after.strip():
            return _Result("not_checked", "It stands for the reference before it, which is not given.")
        if len(after) > LONGEST_REFERENCE:
            return _Result("not_checked", "The reference before it is too long to be read.")
        earlier = read_reference(after)
        if (earlier.symbols or earlier.tokens or earlier.pinpoints) and read_said(earlier.tail).words:
            return _Result("not_checked", "It stands for what is cited last before it, which is not known.")
        before = self._result(earlier, None)
        pinpoints = read.pinpoints or before.pinpoints
        if before.verdict in _KNOWN or (before.verdict == "ambiguous" and before.meant.verdict is None):
            return self._in_document(read, before.meant, pinpoints)
        if before.verdict in ("symbol_not_held", "ambiguous"):
            return _Result(
                before.verdict, f"The reference before it: {before.reason}", before.meant, pinpoints
            )
        reason = f"The reference before it is not known, and so neither is this. {before.reason}"
        return _Result("not_checked", reason, pinpoints=read.pinpoints)

    # -- what is told

    def _told(self, text: str, start: int, end: int, result: _Result, note: int | None) -> Resolution:
        held, meant, located = self._counts, result.meant, result.located
        return Resolution(
            input=text,
            start=start,
            end=end,
            verdict=result.verdict,
            reason=result.reason,
            symbol=meant.symbol,
            pinpoints=tuple(map(str, result.pinpoints)),
            last_paragraph=located.last,
            candidates=_candidates(result),
            places=tuple(ResolvedPlace.of(meant.headers[0], *entry) for entry in located.places),
            mismatches=result.mismatches,
            references=self._references(result, note),
            coverage=Coverage(
                documents=held.documents,
                paragraphs=held.paragraphs,
                matching_documents=len(meant.headers),
                not_searched=held.documents - held.searched,
            ),
        )

    def _references(self, result: _Result, note: int | None) -> dict[Style, StyledReference]:
        if not self._styled or result.verdict not in ("resolved", "resolved_parent"):
            return {}
        header, places = result.meant.headers[0], result.located.pinpoints
        cited = CitedDocument.of(header, self._snapshot.other_symbols(header.id))
        return {
            style: StyledReference(
                first=full_reference(cited, places, style),
                next=next_reference(cited, places, style),
                later=later_reference(cited, places, style, note),
            )
            for style in STYLES
        }


def _candidates(result: _Result) -> tuple[Candidate, ...]:
    """The documents meant; of a number that is printed several times, each of its places."""
    headers: Sequence[DocumentHeader] = result.meant.headers
    if result.meant.verdict is None and result.verdict == "ambiguous":
        return tuple(
            Candidate.of(headers[0], str(pinpoint_of(*entry)), entry[1].eid)
            for entry in result.located.places
        )
    return tuple(map(Candidate.of, headers))
