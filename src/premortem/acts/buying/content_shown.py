"""What fits in a deal, as the doors show it: names and quotes put back."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from premortem.acts.witness import Cited, Witness
from premortem.buying.content import Fit, Given, Pack, Piece, wrong_reader
from premortem.buying.needs import CONCERNS
from premortem.ledger.deal import Deal

TOLD = {"pain_stated": "pain", "impact_quantified": "pain in numbers", "use_case_described": "use case"}
CALLED = {claim: concern for concern, claim in CONCERNS.items()}


class FitShown(Struct, frozen=True):
    """A piece for one person, and the words that name what it answers."""

    piece: str
    title: str
    place: str
    to: str
    to_id: str
    named_by: str
    answers: str
    quote: Cited


class PieceNamed(Struct, frozen=True):
    """A piece by its key and its title."""

    piece: str
    title: str
    place: str


class PackShown(Struct, frozen=True):
    """What goes up to a decider, by whose hand (null where nobody was met); `words` are the need as it was told."""

    decider: str
    carrier: str | None
    pieces: list[PieceNamed]
    words: list[Cited]
    look_after: list[str]


class SentShown(Struct, frozen=True):
    """A piece that went out; `opened` and `answers` are null where nobody knows, `wrong_reader` that it is not theirs.

    `to_id` is null where nobody said to whom."""

    piece: str
    title: str
    to: str | None
    to_id: str | None
    on: str
    opened: bool | None
    answers: str | None
    wrong_reader: bool


class EarlyShown(Struct, frozen=True):
    """A request for papers before a word on the need, and the exchange to propose."""

    quote: Cited
    told_since: bool
    exchange: str


class NamedShown(Struct, frozen=True):
    """Something that was named and that no piece of ours answers."""

    what: str
    person: str
    quote: Cited


class PersonNamed(Struct, frozen=True):
    """Somebody of the buyer's side, to choose from."""

    id: str
    name: str


class ContentDocument(Struct, frozen=True):
    """What fits in a deal. `pieces` are all that the firm has; `offered` how often material was offered in talk."""

    deal: str
    name: str
    pieces: list[PieceNamed]
    buyers: list[PersonNamed]
    story: FitShown | None
    few: list[FitShown]
    packs: list[PackShown]
    sent: list[SentShown]
    answers_nothing: int
    offered: int
    early: list[EarlyShown]
    unanswered: list[NamedShown]
    schema: str = "premortem.content/1"


def piece_named(one: Piece) -> PieceNamed:
    """A piece by its name alone."""
    return PieceNamed(one.key, one.title, one.place)


def what(claim: str) -> str:
    """How a claim is called that a piece answers."""
    return f"concern: {CALLED[claim]}" if claim in CALLED else TOLD.get(claim, claim.replace("_", " "))


def fit_shown(one: Fit, witness: Witness) -> FitShown:
    """A fit with its quote."""
    to, by = witness.name(one.to) or "", witness.name(one.need.person) or ""
    quote = witness.cite(one.need.fact.quote)
    return FitShown(one.piece.key, one.piece.title, one.piece.place, to, one.to, by, what(one.need.claim), quote)


def pack_shown(one: Pack, witness: Witness) -> PackShown:
    """A pack with the need in words."""
    return PackShown(
        witness.name(one.decider) or "",
        witness.name(one.carrier),
        [piece_named(piece) for piece in one.pieces],
        [witness.cite(known.quote) for known in one.words],
        [witness.name(person) or "" for person in one.ours],
    )


def sent_shown(view: Deal, one: Given, ours: Sequence[Piece], witness: Witness) -> SentShown:
    """What was sent, to whom, and whether it is written for them."""
    title = next((piece.title for piece in ours if piece.key == one.sent.piece), one.sent.piece)
    told, who = one.sent, witness.name(one.sent.to)
    answered = what(told.answers) if told.answers else None
    wrong = wrong_reader(view, one, ours)
    return SentShown(told.piece, title, who, told.to, one.at.date().isoformat(), told.opened, answered, wrong)
