"""Uploads of exports, mailboxes and calendars that wait for a yes, or were taken in, as their pages show them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from django.contrib.auth import get_user_model
from django.utils import timezone

from premortem.records.firm.models import Upload
from premortem.web.upload_kinds import look_at, take
from tests.web.test_import_export import salesforce
from tests.web.test_import_mail import CALENDAR, LATE, PLACED, PRIVATE, mailbox

KINDS = ("export", "export_unknown", "mail", "calendar")
TAKEN = ("export", "mail", "calendar")
IMPORTS = (*(f"upload_{kind}" for kind in KINDS), *(f"upload_{kind}_done" for kind in TAKEN))
UNKNOWN = "Nr;Kunde;Phase;Wert;Angelegt\n" + "".join(
    f"{n};Firma {n};{'Gewonnen' if n % 2 else 'Angebot'};{n}.000,50;0{n}.0{n}.2026\n" for n in range(1, 9)
)
ACCOUNTS = (
    "Id,Name,Website,IsDeleted\n001A,Harbour Freight Ltd,harbour.example,false\n001B,Portside,harbour.example,false\n"
)


def import_uploads(folder: Path) -> dict[str, str]:
    """The address of each. Those that were taken in are written into the ledger."""
    made = {f"upload_{kind}": _previewed(folder / kind, kind) for kind in KINDS}
    for kind in TAKEN:
        made[f"upload_{kind}_done"] = _done(_previewed(folder / f"{kind}-done", kind))
    return {name: f"/import/{one.pk}/" for name, one in made.items()}


def _lay(folder: Path, kind: str) -> None:
    folder.mkdir()
    match kind:
        case "export":
            zipfile.ZipFile(io.BytesIO(salesforce(**{"Account.csv": ACCOUNTS}))).extractall(folder)
        case "export_unknown":
            (folder / "pipeline.csv").write_text(UNKNOWN, encoding="cp1252")
        case "mail":
            (folder / "sales.mbox").write_bytes(mailbox(PLACED, LATE, PRIVATE))
        case _:
            (folder / "work.ics").write_text(CALENDAR.format(zone="Z"), encoding="utf-8")


def _previewed(folder: Path, kind: str) -> Upload:
    _lay(folder, kind)
    user = get_user_model().objects.get(username="admin")
    upload = Upload.objects.create(user=user, folder=str(folder), state="previewed", moved_at=timezone.now())
    upload.preview = look_at(upload, lambda what, done, of: None)
    upload.save()
    return upload


def _done(upload: Upload) -> Upload:
    upload.taken_at = timezone.now()
    upload.preview, _ = take(upload, lambda what, done, of: None)
    upload.state = "done"
    upload.save()
    return upload
