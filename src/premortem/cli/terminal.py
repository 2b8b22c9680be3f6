"""The terminal: colour where there is a terminal, plain text where there is none, JSON where a program asks for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

Document = TypeVar("Document")

WIDTH = 110

INK = {"high": "bold red", "medium": "bold yellow", "low": "bold cyan"}


def show(document: Document, for_people: Callable[[Console, Document], None], as_json: bool) -> None:
    """Print a document as JSON, or in the form that `for_people` gives it."""
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n")
        sys.stdout.flush()
        return
    for_people(console(), document)


def console() -> Console:
    """At most 110 columns wide: longer lines don't read well. A pipe or a file has that width too."""
    found = Console(highlight=False)
    return Console(highlight=False, width=min(found.width, WIDTH) if found.is_terminal else WIDTH)


@contextmanager
def progress(what: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error, only where somebody is watching."""
    watched = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=watched, transient=True, disable=not watched.is_terminal) as bar:
        task = bar.add_task(what, total=None)

        def step(name: str, done: int, total: int) -> None:
            bar.update(task, description=f"{what} {name}", completed=done, total=total)

        yield step
