"""Harbour, a small deal in a folder: its row and one call."""

from __future__ import annotations

import json
from pathlib import Path

ROW: dict[str, object] = {
    "id": "d-1",
    "name": "Harbour: scheduling",
    "account": "Harbour",
    "seller": "Cadence",
    "created": "2026-01-12",
    "sellers": [{"name": "Ines Okafor", "email": "ines@cadence.example"}],
    "contacts": [{"name": "Tom Reyes", "title": "Plant Lead", "email": "tom@harbour.example"}],
}
CALL = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ines Okafor>Tom, who signs an order of this size at your place?

00:00:05.000 --> 00:00:09.000
<v Tom Reyes>Anything over fifty thousand, that goes to Dana Whitlock, she signs it off.
"""


def harbour(place: Path, **more: object) -> Path:
    """The folder, laid out in `place`; `more` stands in the row besides."""
    deal = place / "harbour"
    (deal / "touches").mkdir(parents=True, exist_ok=True)
    (deal / "deal.json").write_text(json.dumps(ROW | more), encoding="utf-8")
    (deal / "touches" / "2026-01-13-call.vtt").write_text(CALL, encoding="utf-8")
    return deal
