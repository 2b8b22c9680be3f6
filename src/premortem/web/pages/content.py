"""Content that fits: the firm's pieces and where they stood, and what to send to whom in a deal."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from premortem.acts.buying.content import content as fitting
from premortem.acts.buying.content import send as enter
from premortem.acts.buying.pieces import add_piece, import_pieces, pieces_document
from premortem.buying.content import Piece
from premortem.errors import PremortemError, Unknown
from premortem.records.firm.models import Member
from premortem.records.pieces import Pieces
from premortem.web import access
from premortem.web.ledger import ledger

KEEPS = ("marketing", "manager", "admin")
"""Who keeps the firm's pieces; everybody who sells proposes and sends them."""
MOST_BYTES = 2_000_000
OPENED = {"yes": True, "no": False}


@require_GET
def pieces(request: HttpRequest) -> HttpResponse:
    """All pieces, with the deals that the member sees in which each stood."""
    member = access.here(request)
    told = pieces_document(Pieces(seen=access.deals_seen_by(member)))
    return render(request, "content/pieces.html", {"told": told, "keeps": member.role in KEEPS})


@require_POST
def piece_add(request: HttpRequest) -> HttpResponse:
    """Keep a piece, or a table of them."""
    keeping(request)
    file = request.FILES.get("table")
    try:
        if file is not None:
            if (file.size or 0) > MOST_BYTES:
                raise Unknown("that file is too large", f"A table of pieces has at most {MOST_BYTES:,} bytes.")
            number = import_pieces(Pieces(), file.read().decode("utf-8"), file.name or "the table")
            messages.success(request, f"{number} pieces are kept.")
        else:
            names = ("key", "title", "place", "use_case", "pain", "reader", "concern")
            told = {name: request.POST.get(name, "") for name in names}
            kept = add_piece(Pieces(), Piece(**told))
            messages.success(request, f"Kept: {kept.title}.")
    except PremortemError as mistake:
        messages.error(request, str(mistake))
    except UnicodeDecodeError:
        messages.error(request, "That file is not UTF-8. Save it as UTF-8.")
    return redirect("pieces")


def keeping(request: HttpRequest) -> Member:
    """The member who asks. Raises PermissionDenied for one who does not keep the firm's pieces."""
    member = access.here(request)
    if member.role not in KEEPS:
        raise PermissionDenied
    return member


@require_GET
def content(request: HttpRequest, deal: str) -> HttpResponse:
    """What to send to whom in a deal, and what went."""
    member = access.see(request, deal)
    try:
        told = fitting(ledger(), Pieces(), deal)
    except Unknown as missing:
        raise Http404 from missing
    access.note_look(member, deal)
    return render(request, "content/deal.html", {"told": told, "may_change": access.may_change(member, deal)})


@require_POST
def piece_send(request: HttpRequest, deal: str) -> HttpResponse:
    """Enter that a `piece` went `to` somebody, `on` a day, `opened` or not where that is known."""
    access.change(request, deal)
    given, by = request.POST, request.user.get_username()
    try:
        on = date.fromisoformat(given["on"]) if given.get("on", "").strip() else None
        opened = OPENED.get(given.get("opened", ""))
        piece, to = given.get("piece", ""), given.get("to", "")
        gone = enter(ledger(), Pieces(), deal, piece, to, by, datetime.now(UTC), opened, on)
        messages.success(request, "Entered.")
        for remark in gone.remarks:
            messages.warning(request, remark)
    except Unknown as mistake:
        messages.error(request, str(mistake))
    except ValueError:
        messages.error(request, "That is no day. Write it as YYYY-MM-DD, or leave it empty for today.")
    return redirect("content", deal)
