"""The labelled corpus as talks: windows in their order with what each carries.

Deals by the guide's format, the corpus's own scenes, spoken questions and requests in mail; see corpus/GUIDE.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from premortem.ledger.claims import CLAIMS
from premortem.ledger.contents import Conversation, Turn
from premortem.listening.formats.opening import open_touches
from premortem.listening.labels import QUESTION, REQUEST
from premortem.listening.scene import Scene, Someone
from premortem.listening.sentences import sentences
from premortem.listening.windows import Window, windows
from training import scenes

HOLD_OUT = 8
"""Every so-manieth deal and file teaches nothing: the reader's confidence is set by them, and its figures measured."""


class Span(Struct, frozen=True):
    """Characters of a window's text that carry a label; `value` is the topic of a discovery_question."""

    label: str
    start: int
    end: int
    value: str | None = None


class Talk(Struct, frozen=True):
    """Windows with their labels. `source` names the deal or file, by which talks are kept apart in validation.

    `taught` are the labels that this talk teaches: of the others nobody said whether they are there. `tempting` are
    those that a window could be taken for and does not carry: hard negatives.
    """

    source: str
    windows: tuple[Window, ...]
    spans: tuple[tuple[Span, ...], ...]
    taught: frozenset[str]
    tempting: tuple[frozenset[str], ...] = ()


class Place(Struct, frozen=True):
    """Characters of a turn that carry a label."""

    turn: int
    start: int
    end: int
    label: str
    value: str | None = None


def talks(corpus: Path) -> list[Talk]:
    """All talks of the corpus: its deals, scenes, spoken questions and requests, each in the order of their names."""
    found = [talk for deal in sorted((corpus / "deals").iterdir()) if deal.is_dir() for talk in of_deal(deal)]
    for file in sorted((corpus / "scenes").glob("*.txt")):
        found += [talk for scene in scenes.read_scenes(file) for talk in of_scene(scene)]
    for file in sorted((corpus / "questions").glob("*.txt")):
        found += of_questions(file)
    for file in sorted((corpus / "requests").glob("*.txt")):
        found += of_requests(file)
    return found


def kept_out(sources: Iterable[str], every: int) -> set[str]:
    """The sources that teach nothing: every so-manieth, in the order of their names; none for 0."""
    return set(sorted(set(sources))[::every]) if every else set()


def of_deal(deal: Path) -> Iterator[Talk]:
    truth = json.loads((deal / "truth.json").read_text(encoding="utf-8"))
    row = json.loads((deal / "deal.json").read_text(encoding="utf-8"))
    for path in sorted((deal / "touches").iterdir()):
        (talk,) = open_touches(path.name, path.read_bytes())
        facts = [fact for fact in truth["facts"] if fact["touch"] == path.name]
        scene = _scene(talk, row, truth, facts)
        yield _talk(deal.name, scene, [place for fact in facts if (place := _placed(scene, fact)) is not None])


def _scene(talk: Conversation, row: dict[str, Any], truth: dict[str, Any], facts: list[dict[str, Any]]) -> Scene:
    ours = {one["name"] for one in row["sellers"]}
    people = {one: Someone(one, "seller", one) for one in ours}
    people |= {one["name"]: Someone(one["name"], one["side"], one["name"]) for one in truth["people"]}
    by_turn = {fact["turn"]: fact["speaker"] for fact in facts if fact["turn"] is not None}
    labels = {talk.turns[turn].speaker: speaker for turn, speaker in by_turn.items() if turn < len(talk.turns)}
    speakers = []
    for turn in talk.turns:
        label = labels.get(turn.speaker) or _called(turn.speaker, list(people))
        speakers.append(label if label in people else None)
    return Scene(talk, tuple(speakers), people, frozenset(), date(2026, 1, 1))


def _called(label: str | None, names: list[str]) -> str | None:
    words = set(re.findall(r"\w+", (label or "").lower()))
    found = [name for name in names if words & {word for word in re.findall(r"\w+", name.lower()) if len(word) > 1}]
    return found[0] if len(found) == 1 else next((name for name in found if name == label), None)


def _placed(scene: Scene, fact: dict[str, Any]) -> Place | None:
    """Turn and characters of a fact's quote, white space aside."""
    turn = fact["turn"] or 0
    if turn >= len(scene.turns):
        return None
    pattern = r"\s+".join(map(re.escape, fact["quote"].split()))
    hit = re.search(pattern, scene.turns[turn].text)
    return None if hit is None else Place(turn, hit.start(), hit.end(), fact["claim"], fact["value"])


def of_scene(scene: scenes.Scene) -> Iterator[Talk]:
    kind: Any = scene.kind if scene.kind in ("call", "mail", "note") else "call"
    people = {
        name: Someone(name, "buyer" if side == "absent" else side, name, title)  # type: ignore[arg-type]
        for name, title, side in scene.cast
    }
    for turns in [scene.turns] if kind == "call" else [[turn] for turn in scene.turns]:
        talk = Conversation(kind, "scene", tuple(Turn(turn.text, turn.speaker) for turn in turns))
        seen = Scene(talk, tuple(turn.speaker for turn in turns), people, frozenset(), date(2026, 1, 1))
        places = []
        for number, turn in enumerate(turns):
            for label in turn.labels:
                start = turn.text.index(label.quote)
                places.append(Place(number, start, start + len(label.quote), label.claim, label.value))
        yield _talk(scene.file, seen, places, {number: turn.negatives for number, turn in enumerate(turns)})


def _talk(
    source: str, scene: Scene, places: list[Place], negatives: Mapping[int, list[tuple[str, str]]] | None = None
) -> Talk:
    """A touch's windows with the labels that lie in each; where a call has question marks, it teaches questions too."""
    taught = set(CLAIMS)
    if scene.conversation.type == "call" and any("?" in turn.text for turn in scene.turns):
        taught.add(QUESTION)
        places = [*places, *_asked(scene)]
    found = windows(scene)
    spans = _laid(found, places)
    tempting = tuple(
        frozenset(claim for claim, _ in (negatives or {}).get(one.turn, ())) - {span.label for span in carried}
        for one, carried in zip(found, spans, strict=True)
    )
    return Talk(source, tuple(found), spans, frozenset(taught), tempting)


def _asked(scene: Scene) -> Iterator[Place]:
    for number, turn in enumerate(scene.turns):
        for sentence in sentences(turn.text):
            if sentence.asks:
                yield Place(number, sentence.start, sentence.end, QUESTION)


def _laid(found: list[Window], places: Iterable[Place]) -> tuple[tuple[Span, ...], ...]:
    """Each window's labels; a quote across two windows belongs to the one with more of it."""
    spans: list[list[Span]] = [[] for _ in found]
    for place in places:
        shared = [
            (min(place.end, one.end) - max(place.start, one.start), number)
            for number, one in enumerate(found)
            if one.turn == place.turn
        ]
        most, number = max(shared, default=(0, -1))
        if most > 0:
            window = found[number]
            inside = max(place.start, window.start) - window.start, min(place.end, window.end) - window.start
            spans[number].append(
                Span(place.label, *inside, place.value if place.label == "discovery_question" else None)
            )
    return tuple(tuple(one) for one in spans)


def of_questions(file: Path) -> Iterator[Talk]:
    """Small talk and meetings that sell nothing: `A? are you …` asks, `B. no …` doesn't; a blank line ends a talk.

    It teaches what a question is, and that nothing else of ours is in it. Of the letters every second is a buyer.
    """
    for part in file.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in part.splitlines() if line.strip()]
        found = tuple(
            Window(number, 0, len(line) - 3, "buyer" if ord(line[0]) % 2 else "seller", line[3:])
            for number, line in enumerate(lines)
        )
        spans = tuple((Span(QUESTION, 0, len(line) - 3),) if line[1] == "?" else () for line in lines)
        yield Talk(f"questions/{file.name}", found, spans, frozenset((*CLAIMS, QUESTION)))


def of_requests(file: Path) -> Iterator[Talk]:
    """Mails a sentence a line: `? Could you …` asks the reader for something, `. Thanks …` doesn't."""
    for part in file.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in part.splitlines() if line.strip()]
        found = tuple(Window(0, 0, len(line) - 2, "mail_buyer", line[2:]) for line in lines)
        spans = tuple((Span(REQUEST, 0, len(line) - 2),) if line[0] == "?" else () for line in lines)
        yield Talk(f"requests/{file.name}", found, spans, frozenset({REQUEST}))
