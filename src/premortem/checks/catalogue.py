"""The checks there are: every module of this package that has a function `check`, and those that others add.

A check is found by its place; nothing registers it. A third party's package names its own under the entry-point group
`premortem.checks`, each either a module with a function `check` or the function itself. A firm drops its own into a
folder (`checks(folder)`), one file a check, named after the file.

What others add is handled with care (`others.py`): one that can't be loaded, breaks, or answers with anything but an
answer says so in every review, and stops nothing.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType

from premortem import checks as rooms
from premortem.checks.base import Check
from premortem.checks.others import dropped_in, guarded, unloadable

GROUP = "premortem.checks"


def checks(folder: Path | None = None) -> dict[str, Check]:
    """Every check by its name, in the order of names; those of a folder among them, where one is given.

    One that can't be loaded is there too, as one that raises the reason when it is put to a deal. Raises ValueError
    where two checks share a name.
    """
    found = {name: vars(module)["check"] for name, module in modules().items()}
    for point in _added():
        _add(found, point.name, _load(point), f"the one that {point.value} adds")
    for name, (check, place) in (dropped_in(folder) if folder is not None else {}).items():
        _add(found, name, check, f"the file {place}")
    return dict(sorted(found.items()))


def modules() -> dict[str, ModuleType]:
    """The product's own checks as modules, whose docstrings are their pages."""
    names = sorted(info.name for info in pkgutil.iter_modules(rooms.__path__))
    found = {name: importlib.import_module(f"{rooms.__name__}.{name}") for name in names}
    return {name: module for name, module in found.items() if callable(vars(module).get("check"))}


def _add(found: dict[str, Check], name: str, check: Check, which: str) -> None:
    if name in found:
        raise ValueError(f"two checks are called '{name}': rename {which}")
    found[name] = check


def _added() -> Iterable[EntryPoint]:
    return _found_by(entry_points)


@lru_cache(maxsize=2)
def _found_by(find: Callable[..., Iterable[EntryPoint]]) -> list[EntryPoint]:
    """Looked for once a process: it means to open a file of every package that is installed."""
    return sorted(find(group=GROUP), key=lambda point: point.name)


def _load(point: EntryPoint) -> Check:
    try:
        loaded = point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001  the check itself reports it, with every review
        return unloadable(f"the check '{point.name}' could not be loaded from {point.value}: {error!r}")
    check: Check | None = vars(loaded).get("check") if isinstance(loaded, ModuleType) else loaded
    if not callable(check):
        return unloadable(f"{point.value} has no function 'check'")
    return guarded(check, point.value)
