"""The buyer's trial, and the problems that they met while making up their mind."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from premortem.cli.options import DealArgument, Json, LedgerOption, PlaybookOption
from premortem.cli.place import day_of, now, open_ledger, rules_for, user
from premortem.errors import Unknown

Day = ["%Y-%m-%d"]
On = Annotated[datetime | None, typer.Option("--on", formats=Day, help="On which day; else today.")]
Which = Annotated[str | None, typer.Option("--trial", help="Which trial, where there are several.", metavar="ID")]
Role = Annotated[
    str | None, typer.Option("--as", help="Your role, where nobody works here by name: rep, manager, …", metavar="ROLE")
]


def trial(
    deal: DealArgument,
    goal: Annotated[str | None, typer.Option("--goal", help="What it should lead to.", metavar="TEXT")] = None,
    criterion: Annotated[
        list[str] | None,
        typer.Option(
            "--criterion",
            help="'measure; target; judge; day; day of their yes'; may be told several times, all at once.",
            metavar="TEXT",
        ),
    ] = None,
    helper: Annotated[str | None, typer.Option("--helper", help="Who of ours stays by the users.")] = None,
    our_hours: Annotated[float | None, typer.Option("--our-hours", help="What it takes us.")] = None,
    their_hours: Annotated[float | None, typer.Option("--their-hours", help="What it takes them.")] = None,
    read_out: Annotated[datetime | None, typer.Option("--read-out", formats=Day, help="When it is shown.")] = None,
    with_: Annotated[list[str] | None, typer.Option("--with", help="Who is there then.", metavar="NAME")] = None,
    next_step: Annotated[str | None, typer.Option("--next-step", help="What follows if it succeeds.")] = None,
    begin: Annotated[bool, typer.Option("--begin", help="It begins.")] = False,
    because: Annotated[str, typer.Option("--because", help="Why it begins with something missing.")] = "",
    verdict: Annotated[str | None, typer.Option("--verdict", help="A user's own words.", metavar="NAME=TEXT")] = None,
    week: Annotated[str | None, typer.Option("--week", help="What happened in the week of --on.")] = None,
    met: Annotated[list[int] | None, typer.Option("--met", help="A criterion was met, by its number.")] = None,
    missed: Annotated[list[int] | None, typer.Option("--missed", help="A criterion was not met.")] = None,
    end: Annotated[str | None, typer.Option("--end", help="How it ended: succeeded, failed, stopped.")] = None,
    another: Annotated[bool, typer.Option("--another", help="Plan a further one.")] = False,
    which: Which = None,
    on: On = None,
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """A trial of the buyer's: plan it, see what is missing, begin it, tell how it goes, end it."""
    held = open_ledger(ledger)
    from premortem.acts.buying import trials as telling
    from premortem.acts.buying.trials_shown import trials_document
    from premortem.cli.show_trials import show_trials
    from premortem.cli.terminal import show

    criteria = tuple(_criterion(one) for one in criterion) if criterion else None
    deciders = tuple(with_) if with_ else None
    told = telling.TrialTold(goal, criteria, helper, our_hours, their_hours, day_of(read_out), deciders, next_step)
    who, moment, elsewhere = user(), now(), _untold(held, deal)
    if told != telling.TrialTold():
        which = telling.plan(held, deal, told, who, moment, which or _the_one(held, deal, another)).trial
    if begin:
        telling.begin(held, deal, which, who, moment, because, day_of(on), elsewhere)
    if verdict is not None:
        name, _, words = verdict.partition("=")
        telling.verdict(held, deal, which, name, words, who, moment)
    if week is not None:
        telling.week(held, deal, which, day_of(on) or moment.date(), week, who, moment)
    if met or missed:
        judged = dict.fromkeys(met or (), True) | dict.fromkeys(missed or (), False)
        telling.judged(held, deal, which, judged, who, moment)
    if end is not None:
        telling.end(held, deal, which, end, who, moment, day_of(on))
    show(trials_document(held, deal, moment.date(), elsewhere), show_trials, as_json)


def trials(ledger: LedgerOption = None, as_json: Json = False) -> None:
    """List the trials that go on, and how deals did whose trials were looked after, beside the others."""
    held = open_ledger(ledger)
    from premortem.acts.buying.trials_overview import trials_overview
    from premortem.cli.show_trials import show_overview
    from premortem.cli.terminal import show

    show(trials_overview(_deals(held), now().date()), show_overview, as_json)


def problems(
    write: Annotated[
        Path | None, typer.Option("--csv", help="Write them to a file, for an issue tracker.", metavar="FILE")
    ] = None,
    take_in: Annotated[
        Path | None, typer.Option("--import", help="Take in what an issue tracker says, by ticket.", metavar="FILE")
    ] = None,
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
    as_json: Json = False,
) -> None:
    """List problems that buyers met, in the order in which to mend them, each factor shown."""
    held = open_ledger(ledger)
    from premortem.acts.buying import tracker
    from premortem.acts.buying.problems_shown import problems_document
    from premortem.cli.place import there, write_page
    from premortem.cli.show_problems import show_heard, show_problems
    from premortem.cli.terminal import show

    if take_in is not None:
        words = tracker.words_in(there(take_in).read_text(encoding="utf-8-sig"))
        show_heard(tracker.take_in(held, _deals(held), words, user(), now()))
    norms = rules_for(held, playbook).norms_at().whole
    document = problems_document(_deals(held), held.contents, now().date(), norms)
    if write is not None:
        write_page(write, tracker.table(document))
    show(document, show_problems, as_json)


def problem(
    deal: DealArgument,
    words: Annotated[str | None, typer.Option("--words", help="What went wrong.", metavar="TEXT")] = None,
    met_by: Annotated[str | None, typer.Option("--met-by", help="Who of theirs met it.", metavar="NAME")] = None,
    met: Annotated[datetime | None, typer.Option("--met", formats=Day, help="On which day they met it.")] = None,
    moment: Annotated[
        str, typer.Option("--moment", help="evaluation, purchase, renewal, upgrade, addition, unknown.")
    ] = "evaluation",
    breaks_trust: Annotated[bool, typer.Option("--breaks-trust", help="It ends all trust: a wrong sum.")] = False,
    likelihood: Annotated[
        float | None, typer.Option("--likelihood", help="How likely an evaluation meets it, 0 to 1.")
    ] = None,
    known: Annotated[str | None, typer.Option("--same-as", help="The same problem elsewhere.", metavar="ID")] = None,
    ticket: Annotated[str | None, typer.Option("--ticket", help="Its ticket in your tracker.")] = None,
    area: Annotated[str | None, typer.Option("--area", help="Where it sits: what to try later.")] = None,
    disclosed: Annotated[bool, typer.Option("--disclosed", help="The buyer was told of --id beforehand.")] = False,
    answered: Annotated[bool, typer.Option("--answered", help="The buyer has an answer to --id.")] = False,
    close: Annotated[bool, typer.Option("--close", help="--id is closed: field staff alone say so.")] = False,
    reopen: Annotated[bool, typer.Option("--reopen", help="--id is there again.")] = False,
    one: Annotated[str | None, typer.Option("--id", help="Which problem.", metavar="ID")] = None,
    role: Role = None,
    on: On = None,
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
    as_json: Json = False,
) -> None:
    """Problems that the buyer of a deal met, or was told of beforehand: enter one, answer it, close it."""
    held = open_ledger(ledger)
    from premortem.acts.buying import problems as telling
    from premortem.acts.buying.deal_problems import deal_problems
    from premortem.cli.show_problems import show_deal_problems
    from premortem.cli.terminal import show

    who, at, day = user(), now(), day_of(on)
    if words is not None:
        told = telling.ProblemTold(
            words, met_by, day_of(met), moment if met else "unknown", breaks_trust, likelihood, area, known, ticket
        )
        one = telling.meet(held, deal, told, who, at).problem
    elif ticket or known:
        telling.bind(held, deal, _named(one), who, at, ticket or "", known or "")
    if disclosed:
        telling.disclose(held, deal, _named(one), area or "", who, at, day)
    if answered:
        telling.answer(held, deal, _named(one), who, at, day)
    if close:
        telling.close(held, deal, _named(one), who, at, *_field(held, who, role))
    if reopen:
        telling.reopen(held, deal, _named(one), who, at)
    norms = rules_for(held, playbook).norms_at().whole
    show(deal_problems(held, deal, at.date(), norms), show_deal_problems, as_json)


def _named(one: str | None) -> str:
    if one is None:
        raise Unknown("nobody knows which problem is meant", "Name it: --id ID.")
    return one


def _criterion(told: str) -> Any:
    from premortem.acts.buying.trials import CriterionTold

    parts = [one.strip() for one in told.split(";")]
    if not 2 <= len(parts) <= 5:
        raise Unknown(f"'{told}' is no criterion", "Write: measure; target; judge; day; day of their yes.")
    measure, target, judge, by, agreed = [*parts, *[""] * (5 - len(parts))]
    return CriterionTold(measure, target, judge or None, _a_day(by), _a_day(agreed))


def _a_day(told: str) -> date | None:
    try:
        return date.fromisoformat(told) if told else None
    except ValueError as mistake:
        raise Unknown(f"'{told}' is no day", "Write it as YYYY-MM-DD.") from mistake


def _the_one(held: Any, deal: str, another: bool) -> str | None:
    """The trial that goes on in a deal, which more is told of; none where a further one is to be planned."""
    from premortem.acts.buying.entering import read_deal
    from premortem.buying.trials import OPEN

    some = [] if another else [one for one in read_deal(held, deal)[1].trials.values() if one.state in OPEN]
    if len(some) > 1:
        raise Unknown(f"{deal} has several trials", f"Name one, --trial: {', '.join(one.trial for one in some)}.")
    return some[0].trial if some else None


def _deals(held: Any) -> Any:
    from premortem.records.evaluations import Evaluations

    return Evaluations(held.alias).all()


def _untold(held: Any, deal: str) -> list[str]:
    from premortem.acts.buying.problems_shown import untold

    return untold(_deals(held), deal, held.contents)


def _field(held: Any, who: str, role: str | None) -> tuple[str | None, Any]:
    """The role of whoever works here, and who may close a problem. Where members are kept, their role counts alone."""
    from premortem.acts.buying.problems import FieldStaff
    from premortem.records.field_staff import field_staff_of

    members, own, named = field_staff_of(held.alias, who)
    return (own if members else role), FieldStaff(named)
