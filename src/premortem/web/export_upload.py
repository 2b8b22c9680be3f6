"""An export of the CRM that was dropped: read for its preview, taken in, taken back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import msgspec
from django.utils import timezone
from msgspec import Struct

from premortem.acts.bringing_in.bring_in_export import ExportBrought, bring_in_export
from premortem.acts.bringing_in.export_owners import Owners
from premortem.acts.bringing_in.mail_settings import mail_settings
from premortem.acts.bringing_in.reading_choices import Choices, chosen, found_mapping, shape_of
from premortem.acts.bringing_in.undo_export import undo_export
from premortem.acts.bringing_in.undo_import import undo_import, withdraw
from premortem.errors import PremortemError
from premortem.importing.mapped.mapping import Mapping
from premortem.importing.mapped.writing import written
from premortem.importing.tables.folder import Export, open_export
from premortem.records.firm.import_rows import KeptChoices, MatchAnswer
from premortem.records.firm.models import DealHome, Member, Upload
from premortem.records.learned_at import learned_at
from premortem.records.models import DealRow
from premortem.web import access
from premortem.web.deal_homes import Staff, changed_by, settle_homes
from premortem.web.ledger import ledger

Tell = Callable[[str, int, int], None]


class Table(Struct):
    """A table of the export, as its preview tells of it."""

    file: str
    name: str
    encoding: str
    separator: str
    rows: int
    columns: list[str]


class ExportRead(Struct):
    """What the preview of an export shows. `why_not`: why nothing can be said of its deals before somebody chooses.

    `kept`: it is read as somebody set it for an earlier one. `users` are those whom the export tells, `members` the
    names of those of them who work here.
    """

    tables: list[Table]
    mapping: str
    shape: str
    known: bool
    kept: bool
    would: ExportBrought | None = None
    why_not: str = ""
    users: int = 0
    members: list[str] = []
    aside: dict[str, int] = {}


class DealWritten(Struct):
    deal: str
    entries: int
    new: bool


class ExportTaken(Struct):
    """What an import of an export did, and the deals that it wrote of. `back` are those that were taken back."""

    told: ExportBrought
    new: int
    changed: int
    entries: int
    deals: list[DealWritten]
    back: list[str] = []


def may_bring_exports(member: Member) -> bool:
    """Who may bring in an export of the whole CRM: an admin, and a manager to whom no deal is closed."""
    if member.role == "manager":
        return DealRow.objects.count() == access.deals_seen_by(member).count()
    return member.role == "admin"


def read_export(upload: Upload, aside: dict[str, int], tell: Tell) -> ExportRead:
    """Raises Unreadable where nothing in it is a table that can be opened."""
    folder = Path(upload.folder)
    export = open_export(folder)
    found, known = found_mapping(export)
    shape = shape_of(export)
    kept = {} if upload.choices else _kept(shape)
    mapping = chosen(found, msgspec.convert(upload.choices or kept, Choices))
    read = ExportRead(_tables(export), written(mapping), shape, known, bool(kept), aside=aside)
    try:
        privacy = mail_settings(ledger().place)
        read.would = bring_in_export(ledger(), folder, timezone.now(), mapping, tell, write=False, privacy=privacy)
        read.would.touched = []
    except PremortemError as refused:
        if known:
            raise
        read.why_not = str(refused)
        return read
    read.would.asked = _not_answered(upload, read.would.asked)
    owners = Owners(export, mapping)
    read.users = owners.told
    read.members = [str(one) for one in Staff(owners).named_in_export()]
    return read


def take_export(upload: Upload, tell: Tell) -> ExportTaken:
    """Write what the preview told of, say whose the deals are, and keep how the export was read for the next one."""
    assert upload.taken_at is not None
    folder = Path(upload.folder)
    export, mapping = _as_shown(upload)
    told = bring_in_export(ledger(), folder, upload.taken_at, mapping, tell, privacy=mail_settings(ledger().place))
    deals = learned_at(ledger().alias, upload.taken_at)
    member = Member.objects.select_related("team").filter(user=upload.user).first()
    settle_homes([one.deal for one in deals], Staff(Owners(export, mapping)), member)
    _keep_choices(upload)
    told.asked, told.touched = _not_answered(upload, told.asked), []
    return ExportTaken(
        told,
        new=sum(one.opened for one in deals),
        changed=sum(not one.opened for one in deals),
        entries=sum(one.entries for one in deals),
        deals=[DealWritten(one.deal, one.entries, one.opened) for one in deals],
    )


def take_back(upload: Upload, deals: Collection[str], by: str, tell: Tell) -> list[str]:
    """Take back what the import told of these deals, values and touches, where `by` may still change them.

    Those that it opened drop out, unless something else was told of them; they become nobody's.
    """
    assert upload.taken_at is not None
    opened = {one["deal"] for one in upload.preview["deals"] if one["new"]}
    asks = Member.objects.select_related("team", "user").filter(user__username=by).first()
    back = []
    for number, deal in enumerate(sorted(changed_by(asks).intersection(deals)), 1):
        touches = undo_import(ledger(), deal, upload.taken_at, by, timezone.now())
        values = undo_export(ledger(), deal, upload.taken_at, by, timezone.now())
        if withdraw(ledger(), deal, upload.taken_at, by, timezone.now()) or values or touches:
            back.append(deal)
        tell("deals", number, len(deals))
    DealHome.objects.filter(deal__in=[deal for deal in back if deal in opened]).delete()
    return back


def _as_shown(upload: Upload) -> tuple[Export, Mapping]:
    """The export, and the mapping by which its preview was made."""
    export = open_export(Path(upload.folder))
    given = upload.choices or _kept(shape_of(export))
    return export, chosen(found_mapping(export)[0], msgspec.convert(given, Choices))


def _tables(export: Export) -> list[Table]:
    return [
        Table(one.file, one.name, one.encoding, one.separator, max(one.lines - 1, 0), list(one.header))
        for one in export.tables
    ]


def _kept(shape: str) -> dict[str, Any]:
    found = KeptChoices.objects.filter(shape=shape).first()
    return found.choices if found is not None else {}


def _keep_choices(upload: Upload) -> None:
    if upload.choices:
        shape = shape_of(open_export(Path(upload.folder)))
        KeptChoices.objects.update_or_create(shape=shape, defaults={"choices": upload.choices, "by": upload.user})


def _not_answered(upload: Upload, asked: list[str]) -> list[str]:
    """What is asked and nobody has answered; who may be the same is asked on the people's own pages."""
    answered = set(MatchAnswer.objects.filter(user=upload.user).values_list("key", flat=True))
    return [one for one in asked if one not in answered and "`premortem people`" not in one]
