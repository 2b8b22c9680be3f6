"""What some files are, by what they hold: deal folders, a CRM's export, a mailbox, a calendar."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Literal

from msgspec import Struct

from premortem.importing.deal_folder.reading import deal_folders
from premortem.importing.mailbox.opening import is_mail
from premortem.importing.tables.folder import is_table

Kind = Literal["deals", "export", "mail", "calendar"]
BEGINNING = 16 * 1024
"""Bytes of a file that are looked at: enough for the headers of a mail that show it to be one."""


class Came(Struct, frozen=True):
    """What the files are taken for; `aside` counts files of other kinds that lie among them and wait, by their kind."""

    kind: Kind
    aside: dict[Kind, int] = {}


def what_came(path: Path) -> Came:
    """Deal folders come first, then tables, mails, calendars: an export has mails among its attachments, and a mailbox
    has no table. Files of no kind are left to `deals`, which says what is missing."""
    if deal_folders(path):
        return Came("deals")
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    found = Counter(kind for file in files if (kind := kind_of(file)) is not None)
    order: tuple[Kind, ...] = ("export", "mail", "calendar")
    kinds = [kind for kind in order if found[kind]]
    if not kinds:
        return Came("deals")
    return Came(kinds[0], {kind: found[kind] for kind in kinds[1:]})


def kind_of(file: Path) -> Kind | None:
    """What a single file is; None where it is none of these, or hidden."""
    if file.name.startswith("."):
        return None
    if is_table(file):
        return "export"
    with file.open("rb") as opened:
        beginning = opened.read(BEGINNING).lstrip(b"\xef\xbb\xbf\r\n ")
    if beginning[:15].upper() == b"BEGIN:VCALENDAR":
        return "calendar"
    of_mbox = beginning.startswith(b"From ")
    return "mail" if is_mail(beginning.partition(b"\n")[2] if of_mbox else beginning) else None
