"""Write the playbook: a draft is looked through, and takes the file's place if nothing in it is wrong.

playbook_text(file)     what stands in it now
write_playbook(…)       put a draft in its place; the former one is kept beside it
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from premortem.errors import PremortemError
from premortem.playbook.reading import read_playbook

MOST = 200_000
"""Characters that a playbook may have: a hundred times what one with every setting takes."""

UNREAD = object()


class Refused(PremortemError):
    """A draft with something wrong in it: `mistakes` has a sentence for each, `at` what is wrong by the key."""

    def __init__(self, mistakes: list[str], at: Mapping[str, str] | None = None) -> None:
        super().__init__(" ".join(mistakes))
        self.mistakes = mistakes
        self.at = at or {}


class MovedOn(PremortemError):
    """Somebody else wrote the playbook meanwhile."""


def playbook_text(file: Path) -> str:
    """What stands in the playbook; nothing where there is none yet."""
    return file.read_text(encoding="utf-8-sig", errors="replace") if file.is_file() else ""


def text_hash(text: str) -> str:
    """By which a writer says what text they started from."""
    return hashlib.sha256(text.encode()).hexdigest()


def write_playbook(file: Path, draft: str, started_from: str, now: datetime) -> None:
    """Put a draft in the playbook's place, if it is right. `started_from` is the hash of the text that was changed.

    Raises Refused where something in it is wrong, and MovedOn where the file is no longer what the writer saw.
    """
    former = playbook_text(file)
    if text_hash(former) != started_from:
        raise MovedOn("somebody else changed the playbook meanwhile")
    _look_through(file, draft, former)
    if file.is_file():
        kept = file.with_name(f"{file.stem}.{now:%Y-%m-%dT%H%M%S%f}{file.suffix}")
        kept.write_bytes(file.read_bytes())
    beside = _beside(file, draft)
    if file.is_file():
        shutil.copymode(file, beside)
    beside.replace(file)


def _look_through(file: Path, draft: str, former: str) -> None:
    """Raises Refused where something in a draft is wrong."""
    if len(draft) > MOST:
        raise Refused([f"This is longer than a playbook may be: {MOST:,} characters."])
    if _folder(draft) not in (UNREAD, _folder(former)):
        told = (
            "'checks' names a folder of programs that every review runs, so it is set in the file itself, "
            f"on the machine: {file}."
        )
        raise Refused([told])
    beside = _beside(file, draft)
    try:
        wrong = read_playbook(beside).mistakes
    finally:
        beside.unlink()
    if wrong:
        told_each = [str(one).replace(str(beside), file.name) for one in wrong]
        raise Refused(told_each, {one.key: f"{one.why}. {one.remedy}" for one in wrong})


def _folder(text: str) -> object:
    """The folder that a text names; UNREAD for one that is no TOML, in which nothing holds."""
    try:
        return tomllib.loads(text).get("checks")
    except tomllib.TOMLDecodeError:
        return UNREAD


def _beside(file: Path, text: str) -> Path:
    """A text in a file of its own, in the same folder: what it names is looked for from there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.stem}-", suffix=file.suffix, dir=file.parent)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as made:
        made.write(text)
    return Path(name)
