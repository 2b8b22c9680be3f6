"""The activities of an export become touches: mails in their senders' words, all else as a note by one of our people.

A row that names its deal goes there. One that names only people is placed as a mail is: by whom the deals know, and by
when they ran; what fits none or two is left out with the reason. Each is read as a file is, whose name is its id in the
CRM: so the same row twice adds nothing, one that was changed is read anew, and a mail that came in from a mailbox is
known by its identifier.
"""

from __future__ import annotations

import re
from base64 import encodebytes
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime
from functools import partial
from itertools import islice

from msgspec import Struct

from premortem.acts.bringing_in.bring_in import Progress
from premortem.acts.bringing_in.deals_known import deals_known
from premortem.acts.bringing_in.known_deal import KnownDeal
from premortem.acts.bringing_in.read_many import ToRead, read_many
from premortem.importing.placing.deals import Deals, domain_of
from premortem.importing.placing.fitting import Signs, decide, fits
from premortem.importing.placing.privacy import Privacy
from premortem.importing.tables.crm import CrmActivity
from premortem.importing.tables.sheet import NotTaken
from premortem.ledger.contents import digest
from premortem.ledger.entries import Entry
from premortem.ledger.fold import ALWAYS
from premortem.ledger.store import Ledger, MovedOn
from premortem.listening.formats.hypertext import text_of
from premortem.listening.people import Roster

AT_ONCE = 20_000
"""Activities that are held at once, to be given to their deals."""
MOST_LISTED = 2_000


class ActivitiesBrought(Struct):
    """What the activities of an export added. `rows` are all, `placed` those that belong to a deal.

    `read` are touches that are new or were read anew, `known` those that the deals had. `left_out` holds the rows that
    were not taken with their line and reason (the first of them; `reasons` counts all), without what stands in them.
    """

    rows: int = 0
    placed: int = 0
    read: int = 0
    known: int = 0
    facts: int = 0
    left_out: list[NotTaken] = []
    reasons: dict[str, int] = {}
    remarks: list[str] = []


class ActivityImport:
    """Activities being brought in, many at a time."""

    def __init__(self, ledger: Ledger, now: datetime, privacy: Privacy, progress: Progress | None, write: bool) -> None:
        self._ledger, self._now, self._privacy = ledger, now, privacy
        self._progress, self._write = progress, write
        self._deals: Deals | None = None
        self._reasons: Counter[str] = Counter()
        self.done = ActivitiesBrought()
        self.touched: set[str] = set()
        """The deals that got something new."""

    def leave_out(self, what: NotTaken) -> None:
        self.done.rows += 1
        self._reasons[what.why] += 1
        if len(self.done.left_out) < MOST_LISTED:
            self.done.left_out.append(what)

    def all(self, activities: Iterator[CrmActivity]) -> ActivitiesBrought:
        """Place them and, where this is no preview, read them."""
        while some := list(islice(activities, AT_ONCE)):
            files: dict[str, list[ToRead]] = defaultdict(list)
            named: dict[str, CrmActivity] = {}
            for one in some:
                for deal in self._deals_of(one):
                    files[deal].append(as_file(one))
                    named[files[deal][-1].name] = one
            if self._write:
                self._read(files, named)
        self.done.reasons = dict(self._reasons.most_common())
        return self.done

    def _deals_of(self, one: CrmActivity) -> Iterable[str]:
        never = self._privacy.never_read(one.addresses, one.subject, "")
        deals = () if never else one.deals or self._placed(one)
        if never:
            self._tell(one, never)
        if deals:
            self.done.rows += 1
            self.done.placed += 1
        return deals

    def _placed(self, one: CrmActivity) -> tuple[str, ...]:
        if self._deals is None:
            self._deals = deals_known(self._ledger, self._privacy)
        signs = Signs(one.at, one.addresses, one.people)
        found = fits(signs, self._deals)
        if not found:
            why = "it names no deal, and nobody in it belongs to one"
            preview = "it names no deal; by its people one may be found once the deals are there"
            self._tell(one, why if self._write else preview, "Name its deal in the CRM." if self._write else "")
            return ()
        verdict = decide(signs, found, self._deals)
        if verdict.deal is None:
            could_be = ", ".join(f"{each.deal} ({each.why})" for each in verdict.candidates)
            self._tell(one, f"it names no deal, and {verdict.why}", f"Name its deal in the CRM; it may be {could_be}.")
            return ()
        return (verdict.deal,)

    def _tell(self, one: CrmActivity, why: str, remedy: str = "") -> None:
        self.leave_out(NotTaken(one.file, one.line, "", one.id, why, remedy))

    def _read(self, files: dict[str, list[ToRead]], named: dict[str, CrmActivity]) -> None:
        for deal, several in files.items():
            mails = [(file, ours) for file in several if (ours := self._ours(named[file.name]))]
            while mails and not self._seat(deal, mails):
                continue  # another process wrote meanwhile: think again with what the ledger holds now
        for brought in read_many(self._ledger, files, self._now, self._progress):
            self.done.read += brought.touches
            self.done.known += brought.known_already
            self.done.facts += brought.facts
            self.done.remarks += brought.remarks
            if brought.entries:
                self.touched.add(brought.deal)
            for left in brought.left_out:
                self.done.placed -= 1
                self.done.rows -= 1
                self._tell(named[left.file.partition("#")[0]], left.why)

    def _ours(self, one: CrmActivity) -> list[tuple[str, str]]:
        """Who of a mail's people is one of us, by the export and by the domains that the firm set."""
        own = tuple(f".{domain.lower()}" for domain in self._privacy.own)
        everybody = (one.sender, *one.to, *one.cc)
        return [*one.ours, *(each for each in everybody if f".{domain_of(each[1])}".endswith(own))]

    def _seat(self, deal: str, mails: list[tuple[ToRead, list[tuple[str, str]]]]) -> bool:
        """Tell a deal who is one of us before their mails are read, so that no word of ours passes for the buyer's.

        False where another process wrote to the deal meanwhile.
        """
        entries, contents = self._ledger.store.read(deal), self._ledger.contents
        known = KnownDeal(entries, contents)
        left = [ours for file, ours in mails if not (known.any_erased and known.was_erased(digest(file.whole())))]
        people = dict.fromkeys(one for ours in left for one in ours)
        fresh = known.seat_ours(Roster(deal, known.seller, known.account, contents.nonce), people)
        told = [Entry(deal, ALWAYS, self._now, "import:activities", person) for person in fresh]
        try:
            self._ledger.store.append(told, after=len(entries))
        except MovedOn:
            return False
        if told:
            self.touched.add(deal)
        return True


def as_file(one: CrmActivity) -> ToRead:
    """An activity as a file that a deal can take, under a name that stays its own."""
    own = f"{one.called}-{one.id}"
    plain = re.sub(r"[^\w.-]+", "-", own)[:80]
    name = plain if plain == own else f"{plain}-{digest(own.encode())[:8]}"
    if one.form == "mail":
        return ToRead(f"{name}.eml", partial(_mail, one))
    return ToRead(f"{name}.txt", partial(_note, one))


def _mail(one: CrmActivity) -> bytes:
    """Written out here: the standard library refuses headers that break the rules, and a CRM holds such."""
    everybody = (("From", (one.sender,)), ("To", one.to), ("Cc", one.cc))
    head = {line: ", ".join(_address(*each) for each in people) for line, people in everybody}
    head |= {"Subject": _on_a_line(one.subject), "Date": format_datetime(one.at)}
    for line, told in (("Message-ID", one.message_id), ("In-Reply-To", one.answers)):
        head[line] = f"<{_on_a_line(told)}>" if told else ""
    head["Content-Type"] = f'text/{"html" if one.html else "plain"}; charset="utf-8"'
    head["Content-Transfer-Encoding"] = "base64"
    lines = "".join(f"{line}: {told}\n" for line, told in head.items() if told)
    return f"{lines}\n".encode(errors="replace") + encodebytes(one.words.encode(errors="replace"))


def _address(name: str, email: str) -> str:
    quoted = re.sub(r'(["\\])', r"\\\1", _on_a_line(name))
    return f'"{quoted}" <{_on_a_line(email)}>' if quoted else f"<{_on_a_line(email)}>"


def _note(one: CrmActivity) -> bytes:
    """A note by its author and its time or day; its head says of a call or meeting with whom it was."""
    author = re.sub(r"[,:;(\n]+", " ", one.author).strip()
    words = (text_of(one.words) if one.html else one.words).strip()
    head = _on_a_line(one.subject)
    people = " and ".join(filter(None, (", ".join(one.people[:-1]), *one.people[-1:])))
    if people and one.form in ("call", "meeting"):
        head = f"{one.form.capitalize()} with {people}: {head}".rstrip(": ")
    elif people and not any(name in f"{head} {words}" for name in one.people):
        head = f"{head} ({people})".strip()
    when = one.at.date().isoformat() if one.day_only else one.at.isoformat()
    told = [f"Note by {author}, {when}", head, words]
    return "\n\n".join(filter(None, told)).encode(errors="replace")


def _on_a_line(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())
