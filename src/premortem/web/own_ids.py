"""Ids of deals that come in: one that somebody else's deal has becomes another, and nobody learns that it was taken.

Whoever may not see a deal gets the same answer whether it is there or not. So an upload that names its id is read as a
deal of its own, under an id that follows from theirs and from whose it is: brought again, it finds itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import msgspec

from premortem.errors import Unreadable
from premortem.importing.deal_folder.reading import deal_folders, read_deal_folder

LETTERS = 8


def settle_ids(folder: Path, taken: Callable[[str], bool], whose: str) -> None:
    """Give each deal of an upload an id that is free or its importer's own. The files are the upload's copies."""
    for place in deal_folders(folder):
        try:
            given = read_deal_folder(place).row.id
        except Unreadable:
            continue  # the import itself tells what is wrong with it
        if taken(given):
            _rename(place / "deal.json", next(one for one in _others(given, whose) if not taken(one)))


def _others(given: str, whose: str) -> Iterator[str]:
    for number in count():
        told = hashlib.sha256(f"{whose} {number} {given}".encode()).hexdigest()
        yield f"{given}~{told[:LETTERS]}"


def _rename(file: Path, id: str) -> None:
    row = msgspec.json.decode(file.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    file.write_bytes(msgspec.json.encode({**row, "id": id}))
