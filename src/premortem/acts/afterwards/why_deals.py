"""The deals behind an answer to one of the five questions, each with why and the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from premortem.acts.afterwards.replaying import LETTER, Why
from premortem.acts.afterwards.why import CALLED
from premortem.acts.witness import Cited, Witnesses
from premortem.errors import Unknown
from premortem.learning.why import ASKED, QUESTIONS, Answer, Question, Said
from premortem.ledger.entries import Quote
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger
from premortem.playbook.mistakes import meant
from premortem.records.replays import Replays, Told, Wanted

A_PAGE = 25


class DealBehind(Struct, frozen=True):
    """A deal, the answer to the question in it, why, and the words; `quotes` is empty where it is an absence."""

    deal: str
    name: str
    account: str | None
    end: str
    ended_on: str
    said: Said
    why: str
    quotes: list[Cited]


class DealsBehind(Struct, frozen=True):
    """A page (from 1) of the deals behind an answer; `total` counts all of them."""

    question: Question
    asked: str
    said: str
    end: str
    total: int
    page: int
    pages: int
    deals: list[DealBehind]


def deals_behind(
    ledger: Ledger,
    replays: Replays,
    asked: Wanted,
    question: str,
    said: str = "",
    end: str = "",
    page: int = 1,
) -> DealsBehind:
    """The deals in which a question was answered so and that ended so, the last to end first; all where left empty.

    Raises Unknown for a question, an answer or an end that there is not.
    """
    for given, known in ((question, QUESTIONS), (said, ("", *LETTER)), (end, ("", *CALLED))):
        if given not in known:
            raise Unknown(f"there is no '{given}' here", meant(given, [one for one in known if one]))
    name = QUESTIONS[QUESTIONS.index(question)]
    place = QUESTIONS.index(name)
    found = [
        one
        for one in reversed(replays.told(asked))
        if end in ("", one.status) and (not said or one.answers[place] == LETTER[said])
    ]
    pages = max(1, -(-len(found) // A_PAGE))
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * A_PAGE : page * A_PAGE]
    deals = list(_shown(ledger, replays, shown, place))
    return DealsBehind(name, ASKED[name], said, CALLED.get(end, ""), len(found), page, pages, deals)


def _shown(ledger: Ledger, replays: Replays, some: Sequence[Told], place: int) -> Iterator[DealBehind]:
    ids = [one.deal for one in some]
    whys, rows = replays.whys(ids), replays.named(ids)
    answers = {deal: msgspec.json.decode(told, type=Why).answers[place] for deal, told in whys.items()}
    told = Witnesses([deal_as_of(entries) for _, entries in ledger.store.read_each(ids)], ledger.contents)
    told.hear(_quotes(answers))
    for one in some:
        answer, witness = answers[one.deal], told.of(one.deal)
        yield DealBehind(
            deal=one.deal,
            name=rows[one.deal].name,
            account=rows[one.deal].account,
            end=CALLED[one.status],
            ended_on=one.ended.date().isoformat(),
            said=answer.said,
            why=witness.sentence(answer.why),
            quotes=[witness.cite(quote) for quote in answer.quotes],
        )


def _quotes(answers: dict[str, Answer]) -> Iterator[tuple[str, Quote]]:
    yield from ((deal, quote) for deal, answer in answers.items() for quote in answer.quotes)
