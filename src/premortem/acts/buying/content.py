"""Content that fits: what to send to whom in a deal, what was sent, and entering that it was.

content(ledger, pieces, deal)                      what `premortem content DEAL --json` prints
send(ledger, pieces, deal, piece, to, by, now, …)  a piece went to somebody
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from msgspec import Struct

from premortem.acts.buying.content_shown import (
    ContentDocument,
    EarlyShown,
    NamedShown,
    PersonNamed,
    fit_shown,
    pack_shown,
    piece_named,
    sent_shown,
    what,
)
from premortem.acts.looking.people import person_called
from premortem.acts.telling.judge import entries_of
from premortem.acts.witness import Witness
from premortem.buying.content import (
    Given,
    Piece,
    answer_nothing,
    answers,
    early_requests,
    few,
    fits,
    given,
    packs,
    story,
    wrong_reader,
)
from premortem.buying.needs import Need, needs
from premortem.errors import Unknown
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Entry, Sent
from premortem.ledger.fold import deal_as_of, noon
from premortem.ledger.store import Ledger
from premortem.playbook.mistakes import meant
from premortem.records.pieces import Pieces

EXCHANGE = (
    "One fitting piece against half an hour with whoever will read it: what will it be used for, "
    "and what should it answer?"
)


class Gone(Struct, frozen=True):
    """A piece that was entered as sent, and what is to be said of it."""

    sent: Sent
    remarks: list[str]


def pieces_of(pieces: Pieces) -> list[Piece]:
    """The firm's pieces, by their keys."""
    return [Piece(*row) for row in pieces.all()]


def content(ledger: Ledger, pieces: Pieces, deal: str) -> ContentDocument:
    """What fits in a deal as it stands. Raises Unknown for one that is not there."""
    view = deal_as_of(entries_of(ledger, deal))
    ours, witness = pieces_of(pieces), Witness(view, ledger.contents)
    named = needs(view, words_of(witness))
    found, went = fits(view, ours, named), given(view)
    told = story(found)
    return ContentDocument(
        deal=deal,
        name=view.name,
        pieces=[piece_named(one) for one in ours],
        buyers=[PersonNamed(one.id, witness.name(one.id) or "") for one in view.buyers],
        story=fit_shown(told, witness) if told else None,
        few=[fit_shown(one, witness) for one in few(found)],
        packs=[pack_shown(one, witness) for one in packs(view, ours, named)],
        sent=[sent_shown(view, one, ours, witness) for one in went],
        answers_nothing=len(answer_nothing(went)),
        offered=sum(view.side(known.fact.speaker) != "buyer" for known in view.said("content_offered")),
        early=[EarlyShown(witness.cite(one.request.quote), one.told, EXCHANGE) for one in early_requests(view)],
        unanswered=_unanswered(named, ours, witness),
    )


def words_of(witness: Witness) -> Callable[[DealFact], str]:
    """What gives the words that a fact quotes."""
    return lambda known: witness.said(known, known.fact.start, known.fact.end)


def send(
    ledger: Ledger,
    pieces: Pieces,
    deal: str,
    piece: str,
    to: str,
    by: str,
    now: datetime,
    opened: bool | None = None,
    on: date | None = None,
) -> Gone:
    """Enter that a piece went to somebody; what it answers of what they or others named is found here.

    Told again of the same person it changes whether they opened it. Raises Unknown for a deal, a piece or a person
    that is not there, for somebody of ours, and for a day still to come.
    """
    entries = entries_of(ledger, deal)
    view = deal_as_of(entries)
    chosen = _piece_called(piece, pieces_of(pieces))
    person = person_called(ledger, view, to)
    if view.side(person) == "seller":
        raise Unknown(f"'{to}' is one of ours", "Name somebody of the buyer's side.")
    if on is not None and on > now.date():
        raise Unknown(f"{on.isoformat()} is still to come", "Enter it once it was sent.")
    named = needs(view, words_of(Witness(view, ledger.contents)))
    answered = _answered(chosen, person, named)
    body = Sent(chosen.key, person, opened, answered.claim if answered else None)
    at = noon(on) if on is not None and on < now.date() else now
    ledger.store.append([Entry(deal, at, now, f"user:{by}", body)], after=len(entries))
    ledger.reading.refresh(deal)
    return Gone(body, _remarks(view, body, chosen))


def _answered(piece: Piece, person: str, named: Sequence[Need]) -> Need | None:
    """What the piece answers best: of equals, what its reader named themselves."""
    found = [need for need in named if answers(piece, need)]
    return max(found, key=lambda one: (answers(piece, one), one.person == person, one.fact.at), default=None)


def _remarks(view: Deal, sent: Sent, piece: Piece) -> list[str]:
    said = []
    if sent.answers is None:
        said.append("Nobody named anything that this piece answers: it counts against us, not for us.")
    if wrong_reader(view, Given(view.as_of, sent), [piece]):
        said.append(f"It is written for the {piece.reader.replace('_', ' ')}, and that is not who gets it.")
    return said


def _piece_called(called: str, ours: Sequence[Piece]) -> Piece:
    found = [one for one in ours if called in (one.key, one.title)]
    if found:
        return found[0]
    if not ours:
        raise Unknown(f"there is no piece '{called}'", "There is none yet: `premortem content add` keeps the first.")
    raise Unknown(f"there is no piece '{called}'", meant(called, [one.key for one in ours]))


def _unanswered(named: Sequence[Need], ours: Sequence[Piece], witness: Witness) -> list[NamedShown]:
    """The newest word of each person on each thing that no piece answers."""
    newest = {(one.person, one.claim): one for one in named if not any(answers(piece, one) for piece in ours)}
    return [
        NamedShown(what(one.claim), witness.name(one.person) or "", witness.cite(one.fact.quote))
        for one in newest.values()
    ]
