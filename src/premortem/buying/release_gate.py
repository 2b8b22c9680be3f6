"""The release gate: what is done before a product meets people who are making up their minds, in five steps and one
before them. A step waits for the one before it: friendly customers are no substitute for our own hunt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from premortem.errors import Unknown

Asks = Literal["nothing", "words", "number"]


class Item(Struct, frozen=True):
    """A thing to do. `asks` is what has to be told with its tick: `about` says what that is."""

    key: str
    says: str
    asks: Asks = "nothing"
    about: str = ""


class Step(Struct, frozen=True):
    """A step of the gate, by its number, with its things to do."""

    number: int
    says: str
    items: tuple[Item, ...]


class Tick(Struct, frozen=True):
    """That a thing was done: by whom, on which day, and what was told with it."""

    by: str
    on: date
    told: str = ""


class Standing(Struct, frozen=True):
    """How far a step is. `waits_for` names an earlier step that is not done."""

    step: Step
    done: int
    open: tuple[Item, ...]
    waits_for: int | None


STEPS = (
    Step(
        0,
        "Wring out what stops a sale, and resist shipping the bare minimum",
        (
            Item("main_functions", "The main functions work"),
            Item("wrung_out", "Whatever would stop a sale was looked for and mended before anything ships"),
        ),
    ),
    Step(
        1,
        "Use it as an evaluator would",
        (
            Item("as_an_evaluator", "Somebody went the evaluator's way, detours included", "words", "who, and which"),
            Item("machine_stumbles", "A test set-up breaks it as users do, and passes", "words", "its last result"),
        ),
    ),
    Step(
        2,
        "Let support and field people hunt",
        (
            Item("hunters", "Support and field engineers hunted in it", "words", "their names"),
            Item("function", "What a new user meets works"),
            Item("speed", "It is fast enough there"),
            Item("capacity", "It carries enough there"),
            Item("field_rules", "No finding was waved away: each was closed by somebody of the field, or stands open"),
        ),
    ),
    Step(
        3,
        "Only then to the friendliest customers, beginners among them",
        (
            Item("novices", "Beginners used it at friendly customers, or ours sat beside them", "number", "how many"),
            Item("reward", "Those who tried it were looked after and got something of real value", "words", "what"),
        ),
    ),
    Step(
        4,
        "Know what the buyer will test, and tell what you know",
        (
            Item("their_test_plan", "What they care about, and how they will test it, is known", "words", "where"),
            Item("known_told", "Known problems are told beforehand, and those areas are tried later"),
            Item("expectations", "What it does, and how, was said plainly: no surprises"),
        ),
    ),
    Step(
        5,
        "Answer new customers at once",
        (
            Item("on_call", "Somebody answers problems of an evaluation at once", "words", "who"),
            Item("after_the_sale", "What is open goes on to those who look after them once it is bought"),
        ),
    ),
)
BEFORE_IT_SHIPS = 3
"""The steps up to this one come before a release; the later ones go with every evaluation."""


def items() -> dict[str, Item]:
    return {item.key: item for step in STEPS for item in step.items}


def standings(ticks: Mapping[str, Tick]) -> list[Standing]:
    """How far each step is."""
    found: list[Standing] = []
    for step in STEPS:
        left = tuple(item for item in step.items if item.key not in ticks)
        waits = next((one.step.number for one in found if one.open), None)
        found.append(Standing(step, len(step.items) - len(left), left, waits))
    return found


def may_ship(ticks: Mapping[str, Tick], breaking_trust: int) -> list[str]:
    """What keeps a release from shipping, a line each; empty where nothing does.

    `breaking_trust` is how many problems that break trust are open.
    """
    why = [
        f"step {one.step.number} is not done: {item.says}"
        for one in standings(ticks)
        if one.step.number <= BEFORE_IT_SHIPS
        for item in one.open
    ]
    if breaking_trust:
        why.append(f"problems that break trust are open: {breaking_trust}")
    return why


def tick(ticks: Mapping[str, Tick], key: str, by: str, on: date, told: str = "") -> Tick:
    """The tick of a thing that was done.

    Raises Unknown for a thing that is not in the gate, one whose step waits for an earlier one, and where what it asks
    for was not told.
    """
    item = items().get(key)
    if item is None:
        raise Unknown(f"the gate has nothing called '{key}'", f"Say one of: {', '.join(items())}.")
    told = told.strip()
    if item.asks == "words" and not told:
        raise Unknown(f"‘{item.says}’ was ticked without a word on it", f"Say {item.about}.")
    if item.asks == "number" and not (told.isdecimal() and int(told) > 0):
        raise Unknown(f"‘{item.says}’ needs a number above 0", f"Say {item.about}.")
    standing = next(one for one in standings(ticks) if item in one.step.items)
    if standing.waits_for is not None:
        raise Unknown(f"step {standing.step.number} waits for step {standing.waits_for}", _first_open(standings(ticks)))
    return Tick(by, on, told)


def _first_open(found: Sequence[Standing]) -> str:
    first = next(one for one in found if one.open)
    return f"First: {first.open[0].says}."
