"""The firm's pieces of content: keeping them, one or a table of them, and in which deals each stood.

pieces_document(pieces)        what `premortem content --json` prints, and what marketing sees
add_piece(pieces, piece)       keep one
import_pieces(pieces, table)   keep a table of them (CSV)
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.buying.content import pieces_of
from premortem.buying.content import ANYONE, READERS, Piece
from premortem.buying.needs import CONCERNS
from premortem.errors import Unknown, Unreadable
from premortem.learning.intervals import Interval, share
from premortem.ledger.entries import Entry, Sent
from premortem.playbook.mistakes import meant
from premortem.records.pieces import COLUMNS, Pieces

FEW = 20
"""Below so many ended deals a share is shown as small."""
LONGEST = 500
"""Characters of a tag or a title."""
MOST = 5_000
"""Pieces that a table may bring at once."""


class PieceShown(Struct, frozen=True):
    """A piece and where it stood. `deals` are those seen in which it went out, `won`, `not_won` and `open` of them.

    `share` is the share of won among those that ended, with the ends between which the truth lies as often as 95 in
    100; null of none. `few`: too small a number to say anything. `unanswered` are times it answered nothing named.
    """

    piece: Piece
    deals: int
    won: int
    not_won: int
    open: int
    share: Interval | None
    few: bool
    sent: int
    unanswered: int
    opened: int
    opening_known: int


class PiecesDocument(Struct, frozen=True):
    """All pieces, those that went out most first; `ended` and `share` are of all deals that ended, to compare with."""

    pieces: list[PieceShown]
    ended: int
    won: int
    share: Interval | None
    readers: list[str]
    concerns: list[str]
    schema: str = "premortem.pieces/1"


class _Went(NamedTuple):
    """What is known of one piece that went to one person in one deal."""

    deal: str
    answers: bool
    opened: bool | None


def pieces_document(pieces: Pieces) -> PiecesDocument:
    """The pieces, and the deals that may be seen in which each stood."""
    ends = pieces.ends()
    won, ended = ends.get("won", 0), sum(number for status, number in ends.items() if status in _ENDED)
    went = _went(pieces.sent())
    status = pieces.status_of([one.deal for told in went.values() for one in told])
    known = {one.key: one for one in pieces_of(pieces)}
    every = [*known.values(), *(Piece(key, key) for key in sorted(went.keys() - known.keys()))]
    shown = [_shown(one, [told for told in went.get(one.key, ()) if told.deal in status], status) for one in every]
    shown.sort(key=lambda one: (-one.deals, one.piece.key))
    return PiecesDocument(shown, ended, won, share(won, ended) if ended else None, list(READERS), list(CONCERNS))


_ENDED = ("won", "lost", "other_way", "no_decision")


def _went(entries: Iterable[Entry]) -> dict[str, list[_Went]]:
    """By piece: one for each deal and person, with the newest word on it."""
    told: dict[str, dict[tuple[str, str | None], _Went]] = {}
    for entry in entries:
        body = entry.body
        assert isinstance(body, Sent)
        kept = told.setdefault(body.piece, {})
        before = kept.get((entry.deal, body.to))
        opened = body.opened if body.opened is not None or before is None else before.opened
        answered = body.answers is not None or (before is not None and before.answers)
        kept[entry.deal, body.to] = _Went(entry.deal, answered, opened)
    return {piece: list(kept.values()) for piece, kept in told.items()}


def _shown(piece: Piece, went: list[_Went], status: Mapping[str, str]) -> PieceShown:
    stood = [status[deal] for deal in sorted({one.deal for one in went})]
    won, ended = stood.count("won"), sum(one in _ENDED for one in stood)
    return PieceShown(
        piece=piece,
        deals=len(stood),
        won=won,
        not_won=ended - won,
        open=stood.count("open"),
        share=share(won, ended) if ended else None,
        few=ended < FEW,
        sent=len(went),
        unanswered=sum(not one.answers for one in went),
        opened=sum(one.opened is True for one in went),
        opening_known=sum(one.opened is not None for one in went),
    )


def add_piece(pieces: Pieces, piece: Piece) -> Piece:
    """Keep a piece; one of the same key takes the older one's place. Without a key it gets one from its title.

    Raises Unknown for no title, for a reader or a concern that is not there, and for one that could answer nothing.
    """
    kept = _checked(piece)
    pieces.put([_row(kept)])
    return kept


def import_pieces(pieces: Pieces, table: str, name: str) -> int:
    """Keep the pieces of a CSV file with a heading: title, and key, place, use_case, pain, reader, concern where told.

    All of them or none. Raises Unreadable, which names the line, for one that can't be kept.
    """
    reader = csv.DictReader(io.StringIO(table.removeprefix("\ufeff")))
    if reader.fieldnames is None or "title" not in reader.fieldnames:
        raise Unreadable(name, "line 1", "no column 'title'", f"The columns are: {', '.join(COLUMNS)}.")
    if other := sorted({one for one in reader.fieldnames if one} - set(COLUMNS)):
        raise Unreadable(name, "line 1", f"no piece has a '{other[0]}'", f"The columns are: {', '.join(COLUMNS)}.")
    kept: dict[str, Piece] = {}
    for line in reader:
        try:
            piece = _checked(Piece(**_told(line)))
        except Unknown as mistake:
            raise Unreadable(name, f"line {reader.line_num}", str(mistake).rstrip("."), "") from mistake
        if piece.key in kept:
            raise Unreadable(name, f"line {reader.line_num}", f"'{piece.key}' stands there twice", "Take one out.")
        kept[piece.key] = piece
        if len(kept) > MOST:
            raise Unreadable(name, f"line {reader.line_num}", f"more than {MOST:,} pieces", "Bring fewer at once.")
    pieces.put([_row(one) for one in kept.values()])
    return len(kept)


def _told(line: Mapping[str, str | None]) -> dict[str, str]:
    told = {column: (line.get(column) or "").strip() for column in COLUMNS}
    return {**told, "reader": told["reader"] or ANYONE}


def _checked(piece: Piece) -> Piece:
    title, concern = piece.title.strip(), piece.concern.strip().lower()
    reader = piece.reader.strip().lower().replace(" ", "_") or ANYONE
    if not title:
        raise Unknown("a piece needs a title", "Say what it is called.")
    if reader not in READERS:
        raise Unknown(f"nobody reads as '{piece.reader}'", meant(reader, READERS))
    if concern and concern not in CONCERNS:
        raise Unknown(f"'{piece.concern}' is no concern", f"Say one of: {', '.join(CONCERNS)}.")
    if not (piece.pain.strip() or piece.use_case.strip() or concern):
        raise Unknown(f"'{title}' answers nothing", "Say which pain, use case or concern it answers.")
    if any(len(getattr(piece, one)) > LONGEST for one in COLUMNS):
        raise Unknown(f"'{title[:40]}' is told at too great length", f"{LONGEST} characters are enough for each part.")
    return replace(piece, key=piece.key.strip() or _key(title), title=title, reader=reader, concern=concern)


def _key(title: str) -> str:
    return re.sub(r"[^\w]+", "-", title.casefold()).strip("-_") or "piece"


def _row(piece: Piece) -> tuple[str, ...]:
    return tuple(str(getattr(piece, column)) for column in COLUMNS)
