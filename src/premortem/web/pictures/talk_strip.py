"""The talk strip as one picture: a lane for each voice of a call, from its beginning on the left to its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from premortem.acts.looking.talk_strip import WIDTH as WHOLE
from premortem.acts.looking.talk_strip import Lane
from premortem.web.pictures.alone import Sign

WIDTH, NAMES, LANE = 920, 260, 30
NAME = 26
HEIGHTS = {"seller": ("ours", 0), "buyer": ("theirs", 6)}
"""A side's colour and how far its strokes stand below the lane's top, so that colour is not alone in telling sides."""
LEGEND = (Sign("ours", "our side"), Sign("theirs", "buyer"), Sign("side_unknown", "outside, or side not known"))


class Row(NamedTuple):
    """A voice: its strokes as place and width."""

    y: int
    name: str
    says: str
    colour: str
    below: int
    strokes: list[tuple[float, float]]


class TalkStrip(NamedTuple):
    """What the template draws; `says` is the picture in a sentence."""

    width: int
    height: int
    names: int
    room: int
    rows: list[Row]
    length: str
    says: str


def talk_strip(lanes: Sequence[Lane], length: str | None) -> TalkStrip:
    """Where each voice's turns stand."""
    room = WIDTH - NAMES
    rows = []
    for number, lane in enumerate(lanes):
        colour, below = HEIGHTS.get(lane.side, ("low", 3))
        strokes = [(NAMES + room * one.x / WHOLE, room * one.width / WHOLE) for one in lane.stretches]
        name = lane.speaker if len(lane.speaker) <= NAME else lane.speaker[: NAME - 1].rstrip() + "…"
        rows.append(Row(number * LANE, name, f"{lane.share}%", colour, below, strokes))
    says = "; ".join(f"{lane.speaker}: {lane.share}% of all talk in {lane.turns} turns" for lane in lanes)
    return TalkStrip(WIDTH, len(rows) * LANE + 16, NAMES, room, rows, length or "end", f"{says}.")
