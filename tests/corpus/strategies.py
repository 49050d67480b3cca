from hypothesis import strategies as st


def assembled(*pieces: str, max_size: int) -> st.SearchStrategy[str]:
    """Texts put together from some of the pieces, in any order and number."""
    return st.lists(st.sampled_from(pieces), max_size=max_size).map("".join)
