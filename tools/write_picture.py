"""Write docs/review.svg: the picture in the README, which is what `premortem review` prints of a deal of the sample.

python tools/write_picture.py
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from premortem.acts.bringing_in.read import hear_folder
from premortem.acts.looking.review import review
from premortem.cli.show_review import show_review
from premortem.sample.place import DEALS

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "review.svg"


def picture() -> str:
    """The review of the hosting deal as it could be read a fortnight before it was lost."""
    ledger, done = hear_folder(next(DEALS.glob("01-*")), datetime(2026, 1, 1, tzinfo=UTC))
    entries = ledger.store.read(done.deal)
    console = Console(record=True, width=110, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print("[dim]$[/dim] premortem review lark-01 --as-of 2025-04-18")
    show_review(console, review(entries, ledger.contents, datetime(2025, 4, 18, tzinfo=UTC).date()))
    return console.export_svg(title="premortem", unique_id="premortem")


def main() -> None:
    PICTURE.write_text(picture(), encoding="utf-8")
    sys.stdout.write(f"{PICTURE}\n")


if __name__ == "__main__":
    main()
