"""Deal folders that were dropped, or touches for a deal that was chosen: looked at, taken in, and whose they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from premortem.acts.bringing_in.bring_in import BroughtIn
from premortem.acts.bringing_in.preview import May, Preview, bring_each, preview
from premortem.errors import Unreadable
from premortem.importing.deal_folder.reading import DealRow, deal_folders, listed_people, read_deal_folder
from premortem.records.firm.models import DealHome, Member, Upload
from premortem.records.models import DealRow as DealShown
from premortem.web import access
from premortem.web.deal_homes import WORKS
from premortem.web.ledger import ledger
from premortem.web.own_ids import settle_ids

Tell = Callable[[str, int, int], None]


def look_at_deals(upload: Upload, tell: Tell) -> Preview:
    """Raises Unreadable where there is no deal among the files."""
    _settle_ids(upload)
    return preview(ledger(), Path(upload.folder), timezone.now(), upload.deal or None, _allowed(upload), tell)


def take_deals(upload: Upload, tell: Tell) -> list[dict[str, object]]:
    """What was done, deal by deal; whose the new ones are is said first."""
    assert upload.taken_at is not None
    _settle_ids(upload)
    folder, done = Path(upload.folder), []
    claimed = [] if upload.deal else _claim(upload, folder)
    for _, brought in bring_each(ledger(), folder, upload.taken_at, upload.deal or None, _allowed(upload), tell):
        done.append(_told(brought))
    DealHome.objects.filter(deal__in=[one for one in claimed if not ledger().store.read(one)]).delete()
    return done


def _told(brought: BroughtIn) -> dict[str, object]:
    """What is kept of an import: numbers, and what was left out. Names of people stay in the ledger alone."""
    left = [{"file": one.file, "why": one.why} for one in brought.left_out]
    counts = {"touches": brought.touches, "known": brought.known_already, "facts": brought.facts}
    return {"deal": brought.deal, "entries": brought.entries, "left_out": left, **counts}


def _allowed(upload: Upload) -> May:
    member = Member.objects.select_related("team", "user").filter(user=upload.user).first()
    return lambda deal: member is not None and (access.may_change(member, deal) or _may_open_anew(member, deal))


def _may_open_anew(member: Member, deal: str) -> bool:
    """Whether a deal was taken back, and was theirs: nobody else may open it anew, or see what it once was."""
    gone = member.role in WORKS and not DealShown.objects.filter(deal=deal).exists()
    return gone and access.of_its_team(member, deal)


def _settle_ids(upload: Upload) -> None:
    """See that no deal of an upload meets one that its importer may not change."""
    if upload.deal:
        return
    may, member = _allowed(upload), Member.objects.filter(user=upload.user).first()

    def taken(deal: str) -> bool:
        return not may(deal) and bool(DealHome.objects.filter(deal=deal).exists() or ledger().store.read(deal))

    team = member.team_id if member else None
    settle_ids(Path(upload.folder), taken, f"team {team}" if team else f"user {upload.user_id}")


def _claim(upload: Upload, folder: Path) -> list[str]:
    """Say whose the new deals are before anything of them is written, so that an import that stopped can go on."""
    claimed = []
    for place in deal_folders(folder):
        try:
            row = read_deal_folder(place).row
        except Unreadable:
            continue  # the import itself tells what is wrong with it
        if not ledger().store.read(row.id):
            owner = _seller_here(upload, row)
            member = Member.objects.filter(user_id=owner.pk).first()
            home = {"owner": owner, "team": member.team if member else None}
            if DealHome.objects.get_or_create(deal=row.id, defaults=home)[1]:
                claimed.append(row.id)
    return claimed


def _seller_here(upload: Upload, row: DealRow) -> AbstractBaseUser:
    """The seller whom deal.json names, if they work here; else whoever brought the deal."""
    emails = [one.email.casefold() for one, side in listed_people(row) if side == "seller" and one.email]
    if upload.user.email and upload.user.email.casefold() in emails:
        return upload.user
    for email in emails:
        found = get_user_model().objects.filter(email__iexact=email, is_active=True, member__isnull=False).first()
        if found is not None:
            return found
    return upload.user
