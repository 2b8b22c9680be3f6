"""Deals: listed, reviewed, prepared for, lived again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from premortem.acts.afterwards.replay import LifeShown, ReplayDocument
from premortem.acts.afterwards.replay import replay as replay_deal
from premortem.acts.looking.deal_page import deal_page
from premortem.acts.looking.deal_table import DealLine, DealTable, deal_table
from premortem.acts.looking.prepare import PrepareDocument, prepare
from premortem.acts.looking.review import ReviewDocument
from premortem.acts.looking.reviewing import review_changed
from premortem.assistant.reader import Reader
from premortem.assistant.telling import ask, cited, head, lines, plain, questions
from premortem.assistant.tools.tool import Deal, Page, Tool
from premortem.records.deal_lists import Sort, Status, Wanted, Whose
from premortem.web.ledger import ledger, rules, usual

STEPS = 20
AsOf = Annotated[date | None, Meta(description="Look from this day (YYYY-MM-DD): nothing that happened later counts.")]


class Listing(Struct, forbid_unknown_fields=True):
    """Which deals."""

    whose: Annotated[Whose | None, Meta(description="Whose deals; else those that are one's own business.")] = None
    status: Status = "open"
    text: Annotated[str, Meta(description="Words in the deal's name, account, seller or id.", max_length=100)] = ""
    stage: Annotated[str, Meta(max_length=200)] = ""
    silent_days: Annotated[int, Meta(description="The buyer has said nothing for so long.", ge=1)] | None = None
    sort: Annotated[Sort, Meta(description="'findings' puts first what most needs attention.")] = "findings"
    down: bool = True
    page: Page = 1


class Looking(Struct, forbid_unknown_fields=True):
    """Which deal, from which day."""

    deal: Deal
    as_of: AsOf = None


class Reviewing(Looking, forbid_unknown_fields=True):
    everything: Annotated[bool, Meta(description="Also what is clear and what does not apply.")] = False


class Replaying(Struct, forbid_unknown_fields=True):
    deal: Deal
    page: Page = 1


class ReplayPage(ReplayDocument, frozen=True):
    """A replay; of its steps, those of one page."""

    page: int = 1
    pages: int = 1


def list_deals(reader: Reader, asked: Listing) -> DealTable:
    """A page of the deals that somebody may see. Where there are no users, nobody else brings reviews up to date."""
    today = _today()
    if reader.member is None:
        review_changed(ledger(), rules(), today)
    wanted = Wanted(
        whose=reader.whose(asked.whose),
        status=asked.status,
        stage=asked.stage,
        text=asked.text,
        silent=asked.silent_days,
        sort=asked.sort,
        down=asked.down,
    )
    return deal_table(reader.lists(), wanted, today, asked.page)


def review(reader: Reader, asked: Reviewing) -> ReviewDocument:
    """The review that the deal's page shows."""
    entries = reader.deal(asked.deal)
    page = deal_page(entries, ledger().contents, asked.as_of, rules(), _today(), usual(asked.as_of))
    return page.review if asked.everything else replace(page.review, clear=[], does_not_apply=[])


def sheet(reader: Reader, asked: Looking) -> PrepareDocument:
    """The sheet for the next meeting."""
    entries = reader.deal(asked.deal)
    by = usual(asked.as_of)
    return prepare(entries, ledger().contents, asked.as_of, rules=rules(), today=_today(), usual=by)


def replay(reader: Reader, asked: Replaying) -> ReplayPage:
    """The deal lived again, up to the day before its end, or to its last touch."""
    document = replay_deal(reader.deal(asked.deal), ledger().contents, rules=rules())
    pages = max(1, -(-len(document.steps) // STEPS))
    page = min(asked.page, pages)
    told = {name: getattr(document, name) for name in document.__struct_fields__}
    told["steps"] = document.steps[(page - 1) * STEPS : page * STEPS]
    return ReplayPage(**told, page=page, pages=pages)


def _today() -> date:
    return datetime.now(UTC).date()


def _listed(table: DealTable) -> str:
    first = f"{table.total} deals, page {table.page} of {table.pages}."
    return lines(first, (_line(one) for one in table.lines))


def _line(one: DealLine) -> str:
    amount = f"{one.amount:,.0f} {one.currency or ''}".strip() if one.amount is not None else "no amount"
    found = f"{one.high} high, {one.medium} medium, {one.low} low findings" if one.reviewed else "not reviewed yet"
    said = f"buyer silent for {one.silent_days} days" if one.silent_days is not None else "no word from the buyer"
    cause = f"likely cause: {plain(one.cause)}" if one.cause else ""
    parts = (f"{one.id}: {one.name}", one.account or "", one.status, one.stage or "", amount, found, said, cause)
    return "- " + " · ".join(part for part in parts if part)


def _reviewed(told: ReviewDocument) -> str:
    cause = told.likely_cause
    return lines(
        head(told.deal, told.as_of),
        f"Likely cause of a loss: {plain(cause.check)}. {cause.why}" if cause else "",
        f"{len(told.findings)} findings:",
        _findings(told),
        f"Signs that make less sure: {'; '.join(one.says for one in told.signs)}" if told.signs else "",
        f"Not known: {', '.join(one.what for one in told.unknowns if one.state != 'known')}.",
        "What to ask next:",
        questions(told.next_questions),
        f"Set aside: {'; '.join(f'{plain(one.check)} ({one.why})' for one in told.waived)}" if told.waived else "",
        (f"{plain(one.check)} broke: {one.why}" for one in told.failed),
    )


def _findings(told: ReviewDocument) -> Iterator[str]:
    for one in told.findings:
        yield f"- {one.severity}, {one.check}: {one.says} First visible after: {one.first_visible or 'unknown'}."
        yield from cited(one.evidence)
        yield ask(one.ask)


def _prepared(told: PrepareDocument) -> str:
    return lines(
        head(told.deal, told.as_of),
        "Ask:",
        questions(told.questions),
        "Who is who: " + "; ".join(_who(told)) + ".",
        f"Silent last time: {', '.join(told.silent_last_time)}." if told.silent_last_time else "",
        told.dates.says,
        "Promised and still open:" if told.steps else "",
        (f"- {one.says}{f' (by {one.due})' if one.due else ''}" for one in told.steps),
        "What we know:" if told.known else "",
        (line for one in told.known for line in (f"- {one.what}", *cited(one.evidence[-1:]))),
        f"What we don't know: {', '.join(one.what for one in told.unknown)}.",
        "Better not:" if told.avoid else "",
        (f"- {one.says}" for one in told.avoid),
    )


def _who(told: PrepareDocument) -> Iterator[str]:
    for one in told.people:
        parts = [*([one.title] if one.title else []), *one.parts]
        met = f"last heard {one.last_heard}" if one.last_heard else "never met"
        yield f"{one.name or 'somebody'} ({', '.join([*parts, met])})"


def _replayed(told: ReplayPage) -> str:
    return lines(
        head(told.deal, told.as_of),
        f"Ended on {told.ended_on}." if told.ended_on else "It goes on.",
        "What most probably contributed:" if told.factors else "",
        (
            f"- {plain(one.finding.check)}: visible on {one.visible_on or 'no day'}, blind for {one.days_blind} days, "
            f"{'acted on ' + one.acted_on if one.acted_on else 'nobody acted'}"
            for one in told.factors
        ),
        "Each finding's life:",
        (line for one in told.lives for line in _life(one)),
        f"Touches, page {told.page} of {told.pages}:",
        (
            f"- {one.on} {one.touch}: new {', '.join(plain(new.check) for new in one.appeared) or 'nothing'}; "
            f"settled {', '.join(plain(gone) for gone in one.cured) or 'nothing'}"
            for one in told.steps
        ),
    )


def _life(one: LifeShown) -> Iterator[str]:
    acted = f"acted on {one.acted_on}" if one.acted_on else "nobody acted"
    useful = f", last useful day {one.last_useful}" if one.last_useful else ""
    yield f"- {plain(one.finding.check)}: visible on {one.visible_on}, blind for {one.days_blind} days, {acted}{useful}"
    yield from cited(one.finding.evidence)


TOOLS = (
    Tool(
        "list_deals",
        "List deals",
        "Deals that you may see, those that most need attention first, 50 a page, with what is open in each.",
        Listing,
        DealTable,
        list_deals,
        _listed,
    ),
    Tool(
        "review_deal",
        "Review a deal",
        "What nobody knows about a deal, the words that show it, and what to ask next; today or as of a day.",
        Reviewing,
        ReviewDocument,
        review,
        _reviewed,
    ),
    Tool(
        "prepare_call",
        "Prepare a call",
        "The sheet for the next meeting: what to ask whom and why now, who is who, what is promised, what better not.",
        Looking,
        PrepareDocument,
        sheet,
        _prepared,
    ),
    Tool(
        "replay_deal",
        "Replay a deal",
        "A deal lived again touch by touch: when each sign could first be seen, how long we were blind, who acted.",
        Replaying,
        ReplayPage,
        replay,
        _replayed,
    ),
)
