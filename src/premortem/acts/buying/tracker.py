"""Problems to and from an issue tracker, by ticket: a table out, a table or a word of the tracker's in.

Whatever a tracker says, it answers a problem and never closes one: that is for field staff.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct

from premortem.acts.buying.problems import answer, bind, reopen
from premortem.acts.buying.problems_shown import ProblemsDocument
from premortem.errors import Unknown
from premortem.importing.tables.cells import as_typed, defused
from premortem.ledger.entries import Problem
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger
from premortem.records.evaluations import Evaluated

COLUMNS = ("problem", "deal", "ticket", "state", "words", "area", "moment", "met", "breaks_trust", "weight", "currency")
MENDED = frozenset({"done", "fixed", "closed", "resolved", "answered", "merged", "released"})
AT_WORK = frozenset({"open", "reopened", "new", "todo", "in progress", "in_progress", "backlog", "doing"})
"""What trackers call a state, in small letters."""
LONGEST = 100


class Word(Struct, frozen=True):
    """What a tracker says. `problem` and `deal` bind a ticket to a problem the first time it is named."""

    ticket: str
    state: str = ""
    problem: str = ""
    deal: str = ""


class Heard(NamedTuple):
    """What came of it: how many problems were bound, answered, opened again, left as they were; and what was not
    understood, a line each."""

    bound: int = 0
    answered: int = 0
    opened: int = 0
    same: int = 0
    not_understood: tuple[str, ...] = ()

    def and_also(self, other: Heard) -> Heard:
        return Heard(
            self.bound + other.bound,
            self.answered + other.answered,
            self.opened + other.opened,
            self.same + other.same,
            self.not_understood + other.not_understood,
        )


May = Callable[[str], bool]
"""Whether whoever sends may change a deal."""


def table(document: ProblemsDocument) -> str:
    """The problems as CSV, a line for each deal that has one, in the order in which to mend them."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for one in document.problems:
        tickets = ", ".join(one.tickets)
        for known in one.deals:
            row = (
                known.problem,
                known.deal,
                tickets,
                known.state,
                one.words,
                one.area or "",
                known.moment,
                known.met or "",
                "yes" if one.breaks_trust else "no",
                f"{one.factors.weight:.3f}",
                known.currency or "",
            )
            writer.writerow([defused(str(cell)) for cell in row])
    return "\ufeff" + written.getvalue()


def words_in(told: str) -> list[Word]:
    """The lines of a tracker's CSV: it needs a column 'ticket', and one of 'state' or 'status' or 'problem'.

    Raises Unknown where they are not there.
    """
    try:
        return _words_in(csv.DictReader(io.StringIO(told.removeprefix("\ufeff"))))
    except csv.Error as mistake:
        raise Unknown(f"this table can't be read: {mistake}", "Export it as CSV with commas.") from mistake


def _words_in(rows: csv.DictReader[str]) -> list[Word]:
    names = {(name or "").strip().casefold(): name for name in rows.fieldnames or ()}
    state = names.get("state") or names.get("status")
    if "ticket" not in names or not (state or "problem" in names):
        raise Unknown(
            "this table has no column 'ticket', or no state", "It needs: ticket, state; problem and deal too."
        )
    cells = {"ticket": names["ticket"], "state": state, "problem": names.get("problem"), "deal": names.get("deal")}
    found = []
    for row in rows:
        told_here = {key: as_typed((row.get(name) or "").strip())[:LONGEST] for key, name in cells.items() if name}
        if told_here["ticket"]:
            found.append(Word(**told_here))
    return found


def take_in(
    ledger: Ledger, deals: list[Evaluated], words: list[Word], by: str, now: datetime, may: May = lambda deal: True
) -> Heard:
    """Enter what a tracker says of these deals' problems. What the ledger has already adds nothing."""
    here = {one.deal: deal_as_of(one.told).problems for one in deals if may(one.deal)}
    heard = Heard()
    for word in words:
        heard = heard.and_also(_one(ledger, here, word, by, now))
    return heard


def _one(ledger: Ledger, here: dict[str, dict[str, Problem]], word: Word, by: str, now: datetime) -> Heard:
    meant = list(_meant(here, word))
    if not meant:
        return Heard(not_understood=(f"{word.ticket}: no problem here has this ticket, or is called {word.problem!r}",))
    state = word.state.strip().casefold()
    if state and state not in MENDED | AT_WORK:
        return Heard(not_understood=(f"{word.ticket}: '{word.state}' is no state that is known here",))
    heard = Heard()
    for deal, problem in meant:
        heard = heard.and_also(_of_one(ledger, here, deal, problem, word.ticket, state, by, now))
    return heard


def _of_one(
    ledger: Ledger,
    here: dict[str, dict[str, Problem]],
    deal: str,
    known: Problem,
    ticket: str,
    state: str,
    by: str,
    now: datetime,
) -> Heard:
    bound = known.ticket != ticket
    if bound:
        known = bind(ledger, deal, known.problem, by, now, ticket=ticket)
    answered = state in MENDED and known.state == "open"
    opened = state in AT_WORK and known.state == "answered"
    if answered:
        known = answer(ledger, deal, known.problem, by, now)
    elif opened:
        known = reopen(ledger, deal, known.problem, by, now)
    here[deal][known.problem] = known
    return Heard(int(bound), int(answered), int(opened), int(not (bound or answered or opened)))


def _meant(here: dict[str, dict[str, Problem]], word: Word) -> Iterator[tuple[str, Problem]]:
    """The problems that a word is about: the one it names, else all that have its ticket."""
    for deal, problems in here.items():
        for known in list(problems.values()):
            if word.problem:
                if known.problem == word.problem and word.deal in ("", deal):
                    yield deal, known
            elif known.ticket == word.ticket:
                yield deal, known
