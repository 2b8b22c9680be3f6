"""The playbook's file, premortem.toml → a Playbook, and what is wrong with it.

    checks = "checks/"            a folder of checks of our own, beside this file
    cadence = "quarterly"         how often things change for our buyers: sets how long evidence is fresh,
                                  and how often each deal's owner is asked
    use = ["meddicc"]             the lists that every review shows

    [thresholds]                  any norm by its name
    silence_days = 14

    [off]                         checks that are not put, each with the reason
    seller_dominates = "our calls are demos that the buyer asks for"

    [[lists.ours]]                a list of our own, a table for each letter
    letter = "D"
    name = "Who decides"
    known_by = ["decision_maker_named"]

A mistake leaves out the one thing that it stands in, and is told; all else holds.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from premortem.checks.base import Check
from premortem.checks.catalogue import checks
from premortem.errors import PremortemError, Unreadable
from premortem.forecasting.cadence import FRESH_DAYS
from premortem.ledger.norms import Norm, Norms
from premortem.playbook.lists import BUILT_IN, Letter
from premortem.playbook.mistakes import Mistake, Places, meant
from premortem.playbook.own_lists import own_lists

NAME = "premortem.toml"
KEYS = ("checks", "cadence", "use", "thresholds", "off", "lists")
AT_MOST_ONE = ("seller_share", "seller_share_caution", "seller_share_warning")


class Playbook(Struct, frozen=True):
    """What a firm has set. `off` are pairs of check and reason; `checks` is the folder of its own checks."""

    file: Path | None = None
    thresholds: dict[str, Norm] = {}
    cadence: str | None = None
    off: dict[str, str] = {}
    own_lists: dict[str, tuple[Letter, ...]] = {}
    use: tuple[str, ...] = ()
    checks: Path | None = None
    put: dict[str, Check] = {}
    """Every check there is by its name, those switched off among them."""
    mistakes: tuple[Mistake, ...] = ()

    @property
    def lists(self) -> dict[str, tuple[Letter, ...]]:
        """Every list there is, by its name."""
        return {**BUILT_IN, **self.own_lists}

    def over(self, norms: Norms) -> Norms:
        """These norms with the playbook's thresholds in their place."""
        return replace(norms, **self.thresholds)


def no_playbook() -> Playbook:
    """What holds where a firm has set nothing. Raises PremortemError where two checks share a name."""
    return Playbook(put=_all_checks(None))


def read_playbook(file: Path) -> Playbook:
    """The playbook in a file. Raises Unreadable where the file can't be opened or two checks share a name."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as refused:
        raise Unreadable(str(file), "", f"can't be opened: {refused.strerror}", "Check the path.") from refused
    except UnicodeDecodeError as error:
        return _of_no_use(file, f"byte {error.start}", "is not written in UTF-8", "Save the file as UTF-8.")
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        why = re.sub(r"\s*\(at .*\)$", "", str(error))
        place = f"line {line[1]}" if line else "its end"
        return _of_no_use(file, place, f"is no TOML: {why}", "Mend it; until then nothing in this file holds.")
    return _Reading(file, text).whole(told)


def _of_no_use(file: Path, place: str, why: str, remedy: str) -> Playbook:
    return Playbook(file, put=_all_checks(None), mistakes=(Mistake(str(file), place, why, remedy),))


def _all_checks(folder: Path | None) -> dict[str, Check]:
    try:
        return checks(folder)
    except ValueError as clash:
        raise PremortemError(f"{clash}. Each check needs a name of its own.") from clash


class _Reading:
    """One file being read: what it sets, and what is wrong so far."""

    def __init__(self, file: Path, text: str) -> None:
        self.file = file
        self.places = Places(str(file), text)

    def whole(self, told: Mapping[str, Any]) -> Playbook:
        for key in told:
            if key not in KEYS:
                self.places.wrong((key,), "is no setting", meant(key, KEYS))
        folder = self.folder(told.get("checks"))
        put = _all_checks(folder)
        cadence = self.cadence(told.get("cadence"))
        lists = own_lists(self.table(told, "lists"), put, self.places)
        return Playbook(
            file=self.file,
            thresholds={**self.fresh(cadence), **self.thresholds(self.table(told, "thresholds"))},
            cadence=cadence,
            off=self.off(self.table(told, "off"), put),
            own_lists=lists,
            use=self.use(told.get("use", []), {**BUILT_IN, **lists}),
            checks=folder,
            put=put,
            mistakes=tuple(self.places.mistakes),
        )

    def table(self, told: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        found = told.get(key, {})
        if isinstance(found, dict):
            return found
        self.places.wrong((key,), "is no table", f"Write [{key}] on a line of its own, and the settings beneath.")
        return {}

    def folder(self, told: object) -> Path | None:
        if told is None:
            return None
        if not isinstance(told, str) or not told:
            self.places.wrong(("checks",), "names no folder", 'Write it like checks = "checks/".')
            return None
        folder = self.file.parent / Path(told).expanduser()
        if not folder.is_dir():
            self.places.wrong(("checks",), f"there is no folder {folder}", "Make it, or name one that is there.")
            return None
        return folder

    def cadence(self, told: object) -> str | None:
        if told is None or (isinstance(told, str) and told in FRESH_DAYS):
            return told
        self.places.wrong(("cadence",), f"'{told}' is no cadence", meant(str(told), FRESH_DAYS))
        return None

    def fresh(self, cadence: str | None) -> dict[str, Norm]:
        if cadence is None:
            return {}
        return {"fresh_days": Norm(FRESH_DAYS[cadence], f"set in {self.file.name}: a {cadence} cadence")}

    def thresholds(self, told: Mapping[str, Any]) -> dict[str, Norm]:
        found = {}
        for name, value in told.items():
            key = ("thresholds", name)
            if name not in Norms.__struct_fields__:
                self.places.wrong(key, "is no threshold", meant(name, Norms.__struct_fields__))
            elif isinstance(value, bool) or not isinstance(value, int | float):
                self.places.wrong(key, f"{value!r} is no number", "Write a number without quotation marks.")
            elif not 0 < value < float("inf"):
                self.places.wrong(key, f"{value} can't be a threshold", "Take a number above 0.")
            elif name in AT_MOST_ONE and value > 1:
                self.places.wrong(key, f"{value} is no share", f"Write {value}% as {value / 100:g}.")
            else:
                found[name] = Norm(float(value), f"set in {self.file.name}")
        return found

    def off(self, told: Mapping[str, Any], put: Mapping[str, Check]) -> dict[str, str]:
        found = {}
        for name, reason in told.items():
            if name not in put:
                self.places.wrong(("off", name), "is no check", meant(name, put))
            elif not isinstance(reason, str) or not reason.strip():
                remedy = f'Say why, for whoever reads the review: {name} = "the reason".'
                self.places.wrong(("off", name), "is switched off without a reason", remedy)
            else:
                found[name] = reason.strip()
        return found

    def use(self, told: object, lists: Mapping[str, object]) -> tuple[str, ...]:
        if not isinstance(told, list):
            self.places.wrong(("use",), "is no list of names", 'Write it like use = ["meddicc"].')
            return ()
        names = [str(name) for name in told]
        for name in names:
            if name not in lists:
                self.places.wrong(("use",), f"there is no list '{name}'", meant(name, lists))
        return tuple(name for name in names if name in lists)
