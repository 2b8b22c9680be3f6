"""The stakeholder map: who is who, whom we met, who is for us, who can overrule, who brought us to whom, and the gaps.

Rows from top to bottom: who can overrule, who else has a part or was met, who was there and not heard, whom we only
heard of, outsiders, our side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from textwrap import wrap
from typing import NamedTuple

from premortem.acts.looking.deal_page import DealPage, PersonOnPage, Tie
from premortem.web.pictures.alone import Sign

WIDTH, WIDE, HIGH = 880, 192, 66
ACROSS = 4
BETWEEN = (WIDTH - ACROSS * WIDE) // ACROSS
DOWN, LABEL = 26, 34
NAME, LINE = 23, 29
"""How many characters of a name and of a smaller line fit a box."""
STANCES = {"for": "+ for us", "against": "− against us", "unknown": "? stance not known"}
WAYS = ("introduced", "promised", "refused", "named")
LEGEND = (
    Sign("met", "met"),
    Sign("not_met", "not met, or not heard"),
    Sign("named", "named by"),
    Sign("introduced", "introduced, then met"),
    Sign("promised", "introduction promised"),
    Sign("refused", "introduction refused"),
)


class Box(NamedTuple):
    """A person, or a gap where one should be. `met` is drawn solid, else dashed; a gap has no `id`.

    `more` is the second line of a name that is too long for one.
    """

    id: str
    x: int
    y: int
    name: str
    title: str
    part: str
    stance: str
    stance_says: str
    side: str
    met: bool
    gap: bool = False
    more: str = ""


class Band(NamedTuple):
    """A row's heading."""

    y: int
    says: str


class Arrow(NamedTuple):
    """From whoever brought us to somebody, to that person; `how` names the kind of tie."""

    path: str
    how: str


class StakeholderMap(NamedTuple):
    """What the template draws; `says` is the picture in a sentence."""

    width: int
    height: int
    boxes: list[Box]
    bands: list[Band]
    arrows: list[Arrow]
    says: str
    ways: tuple[str, ...] = WAYS


def took_part(page: DealPage) -> frozenset[str]:
    """Everybody who was in a touch, wrote it or got it, heard or not."""
    return frozenset(one for touch in page.touches for one in (*touch.heard, *touch.there))


def stakeholder_map(people: Sequence[PersonOnPage], ties: Sequence[Tie], there: Collection[str] = ()) -> StakeholderMap:
    """Where each person stands. Empty places are drawn for a signer and a supporter whom nobody knows.

    `there` are those who took part in a touch at all, heard or not.
    """
    boxes: list[Box] = []
    bands: list[Band] = []
    y = 0
    for says, row, gap in _rows(people, there):
        if not row and not gap:
            continue
        bands.append(Band(y + 18, says))
        drawn = [*([_gap(gap)] if gap else []), *(_box(one, one.id in there) for one in row)]
        for number, box in enumerate(drawn):
            x = BETWEEN // 2 + number % ACROSS * (WIDE + BETWEEN)
            boxes.append(box._replace(x=x, y=y + LABEL + number // ACROSS * (HIGH + DOWN)))
        y += LABEL + -(-len(drawn) // ACROSS) * (HIGH + DOWN)
    return StakeholderMap(WIDTH, max(y - DOWN + 8, HIGH), boxes, bands, list(_arrows(boxes, ties)), _says(people))


def _rows(people: Sequence[PersonOnPage], there: Collection[str]) -> Iterator[tuple[str, list[PersonOnPage], str]]:
    theirs = [one for one in people if one.side in ("buyer", "unknown")]
    near = [one for one in theirs if not one.overrules and (one.met or one.roles)]
    yield "Can overrule the others", [one for one in theirs if one.overrules], "" if _signer(people) else "Who signs?"
    yield "Has a part, or was met", near, "" if _supporter(people) else "Who speaks for us inside?"
    far = [one for one in theirs if not one.overrules and one not in near]
    yield "There, not heard", [one for one in far if one.id in there], ""
    yield "Only heard of", [one for one in far if one.id not in there], ""
    yield "Outside", [one for one in people if one.side == "outside"], ""
    yield "Our side", [one for one in people if one.side == "seller"], ""


def _signer(people: Sequence[PersonOnPage]) -> bool:
    return any(one.overrules and one.side != "seller" for one in people)


def _supporter(people: Sequence[PersonOnPage]) -> bool:
    return any(one.side == "buyer" and (one.stance == "for" or "coach" in one.roles) for one in people)


def _box(one: PersonOnPage, there: bool) -> Box:
    ours = one.side == "seller"
    part = ", ".join(one.parts)
    if one.overrules and not part:
        part = "perhaps the economic buyer"
    stance = "" if ours else STANCES[one.stance]
    unmet = "not heard" if there else "not met"
    return Box(
        id=one.id,
        x=0,
        y=0,
        name=_short(one.name, NAME),
        title=_short(one.title or part, LINE),
        part=_short(part, LINE) if one.title else "",
        stance="" if ours else one.stance,
        stance_says=stance if ours or one.met else f"{stance} · {unmet}",
        side="ours" if ours else "theirs",
        met=ours or one.met is not None,
    )


def _gap(says: str) -> Box:
    name, *more = wrap(says, NAME)
    return Box("", 0, 0, name, "nobody has said", "", "", "", "gap", met=False, gap=True, more=" ".join(more))


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _arrows(boxes: Sequence[Box], ties: Sequence[Tie]) -> Iterator[Arrow]:
    at = {box.id: box for box in boxes if box.id}
    for tie in ties:
        if tie.via in at and tie.to in at:
            yield Arrow(_path(at[tie.via], at[tie.to]), tie.how)


def _path(start: Box, end: Box) -> str:
    """Between the sides of two boxes that face each other; beside one another, in a bow above both."""
    if start.y == end.y:
        right = end.x > start.x
        x1, x2 = start.x + (WIDE - 40 if right else 40), end.x + (40 if right else WIDE - 40)
        return f"M {x1} {start.y} C {x1} {start.y - 18}, {x2} {end.y - 18}, {x2} {end.y - 2}"
    up = end.y < start.y
    x1, x2 = start.x + WIDE // 2 + (12 if up else -12), end.x + WIDE // 2 + (12 if up else -12)
    y1, y2 = (start.y, end.y + HIGH + 2) if up else (start.y + HIGH, end.y - 2)
    middle = (y1 + y2) // 2
    return f"M {x1} {y1} C {x1} {middle}, {x2} {middle}, {x2} {y2}"


def _says(people: Sequence[PersonOnPage]) -> str:
    theirs = [one for one in people if one.side == "buyer"]
    met = sum(one.met is not None for one in theirs)
    signer = next((one.name for one in theirs if one.overrules), None)
    signs = f"{signer} can overrule" if signer else "nobody knows who signs"
    friends = [one.name for one in theirs if one.stance == "for"]
    against = [one.name for one in theirs if one.stance == "against"]
    stand = f"for us: {', '.join(friends) or 'nobody known'}; against us: {', '.join(against) or 'nobody known'}"
    return f"{len(theirs)} people on the buyer's side, {met} of them met; {signs}; {stand}."
