"""The lists that a firm makes for itself: `[[lists.NAME]]` in its playbook, a table for each letter."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, get_args

from premortem.ledger.claims import CLAIMS, TOPICS
from premortem.ledger.entries import Role
from premortem.playbook.lists import BUILT_IN, Letter
from premortem.playbook.mistakes import Places, meant

TEXTS = ("letter", "name", "question")
FILLS = ("known_by", "unsure_by", "denied_by", "roles", "topics", "checks")
NEEDED = ("letter", "name")


def own_lists(told: Mapping[str, Any], checks: Collection[str], places: Places) -> dict[str, tuple[Letter, ...]]:
    """The lists of a playbook by their names. What is wrong is kept in `places`, and left out."""
    return {name: found for name, letters in told.items() if (found := _list(name, letters, checks, places))}


def _list(name: str, told: object, checks: Collection[str], places: Places) -> tuple[Letter, ...]:
    if name in BUILT_IN:
        places.wrong(("lists", name), "is the name of a list that everybody has", "Give yours another name.")
        return ()
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        places.wrong(("lists", name), "is no list of letters", f"Write [[lists.{name}]] above each letter.")
        return ()
    read = [_Letter(name, number, one, checks, places).read() for number, one in enumerate(told)]
    return tuple(letter for letter in read if letter is not None)


class _Letter:
    """One letter being read."""

    def __init__(self, of: str, number: int, told: Mapping[str, Any], checks: Collection[str], places: Places) -> None:
        self._of, self._number, self._told, self._places = of, number, told, places
        self._known: dict[str, Collection[str]] = {
            "known_by": CLAIMS,
            "unsure_by": CLAIMS,
            "denied_by": CLAIMS,
            "roles": get_args(Role),
            "topics": TOPICS,
            "checks": checks,
        }

    def read(self) -> Letter | None:
        for key in self._told:
            if key not in (*TEXTS, *FILLS):
                self._wrong(key, "is nothing that a letter has", meant(key, (*TEXTS, *FILLS)))
        missing = [key for key in NEEDED if not self._told.get(key)]
        for key in missing:
            self._wrong(None, f"letter {self._number + 1} has no {key}", f'Add {key} = "…".')
        texts = {key: self._text(key) for key in TEXTS}
        fills = {key: self._names(key) for key in FILLS}
        if missing:
            return None
        if not (fills["known_by"] or fills["roles"]):
            self._wrong(None, f"nothing can fill '{texts['name']}'", "Say which claims (known_by) or roles do.")
            return None
        return Letter(**texts, **fills)  # type: ignore[arg-type]  # each name was looked up among those there are

    def _text(self, key: str) -> str:
        found = self._told.get(key, "")
        if isinstance(found, str):
            return found
        self._wrong(key, f"{found!r} is no text", 'Put it in quotation marks: "…".')
        return str(found)

    def _names(self, key: str) -> tuple[str, ...]:
        found = self._told.get(key, [])
        if not isinstance(found, list):
            self._wrong(key, f"{found!r} is no list of names", f'Write it like {key} = ["…", "…"].')
            return ()
        names = [str(name) for name in found]
        for name in names:
            if name not in self._known[key]:
                self._wrong(key, f"there is no '{name}' among the {_all(key)}", meant(name, self._known[key]))
        return tuple(name for name in names if name in self._known[key])

    def _wrong(self, key: str | None, why: str, remedy: str) -> None:
        whole = ("lists", self._of, key) if key else ("lists", self._of)
        self._places.wrong(whole, why, remedy, self._number)


def _all(key: str) -> str:
    return "claims" if key.endswith("_by") else key
