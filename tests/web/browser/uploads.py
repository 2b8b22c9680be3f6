"""An upload in each of its states, as its page shows it to whoever brought it."""

from __future__ import annotations

from pathlib import Path

import msgspec
from django.contrib.auth import get_user_model
from django.utils import timezone

from premortem.acts.bringing_in.preview import preview
from premortem.records.firm.models import Upload
from premortem.sample.place import DEALS
from premortem.web.ledger import ledger
from tests.web.browser.import_uploads import IMPORTS, import_uploads
from tests.web.conftest import NOW, OURS

UPLOADS = ("upload_previewed", "upload_reading", "upload_stuck", "upload_failed", "upload_done", *IMPORTS)
LATER = "07"
"""A deal of the sample company that the house does not know."""


def uploads(folder: Path) -> dict[str, str]:
    """The address of each."""
    place = next(DEALS.glob(f"{LATER}-*"))
    told = msgspec.to_builtins(preview(ledger(), place, NOW))
    told["stray"] = [{"file": "stray.txt", "became": "left_out", "why": "It lies in no deal's folder 'touches'."}]
    left = [{"file": "notes.docx", "why": "notes.docx: it is a Word file. Save it as text."}]
    done = {"deal": OURS, "entries": 120, "left_out": left, "touches": 6, "known": 1, "facts": 80}
    now = timezone.now()
    given: dict[str, dict[str, object]] = {
        "upload_previewed": {"state": "previewed", "preview": told},
        "upload_reading": {"state": "reading", "done": 3, "of": 9, "says": "2025-03-04-first-call.vtt"},
        "upload_stuck": {"state": "importing", "moved_at": NOW},
        "upload_failed": {"state": "failed", "says": "These files: there is no deal among them."},
        "upload_done": {"state": "done", "preview": {"done": [done]}, "taken_at": NOW},
    }
    user = get_user_model().objects.get(username="seller")
    made = {
        name: Upload.objects.create(user=user, folder=str(folder), **({"moved_at": now} | more))
        for name, more in given.items()
    }
    return {name: f"/import/{one.pk}/" for name, one in made.items()} | import_uploads(folder)
