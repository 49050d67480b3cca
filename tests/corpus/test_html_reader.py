import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SourceDamaged, SourceEmpty, SourceNotText, SourceRefused, SourceScanned
from corpus.layout import Line, Reading
from corpus.readers.html import read_html
from tests.corpus.readings import assert_accounts_for_its_text
from tests.corpus.strategies import assembled


def page(body: str, head: str = "") -> Reading:
    return read_html(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")


def lines_of(body: str) -> tuple[Line, ...]:
    return page(body).lines


def texts(body: str) -> list[str]:
    return [line.text for line in lines_of(body)]


# -- lines


def test_blocks_are_lines_apart_and_breaks_divide_them() -> None:
    lines = lines_of("<p>One<p>Two<br>three<br><br>four</p>five<div>six</div>")
    assert [(line.text, line.apart) for line in lines] == [
        ("One", True), ("Two", True), ("three", False), ("four", False), ("five", True), ("six", True),
    ]  # fmt: skip


def test_space_is_printed_as_a_browser_does() -> None:
    assert texts("<p>  The\n\t <b> State </b> party <i> </i>.\n</p>") == ["The State party ."]
    assert texts("<p>a</p> \n <p>b&nbsp; c</p>") == ["a", "b\u00a0 c"]


def test_space_and_line_breaks_are_kept_where_they_are_meant() -> None:
    assert texts("<pre>1.  The\n    Committee\r\n\nmet</pre>") == ["1.  The", "Committee", "met"]


def test_entities_are_decoded_and_comments_left_out() -> None:
    assert texts("<p>&sect;&#8217;&amp;<!-- not --> x&shy;y</p>") == ["§’& x\u00ady"]


def test_tables_are_read_cell_by_cell() -> None:
    assert texts("<table><caption>T<tr><th>a<td>b<br>c<tr><td><p>d<p>e</table>") == [
        "T",
        "a",
        "b",
        "c",
        "d",
        "e",
    ]


def test_headings_have_their_level() -> None:
    lines = lines_of("<h1>A</h1><h3>B <i>c</i></h3><div role=heading aria-level=4>D</div><p>E")
    assert [line.heading for line in lines] == [1, 3, 4, None]


def test_bold_is_most_of_the_letters_and_italic_the_first_word() -> None:
    lines = lines_of(
        "<p><b>Bold</b> x<p>x <strong>b</strong> yz<p><i>Recalling</i> that<p>1. <em>Notes</em>"
        "<p style='font-weight: bold'>x<p><span style='font-style:italic'>x</span>"
        "<p><b style='font-weight:400'>x</b>"
    )
    assert [line.bold for line in lines] == [True, False, False, False, True, False, False]
    assert [line.italic for line in lines] == [False, False, True, True, False, True, False]


# -- what is not shown, and what is no text


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>x</script>", "<style>x</style>", "<template><p>x</p></template>", "<noscript>x</noscript>",
        "<p hidden>x</p>", "<p aria-hidden=true>x</p>", "<p style='color:red; DISPLAY : none'>x</p>",
        "<p style='visibility:hidden'>x</p>", "<svg><text>x</text></svg>", "<select><option>x</select>",
        "<dialog>x</dialog>", "<span style='mso-hide:all'>x</span>", "<textarea>x</textarea>",
    ],
)  # fmt: skip
def test_what_is_not_shown_is_left_out(hidden: str) -> None:
    assert texts(f"<p>a</p>{hidden}<p>b</p>") == ["a", "b"]


def test_what_frames_a_page_is_furniture() -> None:
    body = (
        "<header>Site</header><nav><a>Home</a></nav><article><header><h1>Title</h1></header><p>Text</article>"
        "<aside>More</aside><div role=contentinfo>Contact</div><footer>Foot</footer>"
    )
    assert [(line.text, line.margin) for line in lines_of(body)] == [
        ("Site", True), ("Home", True), ("Title", False), ("Text", False), ("More", True), ("Contact", True),
        ("Foot", True),
    ]  # fmt: skip


def test_what_is_outside_of_the_main_part_is_furniture_if_most_text_is_inside() -> None:
    inside = "<main><p>The Committee considered the report.</p></main>"
    assert [line.margin for line in lines_of(f"<div>Menu</div>{inside}<div>Share</div>")] == [
        True,
        False,
        True,
    ]
    long_outside = f"<div>{'x' * 100}</div>"
    assert not any(line.margin for line in lines_of(f"{long_outside}{inside}"))


# -- lists


def test_items_of_ordered_lists_have_their_number() -> None:
    assert texts("<ol><li>One<li><p>Two</p><p>more</p><ol type=a><li>x<li>y</ol><li>Three</ol>") == [
        "1. One", "2. Two", "more", "a. x", "b. y", "3. Three",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("attributes", "numbers"),
    [
        ("type=i", "i. ii. iii."), ("type=I start=4", "IV. V. VI."), ("type=A start=26", "Z. AA. AB."),
        ("start=7", "7. 8. 9."), ("reversed", "3. 2. 1."), ("reversed start=9", "9. 8. 7."),
        ("start=x type=q", "1. 2. 3."), ("start=-1 type=a", "-1. 0. a."),
        ("style='list-style-type: lower-roman'", "i. ii. iii."), ("style='list-style: inside'", "1. 2. 3."),
        ("style='list-style-type:decimal-leading-zero'", "01. 02. 03."),
    ],
)  # fmt: skip
def test_lists_are_numbered_as_they_say(attributes: str, numbers: str) -> None:
    found = texts(f"<ol {attributes}><li>x<li>x<li>x</ol>")
    assert [text.removesuffix(" x") for text in found] == numbers.split()


def test_an_item_may_say_its_number_or_that_it_has_none() -> None:
    items = "<li>x<li value=5>x<li>x<li type=a>x<li style='list-style:none'>x"
    assert texts(f"<ol>{items}</ol>") == ["1. x", "5. x", "6. x", "g. x", "x"]
    assert texts("<ol style='list-style: none'><li>x</ol>") == ["x"]


@pytest.mark.parametrize(
    "text", ["1. The Committee", "(a) Laws", "IV. Measures", "12/ See", "• point", "ii) x"]
)
def test_a_number_that_is_typed_is_not_doubled(text: str) -> None:
    assert texts(f"<ol><li>{text}</ol>") == [text]


def test_lists_without_order_print_no_bullets() -> None:
    assert texts("<ul><li>x<li>y</ul><li>stray") == ["x", "y", "stray"]


# -- notes


def called(reading: Reading) -> list[str]:
    return [reading.text[start:end] for line in reading.lines for start, end in line.calls]


WORD = (
    "<p>Observations<a href='#_ftn1' name='_ftnref1'><sup><span>[1]</span></sup></a></p>"
    "<p>2nd<a href='#_ftn2' name='_ftnref2'>[2]</a>.</p>"
    "<div style='mso-element:footnote' id=ftn1><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Adopted.</p>"
    "<p>More.</p></div><div id=ftn2><p><a href='#_ftnref2' name='_ftn2'>[2]</a> See.</div>"
)
LIBREOFFICE = (
    "<p>x<a class='sdfootnoteanc' name='sdfootnote1anc' href='#sdfootnote1sym'><sup>1</sup></a></p>"
    "<div id='sdfootnote1'><p><a class='sdfootnotesym' name='sdfootnote1sym' href='#sdfootnote1anc'>1</a>"
    " Note</p></div>"
)
MARKDOWN = (
    "<p>x<sup id='fnref:1'><a href='#fn:1' role='doc-noteref'>1</a></sup></p><section role=doc-endnotes>"
    "<ol><li id='fn:1'><p>Note <a href='#fnref:1' role='doc-backlink'>↩</a></p></li></ol></section>"
)


@pytest.mark.parametrize(
    ("body", "calls", "notes"),
    [
        (WORD, ["[1]", "[2]"], [("[1]", "[1] Adopted."), ("[1]", "More."), ("[2]", "[2] See.")]),
        (LIBREOFFICE, ["1"], [("1", "1 Note")]),
        (MARKDOWN, ["1"], [("1", "1. Note ↩")]),
        ("<p>x<sup><a href='#b'>*</a></sup><p id=b>* Note", ["*"], [("*", "* Note")]),
        (
            "<p>x<a href='#fn1'>1</a> y<a href='#fn2'>2</a>"
            "<p><a name=fn1>1</a> One<br>more<br><a name=fn2>2</a> Two<p>end",
            ["1", "2"],
            [("1", "1 One"), ("1", "more"), ("2", "2 Two")],
        ),
        ("<p>x<aside role=doc-footnote>3. Note</aside>", [], [("3", "3. Note")]),
        ("<p>x<aside role=doc-footnote>Note</aside>", [], [("*", "Note")]),
    ],
)  # fmt: skip
def test_notes_are_told_from_the_text_and_their_calls_found(
    body: str, calls: list[str], notes: list[tuple[str, str]]
) -> None:
    reading = page(body)
    assert called(reading) == calls
    assert [(line.note, line.text) for line in reading.lines if line.note] == notes
    starts = [line.note for line in reading.lines if line.note_start]
    assert starts == list(dict.fromkeys(mark for mark, _ in notes))


@pytest.mark.parametrize(
    "link",
    [
        "<a href='#top'>1</a>",
        "<a href='#fn9'>1</a>",
        "<a href='#fn1'>see below</a>",
        "m<sup>2</sup>",
        "<a name=x>1</a>",
    ],
)
def test_other_links_and_raised_letters_call_nothing(link: str) -> None:
    assert called(page(f"<p id=top>{link}</p><p id=fn1>1 Text</p>")) == []


# -- encodings


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ("", "utf-8"), ("", "utf-8-sig"), ("", "utf-16"), ("", "utf-16-le"), ("", "utf-16-be"),
        ("", "cp1252"),
        ("<meta charset=iso-8859-1>", "cp1252"), ("<meta charset='utf-8'>", "utf-8"),
        ("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", "cp1251"),
        ("<meta charset=unheard-of>", "utf-8"), ("<meta charset=utf-16>", "utf-8"),
        ("<meta charset=utf-8>", "cp1252"), ('<?xml version="1.0" encoding="iso-8859-2"?>', "iso-8859-2"),
    ],
)  # fmt: skip
def test_the_encoding_is_the_one_that_is_marked_declared_or_found(declaration: str, encoding: str) -> None:
    text = "Комитет" if encoding == "cp1251" else "Comité é" if encoding != "cp1252" else "“Comité”"
    data = f"{declaration}<html><body><p>{text}</p></body></html>".encode(encoding)
    assert read_html(data, "a.html").text == f"{text}\n"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(SourceNotText):
        read_html(b"<html><p>x\x00\x00\x00y</p>", "a.html")


# -- refusals


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>404 Not Found</title>", "<center><h1>404 Not Found</h1></center><hr><center>nginx</center>"),
        ("<title>Request Rejected</title>", "The requested URL was rejected. Your support ID is: 123."),
        ("<title>Access Denied</title>", "<h1>Access Denied</h1>You don't have permission to access this."),
        ("<title>Just a moment...</title>", "<noscript>Enable JavaScript to continue</noscript>x"),
        ("<title>App</title><script src=a.js></script>", "<div id=root></div>"),
        ("<script>x</script>", "<p>Loading</p><p>a</p><p>b</p><p>c</p><p>Please enable JavaScript.</p>"),
        ("", "<h1>Service Unavailable</h1><p>HTTP Error 503. The service is unavailable.</p>"),
        ("", "<h2>Page not found</h2><p>The page you are looking for has moved.</p>"),
        ("<title>Error</title>", "<h1>Object moved</h1>"),
        ("<title>503</title>", "<p>Try again.</p>"),
    ],
)  # fmt: skip
def test_an_error_page_in_place_of_a_document_is_refused_as_one(head: str, body: str) -> None:
    with pytest.raises(SourceNotText, match="error page") as refusal:
        page(body, head)
    assert "Download" in refusal.value.mend


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Decision 50/404</h1><p>1. The Committee decides.</p>",
        "<h1>Access denied to justice</h1>"
        + "<p>1. The Committee notes.</p><p>2. The State party replied.</p>",
        "<h1>Views</h1>" + f"<p>{'Long text. ' * 300}</p><p>Access denied</p>",
        "<p>1. The Committee met.</p>",
    ],
)
def test_a_document_that_speaks_of_errors_is_read(body: str) -> None:
    assert page(body).lines


def test_a_page_of_pictures_is_scanned_and_one_of_nothing_is_empty() -> None:
    with pytest.raises(SourceScanned):
        page("<img src=a.png>")
    for body in ("", "<p> &nbsp; </p>", "<hr>"):
        with pytest.raises(SourceEmpty):
            page(body)


def test_deep_nesting_is_read_up_to_a_bound() -> None:
    assert texts("<div>" * 1500 + "deep") == ["deep"]
    for tag in ("<div>", "<table>", "<span>", "<ol><li>"):
        with pytest.raises(SourceDamaged):
            page(tag * 3000 + "x")


def test_many_paragraphs_and_letters_that_are_not_closed_are_no_nesting() -> None:
    assert len(lines_of("<p><b><font>x" * 3000)) == 3000


# -- properties

_PIECES = (
    "<p>", "</p>", "<div>", "</div>", "<br>", "<ol start=3>", "<ol type=a reversed>", "</ol>", "<li>",
    "<ul>", "</ul>", "<table><tr><td>", "</table>", "<h2>", "</h2>", "<b>", "</b>", "<i>", "<sup>",
    "</sup>", "<a href='#fn1'>", "<a name=fn1>", "<a href='#_ftn2'>", "</a>", "<div id=_ftn2>", "<nav>",
    "</nav>", "<main>", "<pre>", "</pre>", "<aside role=doc-footnote>", "1", "(a) Laws",
    "The State party", " ", "\n", "&nbsp;", "&#0;", "\x00", "*", "<", "<!--", "-->", "<script>",
    "</script>", "<template>", "<math>", "<svg>", "</svg>", "<select>", "\u2028", "\x85",
)  # fmt: skip


@settings(max_examples=300)
@given(assembled(*_PIECES, max_size=40))
def test_any_page_is_refused_or_read_into_lines_that_are_its_text(body: str) -> None:
    try:
        reading = page(body)
    except SourceRefused:
        return
    assert_accounts_for_its_text(reading)


_VALID = (
    f"<html><head><meta charset=utf-8></head><body>{WORD}<ol><li>é<li>b</ol>{MARKDOWN}</body></html>".encode()
)


@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.integers(0, len(_VALID) - 1), st.integers(0, 255)), max_size=6),
    st.integers(0, len(_VALID)),
)
def test_changed_or_cut_bytes_are_refused_or_read(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(_VALID)
    for place, value in changes:
        data[place] = value
    try:
        reading = read_html(bytes(data[:length]), "a.html")
    except SourceRefused:
        return
    assert_accounts_for_its_text(reading)
