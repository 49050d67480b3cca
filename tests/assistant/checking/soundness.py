from assistant.checking.draft import Draft


def assert_is_sound(draft: Draft) -> None:
    """Its parts lie in the text and do not cross, what they hide and print leads back, notes are called."""
    ordered = sorted(draft.parts, key=lambda part: (part.start, -part.end))
    ends: list[int] = []
    for part in ordered:
        assert 0 <= part.start < part.end <= len(draft.text)
        assert part.line == draft.line_of(part.start)
        while ends and ends[-1] <= part.start:
            ends.pop()
        assert all(part.end <= end for end in ends)
        ends.append(part.end)
        edges = [part.start, *(edge for span in part.hidden for edge in span), part.end]
        assert edges == sorted(edges)
        assert all(part.start <= start < end <= part.end for start, end in part.spaces)
        text = draft.printed(part)
        for position in range(len(text.text)):
            if not text.text[position].isspace():
                offset = text.offset(position)
                assert draft.text[offset] == text.text[position]
                assert draft.part_at(offset) == part
    marks = [part.note for part in draft.parts if part.note is not None]
    assert all(call.mark in marks for call in draft.calls)
    assert [call.position for call in draft.calls] == sorted(call.position for call in draft.calls)
