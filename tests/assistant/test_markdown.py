from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.markdown import escaped, plain

TRICKY = st.text(alphabet=st.sampled_from("ab1 *_`[]()<>!&#;\\/:“”‹›."), max_size=40)


def rendered(markdown: str) -> str:
    """The text a reader sees, of one line."""
    (inline,) = (token for token in MarkdownIt("commonmark").parse(markdown) if token.type == "inline")
    return "".join(child.content for child in inline.children or ())


@given(TRICKY)
@example("see [a](b) and *c* <d> `e` &amp; f_g_ \\*")
@example("[[x]](y)")
def test_escaped_text_is_rendered_as_it_is_printed(text: str) -> None:
    assert rendered(f"“{escaped(text)}” end") == f"“{text}” end"


@given(TRICKY)
def test_plain_undoes_escaping(text: str) -> None:
    assert plain(f"“{escaped(text)}”") == f"“{text}”"


def test_ordinary_quotations_are_left_as_they_are() -> None:
    text = "article 3, paragraph 1 (a) (i) of the [Optional] Protocol; and/or <18 years, 10-18 & below"
    assert escaped(text) == text


def test_plain_takes_links_and_emphasis_away() -> None:
    line = "- **Concern** (urges): “Combat” [para. 20 (c)](/documents/a#para_20__subpara_c)"
    assert plain(line) == "- Concern (urges): “Combat” [para. 20 (c)]"
    assert plain("*General › Civil society*") == "General › Civil society"
