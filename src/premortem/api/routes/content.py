"""Content that fits: the firm's pieces and where they stood, and what to send to whom in a deal."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from msgspec import Meta, Struct
from ninja import Router

from premortem.acts.buying.content import Gone, send
from premortem.acts.buying.content import content as fitting
from premortem.acts.buying.content_shown import ContentDocument
from premortem.acts.buying.pieces import LONGEST, PiecesDocument, add_piece, pieces_document
from premortem.api.asked import by, told_day
from premortem.api.shown import Given, Shown
from premortem.buying.content import ANYONE, Piece
from premortem.records.pieces import Pieces
from premortem.web import access
from premortem.web.ledger import ledger
from premortem.web.pages.content import keeping

router = Router()
Text = Annotated[str, Meta(max_length=LONGEST)]


class NewPiece(Struct, frozen=True, forbid_unknown_fields=True):
    """A piece: `use_case` and `pain` are phrases with commas between, as buyers would say them; `reader` and `concern`
    are among those that the list names. Without a key it gets one from its title."""

    title: Text
    key: Text = ""
    place: Text = ""
    use_case: Text = ""
    pain: Text = ""
    reader: Text = ANYONE
    concern: Text = ""


class SentTold(Struct, frozen=True, forbid_unknown_fields=True):
    """That a piece, by its key, went to somebody, by id; today unless told. `opened`: null where nobody can tell."""

    piece: str
    to: str
    on: date | None = None
    opened: bool | None = None


@router.get("content", response=Shown[PiecesDocument])
def pieces(request: HttpRequest) -> PiecesDocument:
    """All pieces, with the deals that you may see in which each stood."""
    return pieces_document(Pieces(seen=access.deals_seen_by(access.here(request))))


@router.post("content", response={201: Shown[Piece]})
def piece_add(request: HttpRequest, given: Given[NewPiece]) -> Piece:
    """Keep a piece; one of the same key takes the older one's place."""
    keeping(request)
    piece = Piece(given.key, given.title, given.place, given.use_case, given.pain, given.reader, given.concern)
    return add_piece(Pieces(), piece)


@router.get("deals/{deal}/content", response=Shown[ContentDocument])
def content(request: HttpRequest, deal: str) -> ContentDocument:
    """What to send to whom in a deal, and what went."""
    member = access.see(request, deal)
    told = fitting(ledger(), Pieces(), deal)
    access.note_look(member, deal)
    return told


@router.post("deals/{deal}/content", response={201: Shown[Gone]})
def piece_send(request: HttpRequest, deal: str, given: Given[SentTold]) -> Gone:
    """Enter that a piece went to somebody."""
    access.change(request, deal)
    on = told_day(given.on)
    return send(ledger(), Pieces(), deal, given.piece, given.to, *by(request), given.opened, on)
