"""The post-mortem: everybody's account of a deal's end, and what follows from them. Blame is pointed out, and kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from msgspec import Meta, Struct
from ninja import Router

from premortem.acts.afterwards import conclude as concluding
from premortem.acts.afterwards.post_mortem import LONGEST, Account, Ended, give_account
from premortem.acts.afterwards.post_mortem_shown import PostMortemDocument
from premortem.acts.afterwards.post_mortem_shown import post_mortem as post_mortem_of
from premortem.acts.looking.reviewing import review_changed
from premortem.api.asked import by, today, told_day
from premortem.api.routes.deals import entries_of
from premortem.api.shown import Given, Shown
from premortem.learning.blame import Blame, blaming
from premortem.learning.post_mortem import Team
from premortem.web import access
from premortem.web.ledger import ledger, rules
from premortem.web.pages.post_mortem import colleagues, names_in, takes_part

router = Router()
Text = Annotated[str, Meta(max_length=LONGEST)]


class AccountTold(Struct, frozen=True, forbid_unknown_fields=True):
    """What one person tells of a deal's end; what is left out stays as it was told before.

    `ticked` are checks whose finding they wish to have reacted to earlier. `team`: for which an admin speaks.
    """

    status: Ended | None = None
    to: Text | None = None
    rank: Annotated[int, Meta(ge=1, le=99)] | None = None
    reason: Text | None = None
    ticked: list[str] = []
    wish: Text | None = None
    ended: date | None = None
    team: Team | None = None


class Factor(Struct, frozen=True, forbid_unknown_fields=True):
    """What contributed, in own words. `team`: for which an admin speaks."""

    words: Text
    team: Team | None = None


class Action(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be done, by whom and by when; `about` is the factor that it follows from."""

    words: Text
    owner: str
    due: date
    about: str | None = None


class Recurred(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether what an action was to prevent happened again."""

    again: bool
    words: Text = ""


class SomeWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Words."""

    words: Annotated[str, Meta(max_length=5000)]


class Taken(Struct, frozen=True):
    """What was taken in, by the id that it has as a conclusion, and which of its words can be read as blame."""

    id: str | None
    blame: list[Blame]


@router.get("deals/{deal}/post-mortem", response=Shown[PostMortemDocument])
def post_mortem(request: HttpRequest, deal: str) -> PostMortemDocument:
    """How the deal ended, by everybody's account, and beside it what could be seen before."""
    member = access.see(request, deal)
    access.note_look(member, deal)
    return post_mortem_of(entries_of(deal), ledger().contents, rules(), today(), colleagues())


@router.post("deals/{deal}/post-mortem/accounts", response={201: Shown[Taken]})
def account(request: HttpRequest, deal: str, given: Given[AccountTold]) -> Taken:
    """Give your account of how the deal ended."""
    _, team = takes_part(request, deal, given.team)
    told = Account(
        team, given.status, given.to, given.rank, given.reason, tuple(given.ticked), given.wish, told_day(given.ended)
    )
    blame = give_account(ledger(), rules(), deal, told, *by(request))
    return _kept(request, deal, None, blame)


@router.post("deals/{deal}/post-mortem/factors", response={201: Shown[Taken]})
def factor_add(request: HttpRequest, deal: str, given: Given[Factor]) -> Taken:
    """Add what contributed."""
    _, team = takes_part(request, deal, given.team)
    made, blame = concluding.add_factor(ledger(), deal, given.words, team, *by(request))
    return _kept(request, deal, made.conclusion, blame)


@router.post("deals/{deal}/post-mortem/actions", response={201: Shown[Taken]})
def action_add(request: HttpRequest, deal: str, given: Given[Action]) -> Taken:
    """Add what is to be done, by whom and by when."""
    takes_part(request, deal)
    due = told_day(given.due)
    made, blame = concluding.add_action(ledger(), deal, given.words, given.owner, due, *by(request), given.about)
    return _kept(request, deal, made.conclusion, blame)


@router.post("deals/{deal}/post-mortem/actions/{action}/done", response={204: None})
def action_done(request: HttpRequest, deal: str, action: str) -> None:
    """Say that an action was done."""
    takes_part(request, deal)
    concluding.done(ledger(), deal, action, *by(request))
    _kept(request, deal, None, [])


@router.post("deals/{deal}/post-mortem/actions/{action}/recurred", response={201: Shown[Taken]})
def action_recurred(request: HttpRequest, deal: str, action: str, given: Given[Recurred]) -> Taken:
    """Say whether what an action was to prevent happened again."""
    takes_part(request, deal)
    made = concluding.recurred(ledger(), deal, action, given.again, *by(request), given.words)
    return _kept(request, deal, made.conclusion, blaming(given.words, names_in(entries_of(deal))))


@router.delete("deals/{deal}/post-mortem/conclusions/{conclusion}", response={204: None})
def conclusion_end(request: HttpRequest, deal: str, conclusion: str) -> None:
    """Take a factor or an action back. It stays in the ledger."""
    takes_part(request, deal)
    concluding.take_back(ledger(), deal, conclusion, *by(request))
    _kept(request, deal, None, [])


@router.post("deals/{deal}/post-mortem/wording", response=Shown[list[Blame]])
def wording(request: HttpRequest, deal: str, given: Given[SomeWords]) -> list[Blame]:
    """Which of these words can be read as blame, and what to write instead. Nothing is kept."""
    access.see(request, deal)
    return blaming(given.words, names_in(entries_of(deal)))


def _kept(request: HttpRequest, deal: str, made: str | None, blame: list[Blame]) -> Taken:
    review_changed(ledger(), rules(), by(request)[1].date(), only=[deal])
    return Taken(made, blame)
