"""What an ingest leaves behind that is killed at a random moment: no document may be lost or half there.

python -m tests.benchmarks.kills [DATA] [--kills N] [--real-kills N] [--files N] [--seed N] [--json]

Small documents with an encoder that takes no time are ingested and killed --kills times; real PDF files,
DATA/corpus/crpd, with the real encoder --real-kills times. Half of the documents are held in an earlier
edition before. The moments are spread evenly over the time that an ingest takes. After each kill the
home is opened and compared with one in which nobody was killed, and ingested into again.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.model import Metadata, Paragraph
from index.passages import PassageKey
from tests.benchmarks.table import show
from tests.index.homes import copied, ingested, opened, passages_found, passages_held
from tests.index.interrupted import Places, WatchedCatalog, WatchedEngine, sources_of
from tests.index.small_documents import STATES
from tests.index.tiny_encoder import TinyEncoder
from tests.processes import Process, Processes, mark

PHASES = {
    "begun": "reading",
    "reading": "reading",
    "published": "reading",
    "loading": "loading the model",
    "encoding": "encoding",
    "building": "building",
    "built": "publishing",
    "inserted": "publishing",
    "done": "done",
}
"""What an ingest does after each of its marks."""

_A_STEP = 256  # passages of real documents after which they are published, so that it happens often
_MEASURED = 3  # ingests that nobody kills, the median of which says how long one takes
Call = tuple[str, *tuple[str | int, ...]]
Edition = tuple[str, str]
"""A symbol with the SHA-256 of a file."""


def main() -> None:
    """Kill, look, ingest again, and count; the exit status is 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--real-kills", type=int, default=5)
    parser.add_argument("--files", type=int, default=8, help="how many real files an ingest has")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    rows = []
    with (
        tempfile.TemporaryDirectory() as folder,
        Processes("tests.benchmarks.kills", "alembic.command") as processes,
    ):
        rows.append(_row("small documents", _small(Path(folder), processes), given.kills, chance))
        if given.real_kills:
            files = sorted((given.data / "corpus" / "crpd").glob("*.pdf"))[: given.files]
            real = _real(Path(folder), files, processes)
            rows.append(_row("real documents and encoder", real, given.real_kills, chance))
    show("Killed ingests", rows, as_json=given.json)
    raise SystemExit(any(row[column] for row in rows for column in ("lost", "half there", "not recovered")))


@dataclass(frozen=True)
class Held:
    """What a home holds, and the documents of which a search finds more or less than is held."""

    editions: dict[Edition, tuple[bool, list[Paragraph]]]
    """Whether each is current, and its paragraphs."""
    astray: frozenset[int]

    @classmethod
    def of(cls, home: Path) -> Held:
        """Open a home as whoever comes next would, and look."""
        with closing(opened(home)) as collection, collection.view() as view:
            differ = passages_found(view) ^ passages_held(view.snapshot)
            editions = {
                (header.symbol, header.source.sha256): (header.current, view.snapshot.paragraphs(header.id))
                for header in view.snapshot.headers(current_only=False)
            }
        return cls(editions, frozenset(PassageKey.from_int(number).document for number in differ))

    def half_there(self, whole: Held) -> int:
        """How many documents are there in part, or are not current in just their newest edition."""
        parts = sum(texts != whole.editions[edition][1] for edition, (_, texts) in self.editions.items())
        symbols = {symbol for symbol, _ in self.editions}
        return parts + len(self.astray) + sum(not self._newest_is_current(s, whole) for s in symbols)

    def _newest_is_current(self, symbol: str, whole: Held) -> bool:
        """The newest is the edition that is current in the end, or where that is not there, the other."""
        mine = {edition: current for edition, (current, _) in self.editions.items() if edition[0] == symbol}
        newest = [edition for edition in mine if whole.editions[edition][0]] or list(mine)
        return [edition for edition, current in mine.items() if current] == newest


@dataclass(frozen=True)
class Ingest:
    """A home before an ingest, and the ingest that is killed in copies of it."""

    home: Path
    processes: Processes
    call: Call

    def begin(self, home: Path) -> Process:
        """Start it, and return when it has begun."""
        function, *arguments = self.call
        process = self.processes.start(function, str(home), *arguments)
        assert process.wait_for("begun 1")
        return process

    def finish(self, home: Path) -> tuple[Process, float]:
        """Let it go on to its end, and return how many seconds that took."""
        process, began = self.begin(home), time.perf_counter()
        assert process.wait() == 0
        return process, time.perf_counter() - began

    def copy(self) -> Path:
        """A copy of the home for one ingest."""
        return copied(self.home, Path(tempfile.mkdtemp(dir=self.home.parent)))


def _row(name: str, ingest: Ingest, kills: int, chance: random.Random) -> dict[str, Any]:
    """Kill so many ingests, and count in which phases and what came of it."""
    homes = [ingest.copy() for _ in range(_MEASURED)]
    undisturbed = [ingest.finish(home) for home in homes]
    seconds = sorted(took for _, took in undisturbed)[_MEASURED // 2]
    before, whole = Held.of(ingest.home), Held.of(homes[0])
    found: Counter[str] = Counter()
    for _ in range(kills):
        home = ingest.copy()
        killed = ingest.begin(home)
        time.sleep(seconds * chance.random())
        killed.kill()
        found[_phase(killed.seen, undisturbed[0][0].seen)] += 1
        found += _looked(home, ingest, before, whole)
        shutil.rmtree(home.parent)
    phases = {phase: found[phase] for phase in dict.fromkeys(PHASES.values())}
    results = {result: found[result] for result in ("lost", "half there", "not recovered")}
    return {"ingest": name, "seconds": round(seconds, 1), "kills": kills, **phases, **results}


def _phase(seen: list[str], whole: list[str]) -> str:
    """In which phase a process ended, by the last mark it set."""
    marks = [mark for mark in seen if not mark.startswith("ended")]
    last = [mark for mark in whole if mark.startswith("published")][-1]
    return "done" if last in marks else PHASES[marks[-1].split()[0]]


def _looked(home: Path, ingest: Ingest, before: Held, whole: Held) -> Counter[str]:
    """What is wrong with a home after a kill, and after ingesting again."""
    wrong: Counter[str] = Counter()
    try:
        left = Held.of(home)
        wrong["lost"] = len(before.editions.keys() - left.editions.keys())
        wrong["half there"] = left.half_there(whole)
        ingest.finish(home)
        wrong["not recovered"] = Held.of(home) != whole
    except Exception as error:  # whatever keeps a home from being opened is what is looked for
        print(f"{home}: {error!r}")
        wrong["not recovered"] = 1
    return wrong


# -- the two ingests


def _small(folder: Path, processes: Processes) -> Ingest:
    home = folder / "small"
    with closing(opened(home, TinyEncoder())) as collection:
        ingested(collection, *sources_of(1, list(STATES)[: len(STATES) // 2]))
    return Ingest(home, processes, ("tests.index.interrupted:ingest", 2, "never"))


def _real(folder: Path, files: list[Path], processes: Processes) -> Ingest:
    """Real files, every other one held before as a file with another ending, which is another edition."""
    new, earlier, home = folder / "new", folder / "earlier", folder / "real"
    for made in (new, earlier):
        made.mkdir()
    for number, path in enumerate(files):
        shutil.copy(path, new)
        if number % 2:
            (earlier / path.name).write_bytes(path.read_bytes() + b"\n% an earlier edition\n")
    if processes.start("tests.benchmarks.kills:ingest_files", str(home), str(earlier)).wait():
        raise SystemExit("The earlier editions cannot be ingested.")
    return Ingest(home, processes, ("tests.benchmarks.kills:ingest_files", str(new)))


def ingest_files(home: str, folder: str) -> None:
    """Ingest a folder as the command does, telling where it is; run in a process of its own."""
    from assistant.service import Assistant
    from assistant.settings import load_settings
    from index import batch

    batch.STEP_PASSAGES = (_A_STEP, _A_STEP)
    places = Places(last="never")
    with closing(Assistant.open(load_settings(home=Path(home)))) as assistant:
        collection = assistant.collection
        collection.engine = WatchedEngine(Path(home) / "index", places)
        collection.catalog = WatchedCatalog(Path(home) / "catalog.db", places)
        places.at("begun")
        for _ in assistant.ingest([Path(folder)], Metadata(), lambda phase, _done, _total: mark(phase)):
            pass
        places.at("done")


if __name__ == "__main__":
    main()
