"""The corpus's own scenes: short stretches of talk in plain text, with their labels beneath each turn.

    # scene: a grain terminal buys a sampler
    # kind: call
    # day: 2026-03-03
    # account: Varna Silo Works
    # buyer: Radoslava Pencheva, Operations Manager
    # seller: Conrad Mbeki
    # absent: Ottoline Marsh, finance director

    Conrad: who signs an order of that size over there
      = discovery_question [authority] who signs an order of that size
    Radoslava: anything with a comma in it lands on Ottoline's desk, not mine
      = decision_maker_named (Ottoline Marsh) anything with a comma in it lands on Ottoline's desk
      = person_named (Ottoline Marsh) lands on Ottoline's desk
    Conrad: and you could sign for the samples alone I guess
      ! authority_claimed wrong side

`=` is a label: the claim, (the person) and [the value] where it has them, then its quote, word for word. `!` is a hard
negative: this turn could be taken for that claim and is not, and why. A speaker is named by any beginning of a cast
name. A line that begins with `|` goes on with the turn above (mails and notes). Scenes are parted by their heads.

    python -m training.scenes corpus/scenes      checks every file and counts
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from premortem.ledger.claims import CLAIMS, TOPICS, may_say

HEAD = re.compile(r"#\s*(scene|kind|day|account|firm|buyer|seller|outside|absent):\s*(.*)")
LABEL = re.compile(r"\s+=\s*(\w+)\s*(?:\(([^)]*)\)\s*)?(?:\[([^\]]*)\]\s*)?(.*)")
NEGATIVE = re.compile(r"\s+!\s*(\w+)\s*(.*)")
SPOKEN = re.compile(r"([^:|#=!]{1,40}?):\s?(.*)")


class Label(Struct, frozen=True):
    claim: str
    quote: str
    person: str | None = None
    value: str | None = None


class Turn(Struct):
    """A turn with its labels; `negatives` are (claim, why it is not that)."""

    speaker: str
    side: str
    text: str
    line: int
    labels: list[Label]
    negatives: list[tuple[str, str]]


class Scene(Struct):
    """A stretch of talk. `cast` holds (name, title, side); side is buyer, seller, outside or absent."""

    file: str
    name: str
    kind: str
    day: str
    account: str
    firm: str
    cast: list[tuple[str, str | None, str]]
    turns: list[Turn]


class Wrong(ValueError):
    """A scene that can't be read: file, line and what is wrong."""


def read_scenes(file: Path) -> list[Scene]:
    """All scenes of a file. Raises Wrong with file and line at the first thing that is amiss."""
    scenes: list[Scene] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            _line(scenes, file.name, number, line)
        except (ValueError, IndexError) as wrong:
            raise Wrong(f"{file.name}:{number}: {wrong}: {line.strip()[:90]}") from None
    return scenes


def _line(scenes: list[Scene], file: str, number: int, line: str) -> None:
    if head := HEAD.match(line):
        _head(scenes, file, head[1], head[2].strip())
    elif line.startswith("#"):
        return
    elif not scenes:
        raise ValueError("a line before any '# scene:'")
    elif negative := NEGATIVE.match(line):
        _known(negative[1])
        scenes[-1].turns[-1].negatives.append((negative[1], negative[2].strip()))
    elif label := LABEL.match(line):
        _label(scenes[-1], label)
    elif line.startswith("|"):
        scenes[-1].turns[-1].text += "\n" + line[1:].removeprefix(" ")
    elif spoken := SPOKEN.match(line):
        name, side = _speaker(scenes[-1], spoken[1].strip())
        scenes[-1].turns.append(Turn(name, side, spoken[2].strip(), number, [], []))
    else:
        raise ValueError("neither a turn, a label, nor a head")


def _head(scenes: list[Scene], file: str, key: str, value: str) -> None:
    if key == "scene":
        scenes.append(Scene(file, value, "call", "2026-03-03", "", "", [], []))
        return
    scene = scenes[-1]
    if key in ("kind", "day", "account", "firm"):
        setattr(scene, key, value)
        return
    for person in value.split(";"):
        name, _, title = person.partition(",")
        scene.cast.append((name.strip(), title.strip() or None, key))


def _speaker(scene: Scene, label: str) -> tuple[str, str]:
    found = [(name, side) for name, _, side in scene.cast if name.startswith(label)]
    if len(found) != 1:
        raise ValueError(f"the speaker '{label}' is {'nobody' if not found else 'several people'} of the cast")
    return found[0]


def _label(scene: Scene, found: re.Match[str]) -> None:
    claim, person, value, quote = found[1], found[2], found[3], found[4].strip()
    _known(claim)
    turn = scene.turns[-1]
    if not quote or quote not in turn.text:
        raise ValueError("the quote is not in the turn above, word for word")
    if not may_say(claim, turn.side, scene.kind == "note"):
        raise ValueError(f"{turn.side} can't say {claim} in a {scene.kind}")
    if claim == "discovery_question" and value not in TOPICS:
        raise ValueError(f"the topic must be one of {', '.join(TOPICS)}")
    turn.labels.append(Label(claim, quote, person, value))


def _known(claim: str) -> None:
    if claim not in CLAIMS:
        raise ValueError(f"'{claim}' is no claim")


def _files(paths: list[str]) -> Iterator[Path]:
    for path in map(Path, paths):
        yield from sorted(path.rglob("*.txt")) if path.is_dir() else [path]


def main(paths: list[str]) -> int:
    """Check files and print how many turns, labels and hard negatives they hold."""
    wrong, turns, scenes = 0, 0, 0
    right, hard = Counter[str](), Counter[str]()
    for file in _files(paths):
        try:
            found = read_scenes(file)
        except Wrong as error:
            wrong += 1
            sys.stdout.write(f"{error}\n")
            continue
        scenes += len(found)
        for turn in (turn for scene in found for turn in scene.turns):
            turns += 1
            right.update(label.claim for label in turn.labels)
            hard.update(claim for claim, _ in turn.negatives)
    for claim in CLAIMS:
        if right[claim] or hard[claim]:
            sys.stdout.write(f"{claim:28}{right[claim]:6} right{hard[claim]:6} hard negatives\n")
    sys.stdout.write(f"{scenes} scenes, {turns} turns, {right.total()} labels, {wrong} files wrong\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["corpus/scenes"]))
