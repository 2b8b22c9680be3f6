"""Set one thing in the playbook without writing its text: switch a check off and on, set thresholds.

switch_off(…), switch_on(…)     a check, with the reason
set_thresholds(…)               any norms by their names; None for our own again
thresholds_set(text)            which thresholds a playbook's text sets itself
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from premortem.acts.telling.write_playbook import MovedOn, Refused, playbook_text, text_hash, write_playbook
from premortem.playbook.changing import NotSafely, changed, literal
from premortem.playbook.reading import read_playbook


def switch_off(file: Path, check: str, because: str, started_from: str, now: datetime) -> None:
    """Put a check to deals no more. Raises Refused without a reason, and as write_playbook does."""
    if not because.strip():
        raise Refused(["Say why, for whoever reads the reviews."])
    _set(file, "off", {check: literal(because)}, started_from, now)


def switch_on(file: Path, check: str, started_from: str, now: datetime) -> None:
    """Put a check to deals again. Raises as write_playbook does."""
    _set(file, "off", {check: None}, started_from, now)


def set_thresholds(file: Path, values: Mapping[str, str | None], started_from: str, now: datetime) -> bool:
    """Set thresholds to these numbers, as they are written; say whether any is new. Raises as write_playbook does."""
    stand = thresholds_set(playbook_text(file))
    new = {name: value for name, value in values.items() if stand.get(name) != (float(value) if value else None)}
    return _set(file, "thresholds", new, started_from, now)


def thresholds_set(text: str) -> dict[str, float]:
    """The thresholds that a text sets by their names, without what a cadence brings; none where it is no TOML."""
    try:
        told = tomllib.loads(text).get("thresholds", {})
    except tomllib.TOMLDecodeError:
        return {}
    stand = told if isinstance(told, dict) else {}
    return {name: float(one) for name, one in stand.items() if isinstance(one, int | float)}


def _set(file: Path, table: str, values: Mapping[str, str | None], started_from: str, now: datetime) -> bool:
    former = draft = playbook_text(file)
    if text_hash(former) != started_from:
        raise MovedOn("somebody else changed the playbook meanwhile")
    if file.is_file() and (wrong := read_playbook(file).mistakes):
        raise Refused([str(one).replace(str(file), file.name) for one in wrong])
    try:
        for key, value in values.items():
            draft = changed(draft, table, key, value)
    except NotSafely as refused:
        told = "The playbook is written in a way that can't be changed from here. Change it in its text."
        raise Refused([told]) from refused
    if draft == former:
        return False
    write_playbook(file, draft, started_from, now)
    return True
