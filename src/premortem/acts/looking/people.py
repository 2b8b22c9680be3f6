"""Merge two records of one human, part them again, and say which side somebody is on."""

from __future__ import annotations

from datetime import datetime

from premortem.acts.witness import Witness
from premortem.errors import Unknown
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry, Person, PersonId, Side
from premortem.ledger.fold import ALWAYS, deal_as_of
from premortem.ledger.store import Ledger


def deal_in(ledger: Ledger, deal: str) -> Deal:
    """A deal of the ledger. Raises Unknown where it is not there."""
    entries = ledger.store.read(deal)
    if not entries:
        raise Unknown(f"there is no deal '{deal}' in the ledger", "`premortem deals` lists what is there.")
    return deal_as_of(entries)


def merge_people(ledger: Ledger, deal: str, one: str, other: str, by: str, now: datetime) -> PersonId:
    """Say that `one` is the same human as `other`: ids, or names that only one person in the deal has."""
    view = deal_in(ledger, deal)
    keep, fold_in = person_called(ledger, view, other), person_called(ledger, view, one)
    if keep == fold_in:
        raise Unknown(f"'{one}' and '{other}' are one person already", "There is nothing to merge.")
    _tell(ledger, view, Person(fold_in, same_as=keep), by, now)
    return keep


def split_person(ledger: Ledger, deal: str, one: str, by: str, now: datetime) -> list[PersonId]:
    """Part everybody who was merged into a person from them again; the ids that stand for themselves now."""
    view = deal_in(ledger, deal)
    person = view.people[person_called(ledger, view, one)]
    if not person.merged:
        raise Unknown(f"nobody was merged into '{one}'", "There is nothing to part.")
    for part in person.merged:
        _tell(ledger, view, Person(part, same_as=part), by, now)
    return [person.id, *person.merged]


def set_side(ledger: Ledger, deal: str, one: str, side: Side, by: str, now: datetime) -> PersonId:
    """Say whether somebody is on the buyer's side, the seller's, or outside."""
    view = deal_in(ledger, deal)
    person = person_called(ledger, view, one)
    _tell(ledger, view, Person(person, side=side), by, now)
    return person


def person_called(ledger: Ledger, deal: Deal, called: str) -> PersonId:
    """The one person of a deal with this id, name, title or first name. Raises Unknown where none or several are."""
    if called in deal.people:
        return called
    names = Witness(deal, ledger.contents).names
    wanted = called.casefold()
    exact = [one for one, name in names.items() if name.casefold() == wanted]
    found = exact or [one for one, name in names.items() if wanted in name.casefold().split()]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{name} ({one})" for one, name in sorted(names.items(), key=lambda item: item[1]))
    why = f"several people are called '{called}'" if found else f"nobody is called '{called}'"
    raise Unknown(f"in {deal.id} {why}", f"Take one of these ids: {known}.")


def _tell(ledger: Ledger, deal: Deal, person: Person, by: str, now: datetime) -> None:
    ledger.store.append([Entry(deal.id, ALWAYS, now, f"user:{by}", person)])
    ledger.reading.refresh(deal.id)
