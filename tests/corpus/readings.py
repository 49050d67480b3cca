import pytest

from corpus.errors import SourceRefused
from corpus.layout import Reading
from corpus.readers import read


def assert_accounts_for_its_text(reading: Reading) -> None:
    """Its lines are its whole text, in order, and calls stand on their lines."""
    position = 0
    for number, line in enumerate(reading.lines, 1):
        assert (line.number, line.start) == (number, position)
        assert line.start < line.end
        assert reading.text[line.start : line.end].strip() == line.text
        assert all(line.start <= start < end <= line.end for start, end in line.calls)
        position = line.end
    assert position == len(reading.text)


def refusal_of(data: bytes, name: str = "report.docx") -> SourceRefused:
    """Why a file is refused; what is said names the file and tells what to do."""
    with pytest.raises(SourceRefused) as refusal:
        read(data, name)
    assert name in refusal.value.message
    assert refusal.value.mend
    return refusal.value
