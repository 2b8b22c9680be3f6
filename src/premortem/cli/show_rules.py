"""Each check's record as people read it: by verdict, one line a check."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from premortem.acts.afterwards.ends_called import ENDS_CALLED
from premortem.acts.looking.rules import FiredShown, RulesDocument, RuleShown

CALLED = ENDS_CALLED
INK = {"earns its keep": "bold green", "can't tell yet": "bold yellow", "fires as often on won deals": "bold red"}
COLUMNS = ("lost", "none", "other", "won", "% not won", "% won", "points more", "days before")
LEGEND = (
    "Counts are of the deals to which a check could be put; ranges in brackets are 95% intervals. 'None' is no "
    "decision. 'Days before' is how long before the end it first fired, on deals not won: the middle one, the least "
    "and the most. * would still hold if all records here are to be right at once."
)


def show_rules(console: Console, document: RulesDocument) -> None:
    _head(console, document)
    for verdict, rules in groupby(document.checks, key=lambda rule: rule.verdict):
        console.print(Text(f"\n{verdict[0].upper()}{verdict[1:]}", style=INK.get(verdict, "bold")))
        if verdict == "never fired":
            console.print(Padding(", ".join(_called(rule) for rule in rules), (0, 0, 0, 2)))
        else:
            console.print(Padding(_table(list(rules), solved_otherwise=document.ended["other_way"] > 0), (0, 0, 0, 2)))
    console.print(f"\n[dim]{LEGEND}[/dim]")
    for caution in document.cautions:
        console.print(Text(caution, style="dim"))
    for broken in document.failed:
        console.print(Text(f"Broken: {broken.why}", style="red"))


def _head(console: Console, document: RulesDocument) -> None:
    ended = sum(document.ended.values())
    by_end = ", ".join(f"{count} {CALLED[end]}" for end, count in document.ended.items() if count)
    console.print(f"[bold]{ended} deals that ended[/bold], each as it stood on the day before: {by_end or 'none'}.")
    if document.left_out:
        left = "; ".join(f"{count}, since {why}" for why, count in document.left_out.items())
        console.print(f"[dim]Left out: {left}.[/dim]")


def _table(rules: list[RuleShown], solved_otherwise: bool) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("fired on", overflow="fold")
    for column in COLUMNS:
        if column != "other" or solved_otherwise:
            table.add_column(column, justify="right", no_wrap=True)
    for rule in rules:
        other = [rule.other_way] if solved_otherwise else []
        counts = (f"{one.fired}/{one.of}" for one in (rule.lost, rule.no_decision, *other, rule.won))
        table.add_row(_called(rule), *counts, _percent(rule.not_won), _percent(rule.won), _more(rule), _days(rule))
    return table


def _called(rule: RuleShown) -> str:
    return (
        rule.check.replace("_", " ")
        + (" (sign)" if rule.kind == "sign" else "")
        + ("*" if rule.holds_among_all else "")
    )


def _percent(fired: FiredShown) -> str:
    if fired.share is None or fired.low is None or fired.high is None:
        return "—"
    return f"{fired.share * 100:.0f} ({fired.low * 100:.0f}–{fired.high * 100:.0f})"


def _more(rule: RuleShown) -> str:
    more = rule.more_often
    if more is None or more.value is None or more.low is None or more.high is None:
        return "—"
    return f"{more.value * 100:+.0f} ({more.low * 100:+.0f} to {more.high * 100:+.0f})"


def _days(rule: RuleShown) -> str:
    days = rule.days_before_the_end
    return f"{days.median:g} ({days.least}–{days.most})" if days is not None else "—"
