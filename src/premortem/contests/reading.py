"""A contest's file (TOML) and its list of people (CSV) → the contest, or what is wrong with what they say."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, cast

from msgspec import Struct

from premortem.contests.conditions import REMEDY, WHY, conditions
from premortem.contests.contest import METRICS, By, Contest, Metric, Person, id_of

KEYS = {
    "name": "text",
    "metric": "text",
    "from": "day",
    "to": "day",
    "prize": "text",
    "cost": "number",
    "by": "text",
    "winners": "whole number",
    "currency": "text",
    "rates": "table",
    "uneasy": "true or false",
    "publish": "true or false",
    "note": "text",
    "people": "list",
}
"""What a contest's file may say, and of which kind it is. There is no key for a bar, and none for a way out."""
NEEDED = ("name", "metric", "from", "to", "prize", "people")
COLUMNS = ("name", "team", "function", "quota", "also")
BARS = ("threshold", "floor", "minimum", "min", "target", "goal", "quota", "over", "percent", "bar", "least", "qualif")
WAYS_OUT = ("void", "cancel", "discretion", "condition", "unless", "if", "subject", "withdraw", "right", "revenue")


class Objection(Struct, frozen=True):
    """Why a contest can't be kept as it is: where, the words if there are some, the reason, and what to do."""

    where: str
    why: str
    remedy: str
    words: str | None = None

    def __str__(self) -> str:
        quoted = f" '{self.words}':" if self.words else ""
        return f"{self.where}:{quoted} {self.why}. {self.remedy}"


class Read(Struct, frozen=True):
    """The contest, where everything in the file could be read; and what could not."""

    contest: Contest | None
    objections: list[Objection]


def read_contest(text: str, people: str | None = None) -> Read:
    """Read a contest; `people` is the CSV that the file names, if it names one."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as mistake:
        return Read(None, [Objection("the file", f"it is not TOML: {mistake}", "Mend that line.")])
    return read_told(told, people)


def read_told(told: Mapping[str, Any], people: str | None = None) -> Read:
    """The same of what was told under the keys of such a file; `people` as there, or as rows."""
    wrong = [_unknown(key) for key in told if key not in KEYS]
    wrong += [Objection(key, "it is not there", f"Add {key} = …") for key in NEEDED if key not in told]
    wrong += [_not_a(key) for key, value in told.items() if key in KEYS and not _is_a(KEYS[key], value)]
    if wrong:
        return Read(None, [*wrong, *in_words(told)])
    wrong += _choices(told)
    found = people_of(people) if isinstance(told["people"], str) else _people_told(told["people"])
    wrong += [one for one in found if isinstance(one, Objection)]
    if wrong:
        return Read(None, [*wrong, *in_words(told)])
    return Read(_contest(told, tuple(one for one in found if isinstance(one, Person))), [])


def in_words(told: Mapping[str, Any]) -> list[Objection]:
    """The conditions in what a contest says in free words: its name, prize and note."""
    return [
        Objection(where, WHY[found.kind], REMEDY[found.kind], found.words)
        for where in ("name", "prize", "note")
        if isinstance(told.get(where), str)
        for found in conditions(told[where])
    ]


def people_file(text: str) -> str | None:
    """The file of people that a contest's file names, if it names one."""
    try:
        named = tomllib.loads(text).get("people")
    except tomllib.TOMLDecodeError:
        return None
    return named if isinstance(named, str) else None


def people_of(text: str | None) -> list[Person | Objection]:
    """The people of a CSV with the columns name, team, function, quota, also; all but the name may be left out."""
    if text is None:
        return [Objection("people", "the file of people is not there", "Name a CSV beside the contest's file.")]
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if "name" not in (rows.fieldnames or []):
        return [Objection("people", "the first line names no column 'name'", f"Columns: {', '.join(COLUMNS)}.")]
    return [_person(row, f"people, line {number}") for number, row in enumerate(rows, 2)]


def _people_told(rows: list[Any]) -> list[Person | Objection]:
    return [
        _person(row, f"people, number {number}")
        if isinstance(row, dict)
        else Objection(f"people, number {number}", "it is no table", "Write [[people]] and name = …")
        for number, row in enumerate(rows, 1)
    ]


def _person(row: Mapping[Any, Any], where: str) -> Person | Objection:
    told = {str(key): value for key, value in row.items() if value not in (None, "")}
    strange = [key for key in told if key not in COLUMNS]
    if strange:
        return Objection(where, f"there is no column '{strange[0]}'", f"Columns: {', '.join(COLUMNS)}.")
    if not str(told.get("name", "")).strip():
        return Objection(where, "there is no name", "Give each person a name.")
    also = told.get("also", [])
    try:
        quota = float(told["quota"]) if "quota" in told else None
    except (TypeError, ValueError):
        return Objection(where, f"the quota '{told['quota']}' is no number", "Write it plainly: 500000.")
    return Person(
        name=str(told["name"]).strip(),
        team=str(told.get("team", "")).strip(),
        function=str(told.get("function", "")).strip(),
        quota=quota,
        also=tuple(str(one).strip() for one in (also.split(";") if isinstance(also, str) else also)),
    )


def _unknown(key: str) -> Objection:
    name = key.lower()
    words = name.replace("-", "_").split("_")
    known = f"A contest's file says: {', '.join(KEYS)}."
    for kind, marks in (("way_out", WAYS_OUT), ("bar", BARS)):
        if any(mark in words or (len(mark) > 3 and mark in name) for mark in marks):
            which = cast(Literal["way_out", "bar"], kind)
            return Objection(key, WHY[which], REMEDY[which], key)
    return Objection(key, "there is no such key", known)


def _choices(told: Mapping[str, Any]) -> list[Objection]:
    wrong = []
    if told["metric"] not in METRICS:
        hidden = conditions(told["metric"])
        why = WHY[hidden[0].kind] if hidden else "there is one metric, and it is from the list"
        remedy = f"Choose one of: {', '.join(METRICS)}. Each compares people, so somebody is always first."
        wrong.append(Objection("metric", why, remedy, told["metric"]))
    if told.get("by", "person") not in ("person", "team"):
        wrong.append(Objection("by", f"it can't be '{told['by']}'", "Say person or team."))
    if not id_of(told["name"]):
        wrong.append(Objection("name", "it has no letter to be called by", "Give it a name."))
    for currency, rate in told.get("rates", {}).items():
        if not _is_a("number", rate) or rate <= 0:
            wrong.append(Objection(f"rates.{currency}", "a rate is a number above 0", f"{currency} = 0.92"))
    return wrong


def _contest(told: Mapping[str, Any], people: tuple[Person, ...]) -> Contest:
    return Contest(
        id=id_of(told["name"]),
        name=told["name"].strip(),
        metric=cast(Metric, told["metric"]),
        first=told["from"],
        last=told["to"],
        prize=told["prize"].strip(),
        cost=float(told["cost"]) if "cost" in told else None,
        people=people,
        by=cast(By, told.get("by", "person")),
        winners=told.get("winners", 1),
        currency=told.get("currency", "EUR").strip().upper(),
        rates={one.strip().upper(): float(rate) for one, rate in told.get("rates", {}).items()},
        uneasy=told.get("uneasy", False),
        publish=told.get("publish", True),
        note=told.get("note", "").strip(),
    )


def _is_a(kind: str, value: Any) -> bool:
    a_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
    return {
        "text": isinstance(value, str),
        "day": isinstance(value, date) and not isinstance(value, datetime),
        "number": a_number,
        "whole number": a_number and isinstance(value, int),
        "table": isinstance(value, dict),
        "true or false": isinstance(value, bool),
        "list": isinstance(value, str | list),
    }[kind]


def _not_a(key: str) -> Objection:
    example = {
        "day": "2026-04-01, without quotes",
        "text": '"…", in quotes',
        "list": '"people.csv", or [[people]] tables',
    }
    kind = KEYS[key]
    return Objection(key, f"it should be a {kind}", f"Write {example.get(kind, f'a {kind}')}.")
