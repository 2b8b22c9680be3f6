"""What an upload may be, and what is done with each kind: looked at first, taken in once somebody says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from premortem.acts.bringing_in.what_came import Came, what_came
from premortem.records.firm.models import Member, Upload
from premortem.web import deals_upload, export_upload, mail_upload
from premortem.web.receiving import Refused

Tell = Callable[[str, int, int], None]
ADMINS_BRING = (
    "This is an export of a CRM. An admin brings it in, since it may tell of everybody's deals; a manager may where no "
    "deal is closed to them."
)


def look_at(upload: Upload, tell: Tell) -> Any:
    """What an upload would do, as its page keeps it; which kind it is, is written down. Raises Refused where whoever
    brought it may not, and as the kind's own act does."""
    came = Came("deals") if upload.deal else what_came(Path(upload.folder))
    Upload.objects.filter(pk=upload.pk).update(kind=came.kind)
    upload.kind = came.kind
    aside = {str(kind): files for kind, files in came.aside.items()}
    match came.kind:
        case "export":
            _may_bring(upload)
            told: Any = export_upload.read_export(upload, aside, tell)
        case "mail":
            told = mail_upload.look_at_mails(upload, aside, tell)
        case "calendar":
            told = mail_upload.look_at_meetings(upload, aside)
        case _:
            told = deals_upload.look_at_deals(upload, tell)
    return _plain(upload, msgspec.to_builtins(told))


def take(upload: Upload, tell: Tell) -> tuple[Any, list[str]]:
    """Write what an upload brings: what its page keeps of that, and the deals of which something was learned."""
    match upload.kind:
        case "export":
            _may_bring(upload)
            told: Any = export_upload.take_export(upload, tell)
            deals = [one.deal for one in told.deals]
        case "mail":
            told = mail_upload.take_mails(upload, tell)
            deals = [deal for deal, _ in told.deals]
        case "calendar":
            told = mail_upload.take_meetings(upload)
            deals = told.deals
        case _:
            done = deals_upload.take_deals(upload, tell)
            told, deals = {"done": done}, [str(one["deal"]) for one in done]
    return _plain(upload, msgspec.to_builtins(told)), deals


def _may_bring(upload: Upload) -> None:
    member = Member.objects.select_related("team", "user").filter(user=upload.user).first()
    if member is None or not export_upload.may_bring_exports(member):
        raise Refused(ADMINS_BRING)


def plainly(upload: Upload, text: str) -> str:
    """A sentence without the folder that the files happen to lie in."""
    return text.replace(f"{upload.folder}/", "").replace(upload.folder, "These files")


def _plain(upload: Upload, told: Any) -> Any:
    if isinstance(told, str):
        return plainly(upload, told)
    if isinstance(told, dict):
        return {key: _plain(upload, value) for key, value in told.items()}
    return [_plain(upload, one) for one in told] if isinstance(told, list | tuple) else told
