"""An upload: how far it is, what it would add, what it added; taken in, dropped or taken back by a button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from premortem.acts.bringing_in.preview import FileLine, Preview
from premortem.acts.bringing_in.undo_import import TouchBrought, touches_brought, undo_import, withdraw
from premortem.ledger.fold import deal_as_of
from premortem.records.firm.models import Member, Upload
from premortem.records.learned_at import learned_at
from premortem.records.models import DealRow, TouchRow
from premortem.web import access, tasks
from premortem.web.deal_homes import WORKS, changed_by
from premortem.web.ledger import ledger
from premortem.web.pages import import_export, import_mail
from premortem.web.receiving import forget

STUCK = timedelta(minutes=3)
"""After how long without a word the work on an upload counts as stopped."""
FILES_A_PAGE = 100
SHOWN_FIRST = 200
TOUCHES_OF = 20
"""Deals of which an upload's page lists the touches, to be taken back."""
STATES = {
    "reading": "being read",
    "previewed": "waits for your yes",
    "importing": "being taken in",
    "done": "taken in",
    "undoing": "being taken back",
    "failed": "not taken in",
    "dropped": "discarded",
}
WORKING = ("reading", "importing", "undoing")
KINDS = {"deals": "files", "export": "an export of the CRM", "mail": "a mailbox", "calendar": "a calendar"}


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, number: int) -> HttpResponse:
    """One upload, in whichever state it is."""
    member, found = theirs(request, number)
    if request.method == "POST":
        _decide(request, found, member)
        return redirect("upload", number)
    shown = {
        "upload": found,
        "state": STATES[found.state],
        "kind": KINDS[found.kind],
        "working": found.state in WORKING,
        "stuck": stuck(found),
        "is_admin": member.role == "admin",
        "droppable": droppable(found),
        **_inside(request, found, member),
    }
    return render(request, f"imports/{'progress' if request.htmx else 'upload'}.html", shown)  # type: ignore[attr-defined]


def theirs(request: HttpRequest, number: int) -> tuple[Member, Upload]:
    """Who asks, and their upload. Raises Http404 for another's, as for one that is not there; admins see all."""
    member = access.here(request)
    found = get_object_or_404(Upload, pk=number)
    if found.user_id != member.user_id and member.role != "admin":
        raise Http404
    return member, found


def stuck(upload: Upload) -> bool:
    """Whether the work on an upload stopped, as far as one can tell."""
    told = upload.moved_at or upload.made_at
    return upload.state in WORKING and timezone.now() - told > STUCK


def _decide(request: HttpRequest, upload: Upload, member: Member) -> None:
    """Do what a button asks for, if the upload is where that can be done: of two presses, one counts."""
    if request.POST.get("do") == "take" and member.role not in WORKS:
        raise PermissionDenied
    match request.POST.get("do"):
        case "take" if ready(upload) and move(upload, ("previewed",), "importing", taken_at=timezone.now()):
            tasks.take_in.enqueue(upload.pk)
        case "drop" if drop(upload):
            messages.success(request, "Discarded. Nothing of it was kept.")
        case "again" if upload.state == "failed" or stuck(upload):
            again(upload)
        case "found" if upload.state == "failed" and upload.taken_at is None:
            Upload.objects.filter(pk=upload.pk).update(choices={})
            again(upload)
        case "undo" if upload.state == "done" and upload.kind == "export":
            _undo_deals(request, upload, member)
        case "undo" if upload.state == "done":
            _undo(request, upload, member)
        case _:
            messages.error(request, "That can't be done any more: somebody was faster, or it is done already.")


def ready(upload: Upload) -> bool:
    """Whether nothing is open that has to be chosen first."""
    return upload.kind != "export" or import_export.ready(upload)


def move(upload: Upload, states: tuple[str, ...], to: str, **given: Any) -> bool:
    """Put an upload into another state, if it is still in one of these."""
    found = Upload.objects.filter(pk=upload.pk, state__in=states)
    return found.update(state=to, says="", done=0, of=0, moved_at=timezone.now(), **given) == 1


def read_again(upload: Upload, **given: Any) -> bool:
    """Look at an upload anew, with what was chosen meanwhile; False where it is no longer waiting."""
    if not move(upload, ("previewed",), "reading", **given):
        return False
    tasks.read_upload.enqueue(upload.pk)
    return True


def again(upload: Upload) -> None:
    """Do the step again that failed, or that a stopped worker left behind."""
    if upload.taken_at is None:
        if move(upload, ("failed", "reading"), "reading"):
            tasks.read_upload.enqueue(upload.pk)
    elif "back" in upload.choices:
        if move(upload, ("failed", "undoing"), "undoing"):
            tasks.take_back.enqueue(upload.pk)
    elif move(upload, ("failed", "importing"), "importing"):
        tasks.take_in.enqueue(upload.pk)


def droppable(upload: Upload) -> bool:
    """Whether it waits or failed, and nothing of it is in the ledger: what was written can only be taken back."""
    waits = upload.state in ("previewed", "failed")
    return waits and (upload.taken_at is None or not learned_at(ledger().alias, upload.taken_at))


def drop(upload: Upload) -> bool:
    """Delete an upload's files; False where somebody took it meanwhile, or something of it was written."""
    if not droppable(upload) or not move(upload, (upload.state,), "dropped", preview={}):
        return False
    forget(Path(upload.folder))
    return True


def _undo_deals(request: HttpRequest, upload: Upload, member: Member) -> None:
    wanted = import_export.marked(request, upload, member)
    if not wanted:
        messages.error(request, "Mark the deals to take back first.")
    else:
        undo_deals(upload, wanted, member.user.get_username())


def undo_deals(upload: Upload, deals: list[str], by: str) -> bool:
    """Begin to take back what an export told of these deals; False where somebody was faster."""
    if not move(upload, ("done",), "undoing", choices={"back": deals, "by": by}):
        return False
    tasks.take_back.enqueue(upload.pk)
    return True


def _undo(request: HttpRequest, upload: Upload, member: Member) -> None:
    """Take back the touches that are marked, or all of them, each in its deal."""
    everything = bool(request.POST.get("all"))
    back, gone = undo_all(upload, member) if everything else _undo_marked(upload, member, request.POST.getlist("touch"))
    if not back and not gone:
        nothing = (
            "Nothing of this upload is left to take back." if everything else "Mark the touches to take back first."
        )
        messages.error(request, nothing)
        return
    tasks.review_all.enqueue()
    parts = [f"{back} touch{'es' if back > 1 else ''}"] if back else []
    parts += [f"{gone} deal{'s' if gone > 1 else ''}"] if gone else []
    messages.success(request, f"Taken back: {' and '.join(parts)}. Nothing of them counts any more.")


def undo_touches(upload: Upload, member: Member, marked: list[str]) -> int:
    """Take these touches of an upload back, each in its deal, where the member may change that; how many there were."""
    return _undo_marked(upload, member, marked)[0]


def _undo_marked(upload: Upload, member: Member, marked: list[str]) -> tuple[int, int]:
    """How many touches were taken back, and how many deals dropped out with the last of theirs."""
    holding = set(TouchRow.objects.filter(touch__in=set(marked)).values_list("deal", flat=True))
    return _undo_in(upload, member, holding, only=set(marked))


def undo_all(upload: Upload, member: Member) -> tuple[int, int]:
    """As `_undo_marked`, of everything that an upload brought."""
    return _undo_in(upload, member, {str(one["deal"]) for one in deals_of(upload)})


def _undo_in(upload: Upload, member: Member, deals: set[str], only: set[str] | None = None) -> tuple[int, int]:
    """Take back in those of these deals that the upload brought and the member may change."""
    assert upload.taken_at is not None
    theirs = {str(one["deal"]) for one in deals_of(upload)} & deals & changed_by(member)
    who, now, back, gone = member.user.get_username(), timezone.now(), 0, 0
    for deal in sorted(theirs):
        touches = undo_import(ledger(), deal, upload.taken_at, who, now, only)
        back += touches
        # Whose it was stays known: they alone may open it anew.
        gone += (touches > 0 or only is None) and withdraw(ledger(), deal, upload.taken_at, who, now)
    return back, gone


def _inside(request: HttpRequest, upload: Upload, member: Member) -> dict[str, Any]:
    """What an upload's page shows in the state that it is in."""
    if upload.state not in ("previewed", "done"):
        return {}
    shown = _SHOWN.get((upload.kind, upload.state))
    if shown is not None:
        inside = shown(request, upload)
    else:
        inside = _deals(request, upload) if upload.state == "previewed" else {}
    if upload.state == "done" and upload.kind != "export":
        inside["brought"] = brought = _brought(upload, member)
        inside["left_to_take"] = any(one["left"] for one in brought)
        inside["all_back"] = bool(brought) and all(one["back"] for one in brought)
    return {**inside, "part": f"imports/{upload.kind}_{upload.state}.html"}


_SHOWN: dict[tuple[str, str], Callable[[HttpRequest, Upload], dict[str, Any]]] = {
    ("export", "previewed"): import_export.preview_shown,
    ("export", "done"): import_export.taken_shown,
    ("mail", "previewed"): import_mail.mails_shown,
    ("mail", "done"): import_mail.mails_taken,
    ("calendar", "previewed"): import_mail.meetings_shown,
    ("calendar", "done"): import_mail.meetings_taken,
}


def _deals(request: HttpRequest, upload: Upload) -> dict[str, Any]:
    told = msgspec.convert(upload.preview, Preview)
    adds = sum(one.entries for one in told.deals)
    return {"preview": told, "adds": adds, "facts": sum(one.facts for one in told.deals), **_files(request, told)}


def _files(request: HttpRequest, told: Preview) -> dict[str, Any]:
    """The files row by row, a page at a time, those left out first."""
    rows: list[tuple[str, FileLine]] = [(deal.name, line) for deal in told.deals for line in deal.files]
    rows += [("", line) for line in told.stray]
    order = ("left_out", "new", "anew", "known")
    rows.sort(key=lambda row: order.index(row[1].became))
    page = Paginator(rows, FILES_A_PAGE).get_page(request.GET.get("page"))
    people = [(deal.name, one) for deal in told.deals for one in deal.people]
    left = sum(line.became == "left_out" for _, line in rows)
    read = sum(line.became in ("new", "anew") for _, line in rows)
    counts = {"read": read, "left": left, "known": len(rows) - left - read}
    return {"rows": page, "people": people[:SHOWN_FIRST], "people_found": len(people), **counts}


def deals_of(upload: Upload) -> list[dict[str, Any]]:
    """The deals of which an upload brought touches, each with how many; all that is known of it, where it is told."""
    if upload.kind == "mail":
        return [{"deal": deal, "mails": mails} for deal, mails in upload.preview["deals"]]
    if upload.kind == "calendar":
        return [{"deal": deal} for deal in upload.preview["deals"]]
    done: list[dict[str, Any]] = upload.preview["done"]
    return done


def _brought(upload: Upload, member: Member) -> list[dict[str, Any]]:
    """What was taken in, deal by deal; of the first deals, their touches, which can be taken back."""
    done = deals_of(upload)[:500]
    seen = {row.deal: row for row in access.deals_seen_by(member).filter(deal__in=[one["deal"] for one in done])}
    brought = []
    for number, one in enumerate(done):
        row = seen.get(one["deal"])
        touches: list[TouchBrought] = []
        if number < TOUCHES_OF and row is not None and upload.taken_at is not None:
            touches = touches_brought(ledger(), row.deal, upload.taken_at)
        may = row is not None and member.role in WORKS
        brought.append({**one, "row": row, "brought": touches, "may": may, **_standing(one, row, touches, may)})
    return brought


def _standing(one: dict[str, Any], row: DealRow | None, touches: list[TouchBrought], may: bool) -> dict[str, Any]:
    """What still counts of what an upload brought to a deal, and whether something can be taken back."""
    counting = [touch for touch in touches if touch.counts]
    counts = {"touches": len(counting), "facts": sum(touch.facts for touch in counting)} if touches else {}
    entries = ledger().store.read(one["deal"]) if row is None else []
    gone = bool(entries) and deal_as_of(entries).withdrawn
    back = gone or (bool(touches) and not counting)
    # What failed is called as it came; what is there and can't be seen is not named.
    called = deal_as_of(entries).name if gone else "a deal that you can't see" if entries else one["deal"]
    # Of a deal without touches the upload may have told all there is: it goes by taking back everything.
    left = may and not back and bool(counting or one.get("entries", 1))
    return {**counts, "back": back, "called": called, "left": left}
