"""The labelled corpus as examples: deals by the guide's format and the corpus's own scenes, both as windows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from premortem.ledger.contents import Conversation, Turn
from premortem.listening.formats.opening import open_touches
from premortem.listening.scene import Scene, Someone
from premortem.listening.windows import Window, windows
from training import scenes


class Span(Struct, frozen=True):
    """Characters of a window's text that carry a claim; `value` is the topic of a discovery_question."""

    claim: str
    start: int
    end: int
    value: str | None = None


class Example(Struct, frozen=True):
    """A window with its labels. `source` names the deal or file, by which examples are kept apart in validation."""

    source: str
    window: Window
    spans: tuple[Span, ...]


def examples(deals: Path, own: Path) -> list[Example]:
    """All examples of a folder of labelled deals and of a folder of scenes."""
    found = [one for deal in sorted(deals.iterdir()) if deal.is_dir() for one in of_deal(deal)]
    for file in sorted(own.glob("*.txt")):
        for scene in scenes.read_scenes(file):
            found += of_scene(scene)
    return found


def of_deal(deal: Path) -> Iterator[Example]:
    truth = json.loads((deal / "truth.json").read_text(encoding="utf-8"))
    row = json.loads((deal / "deal.json").read_text(encoding="utf-8"))
    for path in sorted((deal / "touches").iterdir()):
        (talk,) = open_touches(path.name, path.read_bytes())
        facts = [fact for fact in truth["facts"] if fact["touch"] == path.name]
        scene = _scene(talk, row, truth, facts)
        yield from _labelled(deal.name, scene, [_placed(scene, fact) for fact in facts])


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


def _placed(scene: Scene, fact: dict[str, Any]) -> tuple[int, int, int, str, str | None] | None:
    """Turn and characters of a fact's quote, white space aside."""
    turn = fact["turn"] or 0
    if turn >= len(scene.turns):
        return None
    pattern = r"\s+".join(map(re.escape, fact["quote"].split()))
    hit = re.search(pattern, scene.turns[turn].text)
    return None if hit is None else (turn, hit.start(), hit.end(), fact["claim"], fact["value"])


def of_scene(scene: scenes.Scene) -> Iterator[Example]:
    kind: Any = scene.kind if scene.kind in ("call", "mail", "note") else "call"
    people = {
        name: Someone(name, "buyer" if side == "absent" else side, name, title)  # type: ignore[arg-type]
        for name, title, side in scene.cast
    }
    for turns in [scene.turns] if kind == "call" else [[turn] for turn in scene.turns]:
        talk = Conversation(kind, "scene", tuple(Turn(turn.text, turn.speaker) for turn in turns))
        seen = Scene(talk, tuple(turn.speaker for turn in turns), people, frozenset(), date(2026, 1, 1))
        placed = [
            (
                number,
                turn.text.index(label.quote),
                turn.text.index(label.quote) + len(label.quote),
                label.claim,
                label.value,
            )
            for number, turn in enumerate(turns)
            for label in turn.labels
        ]
        yield from _labelled(scene.file, seen, placed)


def _labelled(source: str, scene: Scene, placed: list[Any]) -> Iterator[Example]:
    """Each window with the facts that lie in it; a quote across two windows belongs to the one with more of it."""
    found = windows(scene)
    spans: dict[int, list[Span]] = {number: [] for number in range(len(found))}
    for place in placed:
        if place is None:
            continue
        turn, start, end, claim, value = place
        shared = [
            (min(end, one.end) - max(start, one.start), number) for number, one in enumerate(found) if one.turn == turn
        ]
        most, number = max(shared, default=(0, -1))
        if most > 0:
            window = found[number]
            inside = max(start, window.start) - window.start, min(end, window.end) - window.start
            spans[number].append(Span(claim, *inside, value if claim == "discovery_question" else None))
    for number, window in enumerate(found):
        yield Example(source, window, tuple(spans[number]))
