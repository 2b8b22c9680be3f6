"""The calls that speed is measured on: an hour long, all different, and the same each time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.long_calls import write_long_calls
from premortem.listening.formats.opening import open_file


def deal(folder: Path, seller: str, said: str) -> None:
    (folder / "touches").mkdir(parents=True)
    (folder / "deal.json").write_text(json.dumps({"id": folder.name, "sellers": [{"name": seller}]}), encoding="utf-8")
    cue = f"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v {seller}>{said}\n"
    (folder / "touches" / "2026-01-05-call.vtt").write_text(cue, encoding="utf-8")


def test_calls_are_joined_until_they_are_long_enough(tmp_path: Path) -> None:
    deal(tmp_path / "deals" / "one", "Ines Falk", "how do you plan the shifts today")
    deal(tmp_path / "deals" / "two", "Tom Reed", "who signs for that")
    calls = write_long_calls(tmp_path / "deals", tmp_path / "long", calls=2, words=40)
    first, second = (open_file(call / "touches" / "2026-03-03-call.vtt")[0] for call in calls)
    words = sum(len(turn.text.split()) for turn in first.turns)
    assert 40 <= words < 50
    assert [turn.speaker for turn in first.turns[:2]] == ["Ines Falk", "Tom Reed"]
    assert second.turns[0].speaker == "Tom Reed"
    assert [one["name"] for one in json.loads((calls[0] / "deal.json").read_text())["sellers"]] == [
        "Ines Falk",
        "Tom Reed",
    ]


def test_a_folder_without_calls_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no call here to join"):
        write_long_calls(tmp_path, tmp_path / "long", calls=1)
