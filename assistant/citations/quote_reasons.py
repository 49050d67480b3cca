"""What is said of a quotation beside its verdict, in a sentence or two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.citations.cited_documents import CitedPlaces
from assistant.citations.compared import Found
from assistant.citations.comparing import Comparison, Piece
from assistant.citations.quoted_places import label_of
from assistant.citations.resolution import Resolution

TOO_SHORT = "It is too short to say where it comes from."
MANY_HAVE_ITS_WORDS = (
    "More places have its phrases than were looked at, and none of those has it as it is quoted."
)
TOO_MANY_MARKS = "It has more ellipses and brackets than are compared."

_MARKS_ALONE = "so few words stand together between its marks that these explain nothing"
_MOST_TOLD = 3
_LONGEST_TOLD = 60
_NEAR = 0.5  # of the words, for a place to be called the nearest


def found(all_found: Sequence[Found], more: int, *, is_cut: bool) -> str:
    """In how many places it stands, or in how many at least, and how its form differs."""
    places = len(all_found) + more
    told = f"at least {places} places" if is_cut else f"{places} places"
    return _sentences(f"It stands in {told}." if places > 1 else "", *_marks(all_found[0]))


def not_looked_into(cited: Resolution, reason: str) -> str:
    """That nothing is known of the document that is cited, before what is found elsewhere."""
    return _sentences(f"What is cited is not looked into: {cited.reason}", reason)


def as_cited(best: Found, where: CitedPlaces) -> str:
    """That it stands where it is said to stand."""
    return _sentences(
        "" if best.held.header.current else f"It stands in an earlier edition of {best.held.header.symbol}.",
        _runs_on(best, where),
        *_marks(best),
    )


def elsewhere(all_found: Sequence[Found], where: CitedPlaces) -> str:
    """That it stands in another place than the one cited."""
    labels = list(dict.fromkeys(map(_label, all_found)))
    told = _listed(labels[:_MOST_TOLD])
    more = f" and {len(labels) - _MOST_TOLD} more" if len(labels) > _MOST_TOLD else ""
    return _sentences(f"It does not stand in what is cited, {where.label}, but in {told}{more}.")


def altered(best: Found, where: CitedPlaces | None) -> str:
    """What the text has instead."""
    changes = list(_changes(best.comparison)) or [_MARKS_ALONE]
    told = "; ".join(changes[:_MOST_TOLD])
    more = f"; and {len(changes) - _MOST_TOLD} more" if len(changes) > _MOST_TOLD else ""
    place = ""
    if where is not None and not (best.held.header.id in where.ids and where.have(best.eids)):
        place = f"It is nearest to {_label(best)}, which is not what is cited."
    return _sentences(f"{told[:1].upper()}{told[1:]}{more}.", place)


def joined(best: Found) -> str:
    """How much is left out without a mark."""
    words = max(best.comparison.omissions)
    return f"It leaves {words} words out of {_label(best)} without a mark."


def stitched(pieces: Sequence[Found]) -> str:
    """Of what it is put together."""
    labels = list(dict.fromkeys(map(_label, pieces)))
    if len(labels) == 1:
        return f"It joins {len(pieces)} pieces of {labels[0]} that do not follow one another there."
    return f"It joins pieces of {_listed(labels)} as if they stood together."


def leaping(pieces: Sequence[Found], where: CitedPlaces | None) -> str:
    """Where the words stand that an ellipsis joins, which do not go together."""
    labels = list(dict.fromkeys(map(_label, pieces)))
    cited = [where is not None and where.eids is not None and where.have(each.eids) for each in pieces]
    if all(cited):
        return f"Its ellipsis joins pieces of {_listed(labels)} in another order than they have there."
    beyond = "beyond what is cited" if any(cited) else "over a heading or other paragraphs"
    return f"Its ellipsis leads {beyond}: it joins pieces of {_listed(labels)}."


def not_found(best: Found | None, where: CitedPlaces | None) -> str:
    """That it stands nowhere in what is held, and what is like it."""
    near = ""
    if best is not None and best.comparison.likeness >= _NEAR:
        near = f"Nearest is {_label(best)}, which has {best.comparison.likeness:.0%} of its words."
    return _sentences("It stands nowhere in what is held.", near)


def _marks(best: Found) -> Iterator[str]:
    whys = best.comparison.whys
    if "case" in whys:
        yield "The case of a first letter is changed without brackets, as running text often does."
    if "label" in whys:
        yield "The numbers of items are left out."
    if "form" in whys and _has_other_spaces(best.comparison):
        yield "Spaces within or between words are lost or put in."
    if "mark" in whys and len(best.eids) > 1 and len({eid.split("__")[0] for eid in best.eids}) > 1:
        leads = "Its ellipsis leads from one paragraph into another: it" if _has_ellipsis(best) else "It"
        yield f"{leads} has words of {_label(best)}."


def _has_ellipsis(found: Found) -> bool:
    return any(part.kind == "ellipsis" for step in found.comparison.steps for part in step.parts)


def _has_other_spaces(comparison: Comparison) -> bool:
    return any(step.why == "form" and any(part.is_word for part in step.parts) for step in comparison.steps)


def _runs_on(best: Found, where: CitedPlaces) -> str:
    beyond = [eid for eid in best.eids if not where.have([eid])]
    return f"It goes beyond what is cited: {_label(best)}." if beyond else ""


def _changes(comparison: Comparison) -> Iterator[str]:
    for piece in comparison.pieces:
        if piece.why == "altered":
            yield _change(piece)


def _change(piece: Piece) -> str:
    quoted, printed = _short(piece.quoted), _short(piece.printed)
    if not quoted:
        return f"“{printed}” is left out"
    if not printed:
        return f"“{quoted}” is put in"
    return f"the text has “{printed}”, the quotation “{quoted}”"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD].rsplit(' ', 1)[0]} …"


def _label(found: Found) -> str:
    return label_of(found.held, found.comparison)


def _listed(labels: Sequence[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"


def _sentences(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
