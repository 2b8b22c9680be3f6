"""The five questions as the terminal shows them: numbers with intervals, and a word where they are few."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from premortem.acts.afterwards.why import (
    CALLED,
    Compared,
    EndCauses,
    MovedShown,
    QuestionShown,
    ShareShown,
    WhyDocument,
)
from premortem.acts.afterwards.why_ages import AgesShown
from premortem.learning.intervals import Interval

INK = {"better": "bold green", "worse": "bold red", "can't tell": ""}


def show_why(console: Console, document: WhyDocument) -> None:
    """The whole of it; where nothing ended in the period, what to do."""
    told = ", ".join(f"{count} {CALLED[end]}" for end, count in document.ended.items() if count)
    console.print(f"\n[bold]Why did we lose?[/bold] {document.first} to {document.last}: {told or 'no deal ended'}.")
    if not document.deals:
        console.print("Choose another period with --from and --to.")
        return
    for one in document.questions:
        _question(console, one)
    console.print("\n[bold]What most probably lost them[/bold]")
    for end in document.causes:
        _causes(console, end)
    console.print(f"\nLost to no decision, of all not won: {counted(document.lost_to_no_decision)}")
    if document.ages is not None:
        _ages(console, document.ages)
    _blind(console, document)
    console.print(f"\n[bold]Since the period before[/bold] ({document.before_first} to {document.before_last})")
    for row in document.moved:
        _moved(console, row)
    for caution in document.cautions:
        console.print(Text(caution, style="dim"))


def _question(console: Console, one: QuestionShown) -> None:
    console.print(Text(f"\n{one.asked}", style="bold"))
    for end in one.by_end:
        unknown = f"; unknown in {end.unknown}" if end.unknown else ""
        console.print(Text(f"  {end.called:18} yes in {counted(end.yes)}{unknown}"))
    for against in one.against:
        console.print(Text(f"  {compared(against)}", style="" if against.tells else "dim"))


def compared(one: Compared) -> str:
    """How far won deals are from others, as a sentence."""
    if one.more is None:
        return f"won against {one.called}: not known in enough deals to compare"
    told = "" if one.tells else ", which may be chance"
    return f"won against {one.called}: {points(one.more)}{told}"


def points(more: Interval) -> str:
    """'+20 points (+2 to +38)'."""
    return f"{more.value * 100:+.0f} points ({more.low * 100:+.0f} to {more.high * 100:+.0f})"


def counted(one: ShareShown) -> str:
    """'3 of 4 (75%, 30% to 95%; few)'."""
    if one.share is None:
        return "none in which it is known" if not one.of else f"{one.some} of {one.of}"
    few = "; few, so this says little" if one.few else ""
    return f"{one.some} of {one.of} ({one.share.value:.0%}, {one.share.low:.0%} to {one.share.high:.0%}{few})"


def _causes(console: Console, one: EndCauses) -> None:
    console.print(Text(f"  {one.called}, {one.deals} deals", style="bold"))
    for cause in one.causes[:5]:
        console.print(Text(f"    {cause.check:30} first in {counted(cause.first)}"))
    if one.without:
        console.print(Text(f"    no finding stood in {one.without}", style="dim"))


def _ages(console: Console, one: AgesShown) -> None:
    console.print(f"\n[bold]How deals ended by their age[/bold], of {one.deals} under watch")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("days old", justify="right")
    for curve in one.curves:
        table.add_column(CALLED[curve.end], justify="right")
    for row in one.rows:
        shares = [f"{c.shares[row]:.0%} ({c.low[row]:.0%} to {c.high[row]:.0%})" for c in one.curves]
        table.add_row(str(one.days[row]), *shares)
    console.print(table)


def _blind(console: Console, document: WhyDocument) -> None:
    console.print(
        "\n[bold]Days blind[/bold], in deals not won: how long a finding could be seen before our ledger knew"
    )
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("finding", "deals", "median", "most", "known at once"):
        table.add_column(heading, justify="left" if heading == "finding" else "right")
    for one in document.blind[:10]:
        table.add_row(one.check, str(one.deals), f"{one.median:g}", str(one.most), str(one.at_once))
    console.print(table)


def _moved(console: Console, one: MovedShown) -> None:
    change = points(one.more) if one.more is not None else "nothing to compare"
    said = Text(one.says, style=INK[one.says])
    console.print(Text.assemble(f"  {one.what}: {counted(one.before)} → {counted(one.now)}: {change}, ", said))
