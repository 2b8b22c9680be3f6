"""A check's page, or the list of all checks with the first words of theirs."""

from __future__ import annotations

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text


def show_check(console: Console, pages: dict[str, str]) -> None:
    if len(pages) == 1:
        ((name, page),) = pages.items()
        console.print(Text(name.replace("_", " "), style="bold"))
        console.print(Markdown(page))
        return
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for name, page in pages.items():
        body = [line for line in page.splitlines() if line and not line.startswith("#")]
        table.add_row(Text(name, style="bold"), " ".join(body[:2]).partition(".")[0])
    console.print(table)
