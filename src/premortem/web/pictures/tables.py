"""The tables beneath the pictures, as CSV for a spreadsheet; no cell of them is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from premortem.acts.afterwards.replay import ReplayDocument
from premortem.acts.afterwards.why import CALLED, WhyDocument
from premortem.acts.afterwards.why_ages import AgesShown
from premortem.acts.forecasts.forecast_history import Moment
from premortem.acts.forecasts.forecast_record import RecordShown
from premortem.acts.forecasts.forecast_shown import CATEGORY, TotalShown
from premortem.acts.looking.deal_page import DealPage
from premortem.acts.looking.talk_strip import Lane
from premortem.importing.tables.cells import defused
from premortem.web.pictures.timeline import visible_on

PEOPLE = (
    "name",
    "title",
    "side",
    "part",
    "first met",
    "last heard",
    "stands",
    "words",
    "through",
    "how",
    "words of it",
)
DAYS = ("day", "kind", "what", "heard", "there, not heard")
LIVES = (
    "finding",
    "severity",
    "could be seen",
    "known on",
    "days blind",
    "acted on",
    "how",
    "settled after",
    "last day to act",
)
FIVE = ("question", "ended", "yes", "known in", "unknown in", "share of yes", "from", "to")
AGES = ("days old", "under watch", "ended", "share", "from", "to")
VOICES = ("who", "side", "percent of all talk", "spoken", "turns")


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows under their headings, with the mark by which spreadsheets know UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(headings)
    writer.writerows([defused(one) if isinstance(one, str) else one for one in row] for row in rows)
    return "\ufeff" + written.getvalue()


def map_csv(page: DealPage) -> str:
    """Everybody in the deal, and who brought us to them."""
    names = {one.id: one.name for one in page.people}
    ties = {one.to: one for one in page.ties}
    rows = []
    for one in page.people:
        tie, ours = ties.get(one.id), one.side == "seller"
        part = ", ".join(one.parts)
        if one.overrules and not part:
            part = "perhaps the economic buyer"
        stands = "" if ours else one.stance
        words = one.words.quote if one.words and not ours else None
        through = (names.get(tie.via), tie.how, tie.words.quote) if tie else ("", "", "")
        rows.append((one.name, one.title, one.side, part, one.met_on, one.last_heard, stands, words, *through))
    return csv_of(PEOPLE, rows)


def timeline_csv(page: DealPage) -> str:
    """Touches, findings where they became visible, stages and dates, in the order of their days."""
    rows = sorted(_days(page), key=lambda row: row[0])
    return csv_of(DAYS, rows)


def _days(page: DealPage) -> Iterator[tuple[str, str, str, str, str]]:
    names = {one.id: one.name for one in page.people}
    for touch in page.touches:
        heard, there = (", ".join(names.get(one, "") for one in some) for some in (touch.heard, touch.there))
        yield touch.on, touch.kind, touch.name, heard, there
    for on, found in visible_on(page).items():
        yield from ((on, f"{severity} finding, first visible", says, "", "") for severity, says in found)
    yield from ((one.on, "our stage became", one.value, "", "") for one in page.stages)
    yield from ((one.on, "we planned to close on", one.value, "", "") for one in page.planned)
    if page.buyers_day:
        yield page.buyers_day, "the buyer's date", "", "", ""


def strip_csv(lanes: Sequence[Lane]) -> str:
    """The voices of a call."""
    return csv_of(VOICES, [(one.speaker, one.side, one.share, one.spoken, one.turns) for one in lanes])


def lives_csv(document: ReplayDocument) -> str:
    """Each finding's life, the first visible first."""
    rows = [
        (
            one.finding.check.replace("_", " "),
            one.gravest or one.finding.severity,
            one.visible_on,
            one.known_on,
            one.days_blind,
            one.acted_on,
            one.acted_how,
            one.cured_after,
            one.last_useful,
        )
        for one in document.lives
    ]
    return csv_of(LIVES, rows)


def distribution_csv(total: TotalShown) -> str:
    """The period's total at every twentieth of its distribution."""
    spread = total.end.spread if total.end is not None else []
    return csv_of(("in so many of 100 cases below", total.currency), _twentieths(spread))


def _twentieths(spread: Sequence[float]) -> list[tuple[float, float]]:
    return [(100 * place / (len(spread) - 1), round(spread[place])) for place in range(0, len(spread), 2)]


def fan_csv(total: TotalShown) -> str:
    """What will have been won by the end of each week."""
    headings = ("by", "average", "1 in 20 below", "1 in 4 below", "middle", "1 in 4 above", "1 in 20 above")
    rows = [
        (one.on, *map(round, (one.expected, one.low, one.half_low, one.middle, one.half_high, one.high)))
        for one in total.fan
    ]
    return csv_of(headings, rows)


def calibration_csv(shown: RecordShown) -> str:
    """What a method said and what came, group by group."""
    bins = shown.record.calibration if shown.record else []
    rows = [(one.low, one.high, one.forecast, one.share, one.share_low, one.share_high, one.of) for one in bins]
    return csv_of(("from", "to", "said", "came", "came at least", "came at most", "forecasts"), rows)


def history_csv(history: Sequence[Moment]) -> str:
    """What was said of a deal, and which touch moved it, in the order of time."""
    rows = [
        (
            one.on,
            CATEGORY.get(one.category or "", ""),
            one.won,
            one.by,
            one.called or "",
            one.touch or "",
            one.why or "",
        )
        for one in history
    ]
    return csv_of(("day", "category", "chance to be won", "by", "written down by", "moved by", "why"), rows)


def questions_csv(document: WhyDocument) -> str:
    """The five questions, by how deals ended; shares in 0..1 with the ends of their interval."""
    rows: list[tuple[object, ...]] = []
    for one in document.questions:
        for end in one.by_end:
            share = end.yes.share
            ends = (share.value, share.low, share.high) if share else ("", "", "")
            rows.append((one.asked, end.called, end.yes.some, end.yes.of, end.unknown, *ends))
    return csv_of(FIVE, rows)


def ages_csv(document: AgesShown) -> str:
    """The share that had ended so by each age."""
    rows = [
        (day, document.at_risk[place], CALLED[one.end], one.shares[place], one.low[place], one.high[place])
        for one in document.curves
        for place, day in enumerate(document.days)
    ]
    return csv_of(AGES, rows)
