from __future__ import annotations

from collections.abc import Iterator

from assistant import errors
from assistant.cli.exit_codes import EXIT_CODES, exit_code
from corpus import errors as corpus_errors
from corpus.errors import DocumentNotHeld, PilcrowError, WriterBusy


def every_error(root: type[PilcrowError] = PilcrowError) -> Iterator[type[PilcrowError]]:
    for below in root.__subclasses__():
        yield below
        yield from every_error(below)


def test_every_error_has_an_exit_code_of_its_own_entry() -> None:
    assert set(EXIT_CODES) == set(every_error())


def test_every_error_has_its_own_stable_code() -> None:
    codes = [error.code for error in every_error()]
    assert len(set(codes)) == len(codes)


def test_front_ends_can_name_every_error() -> None:
    names = {error.__name__ for error in every_error()} | {"PilcrowError"}
    assert set(errors.__all__) == names


def test_the_tree_at_the_top_of_the_module_is_the_tree() -> None:
    assert corpus_errors.__doc__ is not None
    drawn = [
        line.split()[0]
        for line in (raw.lstrip("│├└─ ") for raw in corpus_errors.__doc__.splitlines())
        if line[:1].isupper() and line.split()[0] in dir(corpus_errors)
    ]
    assert drawn == ["PilcrowError", *(error.__name__ for error in every_error())]


def test_an_error_ends_with_its_code() -> None:
    assert exit_code(DocumentNotHeld("none")) == 3
    assert exit_code(WriterBusy("busy")) == 1
