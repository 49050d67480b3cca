"""Places asked for in a conversation: "and (b)?", "the next paragraph", "and 35?"."""

from __future__ import annotations

from assistant.answer import AppliedFilter
from assistant.focus import Focus, Reading
from assistant.inference import inferred_filters
from assistant.question import Question
from assistant.requests import asks_for_that_paragraph, asks_for_that_section, item_asked, step_asked
from corpus.holdings import Holdings


def place_asked(rest: str, focus: Focus) -> Reading | None:
    """A question for a place by where it stands to those just cited."""
    if not focus.places:
        return None
    symbol = focus.places[0][0]
    cited = list(dict.fromkeys(place.paragraph for at, place in focus.places if at == symbol))
    document = (AppliedFilter(kind="symbol", value=symbol, origin="carried"),)
    if asks_for_that_section(rest) and focus.heading:
        core = f"What does the section on {focus.heading} say?"
        return Reading(core, focus.heading, focus.heading, "", document)
    if item := item_asked(rest):
        with_items = [place for at, place in focus.places if at == symbol and place.items]
        paragraph = with_items[0].paragraph if with_items else cited[-1]
        if item == "last":
            own = [place for place in with_items if place.paragraph == paragraph]
            return Reading(f"para. {own[-1] if own else paragraph}", "", "", "", document, beside=True)
        return Reading(f"para. {paragraph} {item}", "", "", "", document, beside=True)
    if asks_for_that_paragraph(rest):
        places = f"paras. {', '.join(map(str, cited))}" if len(cited) > 1 else f"para. {cited[0]}"
        return Reading(places, "", "", "", document, beside=True)
    numbers = [int(place.label) for place in cited if place.label.isdigit()]
    if (step := step_asked(rest)) and numbers:
        number = (max(numbers) if step > 0 else min(numbers)) + step
        return Reading(f"para. {number}", "", "", "", document, beside=True)
    return None


def document_spoken_of(question: Question, focus: Focus, holdings: Holdings) -> tuple[AppliedFilter, ...]:
    """Where a number is asked for without its document: the one that was cited last, if it was one."""
    if question.symbols or question.names or inferred_filters(question.text, holdings):
        return ()
    symbols = tuple(a for a in focus.filters if a.kind == "symbol")
    cited = dict.fromkeys(symbol for symbol, _ in focus.places)
    if len(cited) == 1 and len(symbols) != 1:
        return (AppliedFilter(kind="symbol", value=next(iter(cited)), origin="carried"),)
    return symbols or focus.filters
