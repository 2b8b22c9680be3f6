"""Rows that tell what happened → activities: mails, calls, meetings and notes; each row not taken with its reason.

Which deal a row belongs to is told here where it names one. Where it names only people, `deals` stays empty, and
whoever knows when deals ran can place it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import getaddresses
from typing import Literal, cast

from premortem.importing.mapped.columns import Columns
from premortem.importing.mapped.deal_names import DealNames, is_id
from premortem.importing.mapped.deals import DealsTold
from premortem.importing.mapped.lookups import Directory, domain, written_out
from premortem.importing.mapped.mapping import Activities, listed
from premortem.importing.placing.deals import FREE_MAIL
from premortem.importing.tables.crm import CrmActivity, CrmPerson
from premortem.importing.tables.sheet import NotTaken, Told, bare
from premortem.importing.tables.styles import Moment

Form = Literal["mail", "call", "meeting", "note"]
KINDS: tuple[tuple[str, Form], ...] = (
    ("call", "call"),
    ("phone", "call"),
    ("meeting", "meeting"),
    ("event", "meeting"),
    ("demo", "meeting"),
    ("lunch", "meeting"),
    ("visit", "meeting"),
)
"""What a row's type says where its table holds several: the first word that it holds."""
NOT_DONE = frozenset(
    re.findall(
        r"\w+",
        """no false 0 todo open planned notstarted inprogress scheduled waiting waitingonsomeoneelse deferred draft
        notheld canceled cancelled noshow rescheduled failed bounced sending missed""",
    )
)
"""What a status says, as it is compared, where something did not happen, or not yet."""
IN = frozenset({"incoming", "incomingemail", "received", "inbound", "1", "true", "yes"})
"""What a mail's direction says where somebody wrote to us."""
OUT = frozenset({"outgoing", "outgoingemail", "email", "sent", "outbound", "0", "false", "no"})
"""And where one of us wrote. A mail that was forwarded to the CRM may be anybody's."""
LONG = 6
"""Characters of words of which there must be so many: 'Call' alone tells nothing."""


class ActivityRows:
    """The activities of an export, table by table. `left_out` is told of each row that is not taken."""

    def __init__(self, deals: DealNames, export: DealsTold, left_out: Told, now: datetime) -> None:
        self._deals, self._accounts = deals, export.accounts
        self._contacts, self._users = export.contacts, export.users
        self._own = export.users.domains - export.contacts.domains - FREE_MAIL
        self._left_out, self._now = left_out, now
        self._seen: set[tuple[str, str]] = set()
        self._told_elsewhere: set[str] = set()

    def read(self, columns: Columns, part: Activities) -> Iterator[CrmActivity]:
        for line, cells in columns.sheet.rows(columns._told):
            row = _Row(columns, part, line, cells)
            why = self._why_not(row)
            found = None if why else self._activity(row)
            if isinstance(found, CrmActivity) or row.says("private") or row.says("deleted"):
                self._told_elsewhere.add(row.text("same_as"))
            if isinstance(found, CrmActivity):
                yield found
            elif why := why or found:
                self._left_out(NotTaken(columns.sheet.file, line, "", row.text("id"), *why))

    def _why_not(self, row: _Row) -> tuple[str, str] | None:
        """Why a row is not taken before its words are looked at."""
        if row.says("deleted"):
            return "it is deleted in the CRM", ""
        if row.says("private"):
            return "it is private", ""
        if row.says("copy"):
            return "it is the copy that somebody who was invited has", ""
        if row.says("machine") or any(one in bare(row.text("machine")) for one in ("notification", "auto")):
            return "the CRM wrote it, and nobody said it", ""
        if row.text("id") and row.text("id") in self._told_elsewhere:
            return "another table tells the same, with its words", ""
        if why := row.of_no_deal:
            return why
        if not row.is_done:
            return "it has not happened, or not yet", "Export it again once it is done."
        return None

    def _activity(self, row: _Row) -> CrmActivity | tuple[str, str]:
        moment = row.moment(self._now)
        if moment is None:
            return "nothing tells when this was", "Write the day as YYYY-MM-DD."
        at = moment.at
        if at > self._now:
            return "it lies ahead", "Export it again once it is done."
        named = row.text("deal")
        deals = self._deals.find(named) if named else ()
        if deals is None:
            return f"two deals or more are called '{named}'", "Export the deals' ids beside their names."
        if named and not deals and not self._is_account(named):
            return "what it names is no deal of this export or of the ledger", "Export that deal too, if it is one."
        words, subject = row.text("words") or row.text("html"), row.text("subject")
        if len(f"{subject}{words}".strip()) < LONG:
            return "there are no words in it", ""
        people = [self._somebody(self._contacts, one) for one in re.split(r"[;,](?=\s*\S)", row.text("people")) if one]
        known = [one for one in people if one is not None]
        activity = CrmActivity(
            row.form(),
            row.called,
            row.text("id") or hashlib.sha256(f"{row.text('deal')}\n{at}\n{subject}\n{words}".encode()).hexdigest()[:16],
            at,
            row.columns.sheet.file,
            row.line,
            deals,
            subject,
            words,
            html=not row.text("words") or row.in_html,
            day_only=moment.day_only,
            people=tuple(dict.fromkeys(one.name for one in known if one.name)),
            addresses=tuple(dict.fromkeys(one.email for one in known if one.email)),
            message_id=row.text("message_id").strip("<> "),
            answers=row.text("answers").strip("<> "),
        )
        if (activity.called, activity.id) in self._seen:
            return "a row with this id was read before", ""
        self._seen.add((activity.called, activity.id))
        return self._as_mail(row, activity) if activity.form == "mail" else self._as_note(row, activity)

    def _as_mail(self, row: _Row, mail: CrmActivity) -> CrmActivity | tuple[str, str]:
        """A mail speaks with its sender's voice: who that was must be told."""
        named, addressed = row.people("sender"), row.text("sender_name")
        owner = self._somebody(self._users, row.text("owner"))
        if named:
            mail.sender = (named[0][0] or addressed, named[0][1])
        elif row.is_incoming is False and owner is not None and owner.email:
            mail.sender = (owner.name or "", owner.email)
        elif row.is_incoming and len(mail.addresses) == 1:
            mail.sender = (next(iter(mail.people), ""), mail.addresses[0])
        else:
            return "nothing tells who wrote this mail", "Export the addresses of sender and receivers too."
        mail.to, mail.cc = row.people("to"), row.people("cc")
        if not mail.to and row.is_incoming is not True and mail.sender[1] not in mail.addresses:
            mail.to = tuple(("", one) for one in mail.addresses)
        everybody = (mail.sender, *mail.to, *mail.cc)
        mail.addresses = tuple(dict.fromkeys([*(email for _, email in everybody if email), *mail.addresses]))
        sent = everybody[: row.is_incoming is False]
        mail.ours = tuple(found for one in everybody if (found := self._one_of_us(*one, one in sent)))
        return mail

    def _one_of_us(self, name: str, email: str, sent: bool) -> tuple[str, str] | None:
        user = self._users.find(email)
        ours = user is not None or domain(email) in self._own or bare(name) in self._deals.owners
        if not email or not (sent or (ours and self._contacts.find(email) is None)):
            return None
        return name or (user.name if user else None) or "", email

    def _is_account(self, named: str) -> bool:
        """Whether it is no deal but an account or a contact, by the export or by how Salesforce's ids begin."""
        told = named in self._accounts or self._contacts.find(named) is not None
        return told or re.fullmatch(r"00[13]\w{12}(\w{3})?", named) is not None

    def _as_note(self, row: _Row, note: CrmActivity) -> CrmActivity | tuple[str, str]:
        """What one of our people wrote down: without a name it would be nobody's word, or anybody's."""
        owner = self._somebody(self._users, row.text("owner"))
        note.author = (owner.name or owner.email or "") if owner is not None else ""
        if not note.author:
            return "nothing tells who of us wrote this", "Export the users too, or a column with the owner's name."
        return note

    def _somebody(self, among: Directory, told: str) -> CrmPerson | None:
        """Whoever an id, an address or a name means; a name that is in no table is taken as it is told."""
        told = told.strip()
        known = among.find(told) if told else None
        if known is not None or not told or is_id(told):
            return known
        return next(written_out(told), None)


class _Row:
    """A row of activities, by what its columns tell."""

    def __init__(self, columns: Columns, part: Activities, line: int, cells: list[str]) -> None:
        self.columns, self.line, self._part, self._cells = columns, line, part, cells

    @property
    def called(self) -> str:
        return self._part.called or self._part.form or "activity"

    def text(self, field: str) -> str:
        return self.columns.text(self.line, self._cells, field)

    def says(self, field: str) -> bool:
        return self.columns.truth(self.line, self._cells, field) is True

    @property
    def of_no_deal(self) -> tuple[str, str] | None:
        """Why the record that it belongs to is no deal, or may be none."""
        deals = [bare(one) for one in self._part.models]
        if deals and self.columns.has("model") and bare(self.text("model")) not in deals:
            return "it belongs to a record that is no deal", ""
        if deals and not self.columns.has("model") and self.text("deal").isdigit():
            remedy = f"Export the column '{listed(self._part.model)[0]}' too."
            return "which kind of record its number means can't be told", remedy
        return None

    def moment(self, now: datetime) -> Moment | None:
        """When it was: its time or day, or when it was done where that lies ahead or is not there."""
        found = [self.columns.moment(self.line, self._cells, field) for field in ("at", "day", "done_at")]
        told = [one for one in found if one is not None]
        return next((one for one in told if one.at <= now), told[0] if told else None)

    def form(self) -> Form:
        if self._part.form:
            return cast(Form, self._part.form)
        kind = bare(self.text("kind"))
        return next((form for word, form in KINDS if word in kind), "mail" if self._is_mail(kind) else "note")

    def _is_mail(self, kind: str) -> bool:
        return "mail" in kind and bool(self.text("sender"))

    @property
    def is_done(self) -> bool:
        """Whether it happened; a table that does not tell it holds only what did."""
        told, listed = bare(self.text("done")), self._part.not_done
        return not self.columns.has("done") or told not in (map(bare, listed) if listed else {*NOT_DONE, ""})

    @property
    def in_html(self) -> bool:
        return re.match(r"\s*<[a-zA-Z!][^<>]*>", self.text("words")) is not None

    @property
    def is_incoming(self) -> bool | None:
        told = bare(self.text("incoming"))
        return True if told in IN else False if told in OUT else None

    def people(self, field: str) -> tuple[tuple[str, str], ...]:
        """Names with addresses as an address line has them, parted by commas, semicolons or blanks."""
        told = self.text(field).replace(";", ",")
        if "," not in told and "<" not in told:
            told = ",".join(told.split()) if told.count("@") > 1 else told
        return tuple((name.strip(), email.lower()) for name, email in getaddresses([told]) if "@" in email)
