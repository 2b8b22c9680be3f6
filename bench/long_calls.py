"""Calls of an hour, about 9,000 words each, joined from the corpus's calls: what speed is measured on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

from premortem.ledger.contents import Turn
from premortem.listening.formats.opening import open_touches

WORDS = 9_000
PACE = 2.5
"""Words a second."""


def write_long_calls(deals: Path, into: Path, calls: int, words: int = WORDS) -> list[Path]:
    """So many deal folders with one such call each; every one begins at another call, so no two are the same."""
    read = (list(_turns(path)) for path in sorted(deals.glob("*/touches/*.vtt")))
    spoken = [turns for turns in read if any(turn.text.split() for turn in turns)]
    if not spoken:
        raise SystemExit(f"{deals}: no call here to join. Give the folder of the corpus's deals.")
    sellers = _sellers(deals)
    return [
        _write(into / f"call-{number:03}", list(_joined(spoken, number * 7, words)), sellers) for number in range(calls)
    ]


def _turns(path: Path) -> Iterator[Turn]:
    for talk in open_touches(path.name, path.read_bytes()):
        yield from talk.turns


def _joined(spoken: Sequence[Sequence[Turn]], first: int, words: int) -> Iterator[Turn]:
    heard = 0
    for call in cycle([*spoken[first % len(spoken) :], *spoken[: first % len(spoken)]]):
        for turn in call:
            if heard >= words:
                return
            heard += len(turn.text.split())
            yield turn


def _sellers(deals: Path) -> list[dict[str, Any]]:
    """Everybody who sells anywhere in the corpus, so that each call has both its sides."""
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(deals.glob("*/deal.json"))]
    return [{"name": one["name"]} for row in rows for one in row["sellers"]]


def _write(folder: Path, turns: Sequence[Turn], sellers: list[dict[str, Any]]) -> Path:
    (folder / "touches").mkdir(parents=True)
    row = {"id": folder.name, "name": folder.name, "account": "a buyer", "seller": "a seller", "sellers": sellers}
    (folder / "deal.json").write_text(json.dumps(row), encoding="utf-8")
    cues, at = ["WEBVTT\n"], 0.0
    for turn in turns:
        until = at + max(1, len(turn.text.split())) / PACE
        said = " ".join(turn.text.split())
        cues.append(f"{_clock(at)} --> {_clock(until)}\n{turn.speaker or 'Somebody'}: {said}\n")
        at = until
    (folder / "touches" / "2026-03-03-call.vtt").write_text("\n".join(cues), encoding="utf-8")
    return folder


def _clock(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"
