"""A few plain lines beside each document. Whatever somebody said stands on one line between « and », and only there.

So words that pose as instructions stay inside a quote: they can neither close it nor begin a line of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from premortem.acts.looking.review import AskShown, DealShown, NextQuestionShown
from premortem.acts.witness import Cited

SHORT = 200


def quote(words: str, most: int = SHORT) -> str:
    """Somebody's words as a quote that nothing in them can end."""
    flat = flat_line(words).replace("«", "‹").replace("»", "›")
    return f"«{flat if len(flat) <= most else flat[:most] + ' …'}»"


def flat_line(words: str) -> str:
    """Words on one line, without what can't be seen."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())


def lines(*told: str | Iterable[str]) -> str:
    """Lines, each on one line."""
    every = [one for some in told for one in ([some] if isinstance(some, str) else some)]
    return "\n".join(flat_line(one) for one in every if one)


def head(deal: DealShown, as_of: str) -> str:
    """A deal in one line."""
    amount = f"{deal.amount:,.0f} {deal.currency or ''}".strip() if deal.amount is not None else "no amount"
    parts = [f"{deal.name} ({deal.id})", deal.account, deal.stage or "", amount, f"seen from {as_of}"]
    ended = f"It has ended: {deal.outcome.replace('_', ' ')}." if deal.outcome else ""
    return " · ".join(part for part in parts if part) + f". {ended}"


def cited(evidence: Iterable[Cited], most: int = 1) -> Iterator[str]:
    """The first quotes, each on a line of its own."""
    for one in list(evidence)[:most]:
        turn = f", turn {one.turn}" if one.turn is not None else ""
        yield f"quote: {quote(one.quote)} ({one.speaker or 'somebody'}, {one.at or 'undated'}, {one.touch}{turn})"


def ask(one: AskShown) -> str:
    return f"ask{' ' + one.to if one.to else ''}: {one.question}"


def questions(told: Iterable[NextQuestionShown]) -> Iterator[str]:
    """What to ask next, with why now and the words it rests on."""
    for number, one in enumerate(told, 1):
        to = f" ({one.to}{', through ' + one.through if one.through else ''})" if one.to else ""
        yield f"{number}. {one.question}{to}. Why now: {one.why_now}"
        yield from cited(one.evidence)


def plain(check: str) -> str:
    return check.replace("_", " ")
