"""An export of the CRM on its upload's page: how it is read, what is not taken, which deals it wrote."""

from __future__ import annotations

from typing import Any

import msgspec
from django.core.paginator import Paginator
from django.http import HttpRequest

from premortem.acts.afterwards.ends_called import ENDS_CALLED
from premortem.acts.bringing_in.bring_in_export import ExportBrought
from premortem.acts.bringing_in.reading_choices import says_by_itself
from premortem.importing.mapped.mapping import Mapping, mapping_in
from premortem.importing.tables.sheet import bare
from premortem.ledger.fold import deal_as_of
from premortem.records.firm.models import Firm, Member, Upload
from premortem.web import access
from premortem.web.deal_homes import changed_by
from premortem.web.export_upload import ExportRead, ExportTaken
from premortem.web.ledger import ledger
from premortem.web.manner import zones

ROWS_A_PAGE = 50
DEALS_A_PAGE = 100
OUTCOMES = {
    "open": "open",
    **ENDS_CALLED,
    "unknown": "not known how it ended",
}
TELLS = {
    "id": "the deal's id",
    "name": "its name",
    "account": "the account",
    "owner": "whose deal it is",
    "stage": "the stage",
    "outcome": "how it ended",
    "reason": "why it was lost",
    "rival": "to whom it was lost",
    "amount": "the amount",
    "end_amount": "what it came to",
    "currency": "the currency",
    "created": "since when it is there",
    "modified": "when it was last changed",
    "planned_close": "the planned close",
    "ended": "when it ended",
    "contact_name": "a contact's name",
    "contact_email": "a contact's address",
    "contact_title": "a contact's title",
}
"""What a column of a table of deals may tell, in the order of the form."""


def ready(upload: Upload) -> bool:
    """Whether an export can be taken in: its deals can be told, and nothing about its styles is open."""
    would = upload.preview.get("would")
    return bool(would) and not any(style["asks"] for style in would["styles"])


def preview_shown(request: HttpRequest, upload: Upload) -> dict[str, Any]:
    """What would be taken in of an export, and how it is read."""
    read = msgspec.convert(upload.preview, ExportRead)
    mapping = mapping_in(read.mapping, "The mapping")
    would = read.would
    return {
        "read": read,
        "would": would,
        "ready": ready(upload),
        "writes": _writes(would),
        "mapping": mapping,
        "zones": sorted(zones()),
        "firm_currency": Firm.ours().currency,
        "outcomes": OUTCOMES,
        "columns": [] if read.known else columns_of(read, mapping),
        "reasons": [(one, not says_by_itself(one.value)) for one in would.reasons] if would else [],
        "open_days": would and any("days =" in one.asks for one in would.styles),
        "open_decimals": would and any("decimals =" in one.asks for one in would.styles),
        **(_counted(request, would) if would else {}),
    }


def _writes(would: ExportBrought | None) -> int:
    """How much there is to take in; of activities it shows only once they are read which are known already."""
    if would is None:
        return 0
    return sum(would.written.values()) + (would.activities.placed if would.activities else 0)


def taken_shown(request: HttpRequest, upload: Upload) -> dict[str, Any]:
    """What was taken in of an export, and the deals that it wrote, a page at a time."""
    taken = msgspec.convert(upload.preview, ExportTaken)
    back = set(taken.back)
    page = Paginator(taken.deals, DEALS_A_PAGE).get_page(request.GET.get("deals"))
    rows = access.deals_seen_by(access.here(request)).in_bulk([one.deal for one in page])
    deals = [(one, rows.get(one.deal), one.deal in back) for one in page]
    gone = ledger().store.read_each([one.deal for one in page if one.deal in back and one.deal not in rows])
    called = {deal: deal_as_of(entries).name for deal, entries in gone}
    shown = {"taken": taken, "deals": page, "deal_rows": deals, "called": called, "back": len(back)}
    return {**shown, **_counted(request, taken.told)}


def left_to_undo(upload: Upload, member: Member) -> set[str]:
    """The deals of which an import told, that were not taken back, and that a member may change now."""
    wrote = {str(one["deal"]) for one in upload.preview["deals"]}
    return changed_by(member).intersection(wrote).difference(upload.preview.get("back", []))


def marked(request: HttpRequest, upload: Upload, member: Member) -> list[str]:
    """The deals that are to be taken back: those that are marked, or all that are left."""
    wrote = left_to_undo(upload, member)
    return sorted(wrote if request.POST.get("all") else wrote & set(request.POST.getlist("deal")))


def keep_preview(upload: Upload) -> bool:
    """Keep what was changed of what an upload tells; False where the work on it has gone on since it was read."""
    found = Upload.objects.filter(pk=upload.pk, state=upload.state, moved_at=upload.moved_at)
    return found.update(preview=upload.preview) == 1


def _counted(request: HttpRequest, told: ExportBrought) -> dict[str, Any]:
    """Sums that are right: every deal is new, changed or known; every row is a deal, or is listed with its reason."""
    files = dict.fromkeys(one.file for one in told.left_out if one.cells and one.file in told.headers)  # as `to_mend`
    return {
        "same": told.deals - told.new - told.changed,
        "ended": [(OUTCOMES.get(one, one), deals) for one, deals in told.outcomes.items()],
        "left": Paginator(told.left_out, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "left_all": told.rows_left_out + told.cells_left_out,
        "mend": list(enumerate(files)),
    }


def columns_of(read: ExportRead, mapping: Mapping) -> list[tuple[str, str, str]]:
    """Each thing that a column may tell: its name, in words, and the column that does."""
    header = next((one.columns for one in read.tables if one.name == mapping.deals.table), [])
    return [(field, says, _told_by(mapping, field, header)) for field, says in TELLS.items()]


def _told_by(mapping: Mapping, field: str, header: list[str]) -> str:
    names = getattr(mapping.deals, field)
    there = {bare(name): name for name in header}
    return next((there[bare(one)] for one in ([names] if isinstance(names, str) else names) if bare(one) in there), "")
