"""The list of lost deals, and the record of the way back, as the terminal shows them."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from premortem.acts.afterwards.second_place import Counted, SecondPlaceDocument, Waiting
from premortem.cli.show_comeback import INK


def show_second_place(console: Console, document: SecondPlaceDocument) -> None:
    """The list, those with an alarm first, and the record under it."""
    if not document.lost:
        console.print("No deal was lost yet: on the day of a loss the way back begins here.")
        return
    console.print(f"\n[bold]Second place[/bold]: {document.lost} lost deals, {document.with_alarm} should not wait")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    table.add_column("deal", no_wrap=True)
    table.add_column("ended", no_wrap=True)
    table.add_column("return", no_wrap=True)
    table.add_column("next", ratio=2)
    table.add_column("should not wait", ratio=3)
    for one in document.waiting:
        table.add_row(*_line(one))
    console.print(table)
    console.print("\n[bold]Our record[/bold]")
    for counted in document.record:
        console.print("  " + in_words(counted))


def _line(one: Waiting) -> tuple[Text, Text, Text, Text, Text]:
    following = f"{one.next_id} by {one.next_by}" if one.next_id else "nothing is left to do"
    told = "\n".join(alarm.says for alarm in one.alarms[:1])
    more = f"\nand {len(one.alarms) - 1} more" if len(one.alarms) > 1 else ""
    likely = f"came back {one.came_back}" if one.came_back else one.likely or "—"
    style = INK[one.alarms[0].kind] if one.alarms else ""
    return Text(one.deal), Text(one.ended_on), Text(likely), Text(following), Text(told + more, style=style)


def in_words(one: Counted) -> str:
    """'came back: 2 of 31 (6%, between 2% and 21%)'."""
    if one.share is None:
        return f"{one.what}: none yet"
    small = "; few, so this says little" if one.few else ""
    return (
        f"{one.what}: {one.some} of {one.of} "
        f"({one.share.value:.0%}, between {one.share.low:.0%} and {one.share.high:.0%}{small})"
    )
