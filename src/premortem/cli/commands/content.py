"""Content that fits: the firm's pieces, what fits in a deal, and what went to whom."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from premortem.cli.options import DealArgument, Json, LedgerOption
from premortem.cli.place import day_of, now, open_ledger, there, user
from premortem.errors import Unknown, Unreadable

ADD = "add"


def content(
    deal: Annotated[
        str | None, typer.Argument(help="The id of a deal; 'add' keeps a piece; left out: all pieces.", metavar="DEAL")
    ] = None,
    title: Annotated[str, typer.Option("--title", help="add: what the piece is called.", metavar="TEXT")] = "",
    key: Annotated[str, typer.Option("--key", help="add: a short name for it.", metavar="KEY")] = "",
    at: Annotated[str, typer.Option("--at", help="add: where it lies.", metavar="PLACE")] = "",
    pain: Annotated[
        str, typer.Option("--pain", help="add: what hurts, as buyers say it; commas between.", metavar="WORDS")
    ] = "",
    use_case: Annotated[str, typer.Option("--use-case", help="add: the work in which it hurts.", metavar="WORDS")] = "",
    reader: Annotated[
        str, typer.Option("--reader", help="add: whose role it is written for, or anyone.", metavar="ROLE")
    ] = "anyone",
    concern: Annotated[
        str,
        typer.Option("--concern", help="add: risk, fit, price, status quo, fault or trust.", metavar="CONCERN"),
    ] = "",
    table: Annotated[
        Path | None, typer.Option("--from", help="add: a table of pieces (CSV) with these columns.", metavar="FILE")
    ] = None,
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """Show what to send to whom in a deal, and why; without one, all pieces and the deals in which each stood."""
    held = open_ledger(ledger)
    from premortem.acts.buying.content import content as fitting
    from premortem.acts.buying.pieces import add_piece, pieces_document
    from premortem.buying.content import Piece
    from premortem.cli.show_content import show_content, show_pieces
    from premortem.cli.terminal import show
    from premortem.records.pieces import Pieces

    pieces = Pieces(held.alias)
    if deal == ADD and table is not None:
        typer.echo(f"{_import(pieces, table)} pieces are kept.")
    elif deal == ADD:
        kept = add_piece(pieces, Piece(key, title, at, use_case, pain, reader, concern))
        typer.echo(f"{kept.key} is kept.")
    elif title or table is not None or pain or use_case or concern:
        raise Unknown("nothing says that a piece is to be kept", "Write: premortem content add --title TEXT …")
    elif deal is None:
        show(pieces_document(pieces), show_pieces, as_json)
    else:
        show(fitting(held, pieces, deal), show_content, as_json)


def send(
    deal: DealArgument,
    piece: Annotated[str, typer.Argument(help="The key or the title of a piece.", metavar="PIECE")],
    to: Annotated[str, typer.Option("--to", help="Who gets it: an id, or a name only one has.", metavar="PERSON")],
    opened: Annotated[
        bool | None, typer.Option("--opened/--not-opened", help="Whether they opened it, where you know.")
    ] = None,
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="On which day; else today.")] = None,
    ledger: LedgerOption = None,
) -> None:
    """Enter that a piece of content went to somebody; it is said what it answers, or that it answers nothing."""
    held = open_ledger(ledger)
    from premortem.acts.buying.content import send as enter
    from premortem.acts.buying.content_shown import what
    from premortem.records.pieces import Pieces

    gone = enter(held, Pieces(held.alias), deal, piece, to, user(), now(), opened, day_of(on))
    answered = f"It answers {what(gone.sent.answers)}." if gone.sent.answers else ""
    typer.echo(f"Entered: {gone.sent.piece}. {answered}".rstrip())
    for remark in gone.remarks:
        typer.echo(remark, err=True)


def _import(pieces: Any, file: Path) -> int:
    from premortem.acts.buying.pieces import import_pieces

    try:
        return import_pieces(pieces, there(file).read_text(encoding="utf-8"), str(file))
    except UnicodeDecodeError as error:
        raise Unreadable(str(file), f"byte {error.start}", "it is not UTF-8", "Save it as UTF-8.") from error
