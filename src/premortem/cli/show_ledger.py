"""What verifying and rebuilding tell."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from premortem.acts.looking.verify import Verified
from premortem.acts.rebuild import Rebuilt


def show_verified(console: Console, verified: Verified) -> None:
    if verified.breaks:
        for broken in verified.breaks:
            console.print(Text(f"Broken: deal {broken.deal}, entry {broken.seq}: {broken.why}", style="bold red"))
        console.print("Restore these deals from a back-up; nothing behind a broken entry can be trusted.")
        return
    if verified.damaged:
        return
    console.print(
        f"[green]The ledger holds:[/green] {verified.entries} entries of {verified.deals} deals, none changed."
    )
    console.print(Text(f"Head {verified.head}", style="dim"))


def show_rebuilt(console: Console, rebuilt: Rebuilt) -> None:
    same = "as they were before, byte for byte" if rebuilt.as_before else "and they had been out of date"
    console.print(f"The read tables were made anew from {rebuilt.deals} deals, {same}.")
    console.print(Text(f"Digest {rebuilt.digest}", style="dim"))
