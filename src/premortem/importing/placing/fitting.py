"""Which deal something belongs to: what it shows of people, account, thread and time, against the deals known.

A deal is chosen where the evidence for it holds all that speaks for any other, and more. Where two are left, or none
ran at the time, it is asked; there is no score that could tip.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from premortem.importing.placing.deals import Deals, domain_of

Became = Literal["placed", "asked", "left_out"]
SHOWN = 5
"""Candidates that are shown: of an account with forty deals the likeliest are enough to choose from."""


class Signs(Struct, frozen=True):
    """What a mail, call or meeting shows. `thread` are the deals of the mails that it answers or that answer it.

    `text` is where a deal may be named, such as the file's name and folder.
    """

    at: datetime | None
    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    text: str = ""
    thread: frozenset[str] = frozenset()


class Candidate(Struct, frozen=True):
    """A deal that something may belong to, and what speaks for it."""

    deal: str
    why: str


class Verdict(Struct, frozen=True):
    """What becomes of something, and why in one sentence."""

    became: Became
    why: str
    deal: str | None = None
    candidates: tuple[Candidate, ...] = ()


class Fit(Struct, frozen=True):
    """What speaks for a deal: `people` who take part in it, `account` those who are at its account as well, and whether
    something names it."""

    deal: str
    people: frozenset[str]
    account: frozenset[str]
    named: bool
    thread: bool

    def outweighs(self, other: Fit) -> bool:
        """Whether all that speaks for the other speaks for this one, and more."""
        mine, theirs = self._told(), other._told()
        return mine != theirs and all(ours >= others for ours, others in zip(mine, theirs, strict=True))

    def _told(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        marks = frozenset(mark for mark, there in (("named", self.named), ("thread", self.thread)) if there)
        return self.people, self.account, marks


def fits(signs: Signs, deals: Deals) -> list[Fit]:
    """Every deal that something speaks for, in the order of ids."""
    people: dict[str, set[str]] = {}
    account: dict[str, set[str]] = {}
    for one in signs.addresses:
        if deals.is_ours(one):
            continue
        for deal in deals.with_person(one):
            people.setdefault(deal, set()).add(one)
            account.setdefault(deal, set()).add(one)
        for deal in deals.with_domain(one):
            account.setdefault(deal, set()).add(one)
    for name in signs.names:
        for deal in deals.with_name(name):
            people.setdefault(deal, set()).add(name)
            account.setdefault(deal, set()).add(name)
    named = deals.named_in(signs.text) if signs.text else set()
    return [
        Fit(
            deal,
            frozenset(people.get(deal, ())),
            frozenset(account.get(deal, ())),
            deal in named,
            deal in signs.thread,
        )
        for deal in sorted(people.keys() | account.keys() | named | signs.thread)
    ]


def decide(signs: Signs, found: Collection[Fit], deals: Deals) -> Verdict:
    """The deal that something belongs to, or which of them are asked about. Raises ValueError where nothing fits."""
    if not found:
        raise ValueError("nothing speaks for any deal")
    if signs.at is None:
        return _ask("nothing tells when it was", found, signs, deals)
    threaded = [one for one in found if one.thread and (one.account or one.named)]
    if len(signs.thread) == 1 and threaded:
        return _placed(threaded[0], deals)
    running = [one for one in found if deals.running(one.deal, signs.at) and (one.account or one.named)]
    if not running:
        if not any(one.account or one.named for one in found):
            return _ask("it is part of a deal's thread, but nobody in it is known", found, signs, deals)
        return _ask("no deal of theirs ran at the time", found, signs, deals)
    best = [one for one in running if all(one is other or one.outweighs(other) for other in running)]
    if not best:
        return _ask(f"it fits {len(running)} deals", running, signs, deals)
    if signs.thread and best[0].deal not in signs.thread:
        return _ask("its people and its thread tell two deals", found, signs, deals)
    return _placed(best[0], deals)


def _placed(fit: Fit, deals: Deals) -> Verdict:
    return Verdict("placed", _speaking(fit, deals), fit.deal)


def _ask(why: str, found: Iterable[Fit], signs: Signs, deals: Deals) -> Verdict:
    """The likeliest come first: whom the thread names, with whom most people speak, whose time is nearest."""

    def rank(fit: Fit) -> tuple[bool, bool, int, int, float, str]:
        away = abs(deals.distance(fit.deal, signs.at).total_seconds()) if signs.at is not None else 0.0
        return not fit.thread, not fit.named, -len(fit.people), -len(fit.account), away, fit.deal

    ordered = sorted(found, key=rank)
    shown = tuple(Candidate(one.deal, _speaking(one, deals) + _timing(one, signs, deals)) for one in ordered[:SHOWN])
    more = len(ordered) - len(shown)
    return Verdict("asked", why + (f" (and {more} more)" if more > 0 else ""), None, shown)


def _speaking(fit: Fit, deals: Deals) -> str:
    told = ["its thread is this deal's"] if fit.thread else []
    told += ["it names this deal"] if fit.named else []
    told += [f"{_listed(fit.people)} {'takes' if len(fit.people) == 1 else 'take'} part in it"] if fit.people else []
    if not fit.people and fit.account:
        at = sorted({domain_of(one) for one in fit.account})
        told.append(f"{', '.join(at)} is {deals.by_id[fit.deal].account or 'its account'}")
    return "; ".join(told)


def _timing(fit: Fit, signs: Signs, deals: Deals) -> str:
    if signs.at is None:
        return ""
    days = deals.distance(fit.deal, signs.at).days
    if abs(deals.distance(fit.deal, signs.at)) <= deals.slack:
        return ""
    return f"; {abs(days)} days {'before it began' if days < 0 else 'after it ended'}"


def _listed(people: frozenset[str]) -> str:
    several = sorted(people)
    return " and ".join(several) if len(several) < 3 else f"{several[0]} and {len(several) - 1} more"
