"""The checks there are: every module of this package that has a function `check`, and those that others add.

A check is found by its place; nothing registers it. A third party's package names its own under the entry-point group
`premortem.checks`, each either a module with a function `check` or the function itself.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType

from premortem import checks as rooms
from premortem.checks.base import Answer, Check
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms

GROUP = "premortem.checks"


def checks() -> dict[str, Check]:
    """Every check by its name, in the order of names.

    A third party's check that can't be loaded is there as one that raises ImportError with the reason when it is put to
    a deal. Raises ValueError where two checks share a name.
    """
    found = {name: vars(module)["check"] for name, module in modules().items()}
    for point in _added():
        if point.name in found:
            raise ValueError(f"two checks are called '{point.name}': rename the one that {point.value} adds")
        found[point.name] = _load(point)
    return dict(sorted(found.items()))


def modules() -> dict[str, ModuleType]:
    """The product's own checks as modules, whose docstrings are their pages."""
    names = sorted(info.name for info in pkgutil.iter_modules(rooms.__path__))
    found = {name: importlib.import_module(f"{rooms.__name__}.{name}") for name in names}
    return {name: module for name, module in found.items() if callable(vars(module).get("check"))}


def _added() -> Iterable[EntryPoint]:
    return sorted(entry_points(group=GROUP), key=lambda point: point.name)


def _load(point: EntryPoint) -> Check:
    try:
        loaded = point.load()
    except Exception as error:  # noqa: BLE001  the check itself reports it, with every review
        return _unloadable(f"the check '{point.name}' could not be loaded from {point.value}: {error!r}")
    check: Check | None = vars(loaded).get("check") if isinstance(loaded, ModuleType) else loaded
    return check if callable(check) else _unloadable(f"{point.value} has no function 'check'")


def _unloadable(why: str) -> Check:
    def check(deal: Deal, norms: Norms) -> Answer:
        raise ImportError(why)

    return check
