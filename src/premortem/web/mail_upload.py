"""A mailbox or a calendar that was dropped: looked at for its preview, taken in. It finds the deals that its importer
may change, and no others."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
from django.utils import timezone
from msgspec import Struct

from premortem.acts.bringing_in.bring_in_calendar import MeetingLine, bring_in_calendar
from premortem.acts.bringing_in.bring_in_mail import MailDocument, MailLine, bring_in_mail
from premortem.acts.bringing_in.in_view import InView
from premortem.acts.bringing_in.mail_settings import mail_settings
from premortem.acts.bringing_in.reading_choices import Choices
from premortem.acts.bringing_in.what_came import kind_of
from premortem.errors import Unreadable
from premortem.importing.calendar.reading import Meeting, read_calendar
from premortem.importing.mailbox.opening import letters
from premortem.importing.placing.mails import NEVER
from premortem.ledger.store import Ledger
from premortem.records.firm.import_rows import MatchAnswer
from premortem.records.firm.models import Member, Upload
from premortem.web.deal_homes import changed_by
from premortem.web.ledger import ledger

Tell = Callable[[str, int, int], None]
MOST_ASKED = 2_000
"""Mails and meetings that a preview lists; all of them are counted."""


class MailsLooked(Struct):
    """What became of a mailbox's mails: each is placed, asked about or left out, and the sum is right.

    `known` are those placed ones that their deals have already; `deals` how many each got, `reasons` why the others
    were left out. `asked` are shown to whoever brought them, and forgotten once they are taken in.
    """

    mails: int
    placed: int
    known: int
    left_out: int
    asked_about: int
    deals: list[tuple[str, int]]
    reasons: list[tuple[str, int]]
    asked: list[MailLine] = []
    read: int = 0
    facts: int = 0
    remarks: list[str] = []
    aside: dict[str, int] = {}


class MeetingsLooked(Struct):
    """What became of a calendar's meetings, how many of each; `lines` are those that concern a known account."""

    meetings: int
    counts: dict[str, int]
    lines: list[MeetingLine] = []
    reasons: list[tuple[str, int]] = []
    deals: list[str] = []
    remarks: list[str] = []
    time_zone: str = ""
    aside: dict[str, int] = {}


def look_at_mails(upload: Upload, aside: dict[str, int], tell: Tell) -> MailsLooked:
    """Raises Unreadable where the settings of what is never read can't be read: then no mail is."""
    looked = _mails(_bring(upload, tell, preview=True), asked=True)
    looked.aside = aside
    return looked


def take_mails(upload: Upload, tell: Tell) -> MailsLooked:
    """Read the mails that found their deal."""
    return _mails(_bring(upload, tell, preview=False), asked=False)


def look_at_meetings(upload: Upload, aside: dict[str, int]) -> MeetingsLooked:
    looked = _meetings(upload, preview=True)
    looked.aside = aside
    return looked


def take_meetings(upload: Upload) -> MeetingsLooked:
    """Join the meetings with their calls. Subjects are forgotten: the ledger has the calls."""
    looked = _meetings(upload, preview=False)
    looked.lines = []
    return looked


def question_of(key: str) -> str:
    """Under which hash the answer to a question is kept."""
    return hashlib.sha256(key.encode()).hexdigest()


def in_view(upload: Upload) -> Ledger:
    """The ledger as whoever brought the files may change it."""
    member = Member.objects.select_related("team", "user").filter(user=upload.user).first()
    if member is not None and member.role == "admin":
        return ledger()
    return InView(ledger(), sorted(changed_by(member)))


def _bring(upload: Upload, tell: Tell, preview: bool) -> MailDocument:
    held = in_view(upload)
    there = set(held.store.deals())
    told = MatchAnswer.objects.filter(user=upload.user).values_list("key", "answer")
    answers = {key: deal for key, deal in told if deal == NEVER or deal in there}
    now = timezone.now() if preview else upload.taken_at
    assert now is not None
    box = letters(Path(upload.folder))
    return bring_in_mail(held, box, now, mail_settings(ledger().place), answers, preview=preview, progress=tell)


def _mails(told: MailDocument, asked: bool) -> MailsLooked:
    counts = told.counts
    return MailsLooked(
        mails=len(told.mails),
        placed=counts["placed"],
        known=told.known,
        left_out=counts["left_out"],
        asked_about=counts["asked"],
        deals=Counter(told.deals).most_common(),
        reasons=told.reasons.most_common(),
        asked=told.of("asked")[:MOST_ASKED] if asked else [],
        read=told.read,
        facts=told.facts,
        remarks=told.remarks,
    )


def _meetings(upload: Upload, preview: bool) -> MeetingsLooked:
    zone = msgspec.convert(upload.choices, Choices).time_zone
    found, odd = _read_all(Path(upload.folder), zone)
    now = timezone.now() if preview else upload.taken_at
    assert now is not None
    told = bring_in_calendar(in_view(upload), found, now, mail_settings(ledger().place), preview)
    left = Counter(one.why for one in told.meetings if one.became == "left_out")
    return MeetingsLooked(
        meetings=len(told.meetings),
        counts=dict(told.counts),
        lines=[one for one in told.meetings if one.became != "left_out"][:MOST_ASKED],
        reasons=left.most_common(),
        deals=sorted({one.deal for one in told.meetings if one.deal is not None and one.became == "joined"}),
        remarks=[*odd, *told.remarks],
        time_zone=zone,
    )


def _read_all(folder: Path, zone: str) -> tuple[list[Meeting], list[str]]:
    """The meetings of all calendars among the files; of one that can't be read, why. Raises it where it is alone."""
    found: list[Meeting] = []
    refused: list[Unreadable] = []
    for file in _calendars(folder):
        try:
            found += read_calendar(file, zone or None)
        except Unreadable as one:
            refused.append(one)
    if refused and not found:
        raise refused[0]
    return found, [str(one).replace(f"{folder}/", "") for one in refused]


def _calendars(folder: Path) -> Iterable[Path]:
    return (one for one in sorted(folder.rglob("*")) if one.is_file() and kind_of(one) == "calendar")
