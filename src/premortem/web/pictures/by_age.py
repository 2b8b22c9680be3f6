"""How deals ended by their age: a line for each way, which climbs where deals ended so."""

from __future__ import annotations

from typing import NamedTuple

from premortem.acts.afterwards.why import CALLED
from premortem.acts.afterwards.why_ages import AgesShown, CurveShown
from premortem.web.pictures.alone import Sign

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 960, 320, 44, 170, 14, 34
A_LINE = 15
SHARES = (0, 25, 50, 75, 100)
MARKS = 8


class Line(NamedTuple):
    """One way to end: its steps, and where its name stands."""

    end: str
    steps: str
    label: str
    label_x: int
    label_y: int


class ByAge(NamedTuple):
    """What the template draws; `says` is the picture in a sentence."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    shares: list[tuple[int, str]]
    days: list[tuple[int, str]]
    lines: list[Line]
    says: str


def legend(document: AgesShown) -> tuple[Sign, ...]:
    """The signs of the ways to end that are there."""
    return tuple(Sign(f"curve {one.end}", CALLED[one.end]) for one in document.curves)


def by_age(document: AgesShown) -> ByAge:
    """The lines, their names beside their ends without one upon another."""
    last = document.days[-1] or 1
    names = _apart({one.end: _y(one.shares[-1]) for one in document.curves})
    step = max(1, -(-len(document.days) // MARKS))
    return ByAge(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        bottom=HEIGHT - FOOT,
        shares=[(_y(share / 100), f"{share}%") for share in SHARES],
        days=[(_x(day, last), str(day)) for day in document.days[::step]],
        lines=[_line(one, document.days, last, names[one.end]) for one in document.curves],
        says=_says(document),
    )


def _line(one: CurveShown, days: list[int], last: int, label_y: int) -> Line:
    steps = f"M {_x(days[0], last)} {_y(one.shares[0])}"
    steps += "".join(f" H {_x(day, last)} V {_y(share)}" for day, share in zip(days[1:], one.shares[1:], strict=True))
    return Line(one.end, steps, f"{CALLED[one.end]}, {one.shares[-1]:.0%}", WIDTH - RIGHT + 8, label_y)


def _apart(wanted: dict[str, int]) -> dict[str, int]:
    """Places from the top down, each at least a line beneath the one before; the last no lower than the ground."""
    placed: dict[str, int] = {}
    free = TOP
    for end, y in sorted(wanted.items(), key=lambda told: told[1]):
        placed[end] = max(y, free)
        free = placed[end] + A_LINE
    over = max(0, max(placed.values(), default=0) - (HEIGHT - FOOT))
    return {end: y - over for end, y in placed.items()}


def _x(day: int, last: int) -> int:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * day / last)


def _y(share: float) -> int:
    return round(HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * share)


def _says(document: AgesShown) -> str:
    ends = ", ".join(f"{one.shares[-1]:.0%} {CALLED[one.end]}" for one in document.curves)
    return f"By an age of {document.days[-1]} days: {ends}."
