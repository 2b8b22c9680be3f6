"""The firm's pieces, and what fits in a deal, as the terminal shows them."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from premortem.acts.buying.content_shown import ContentDocument, FitShown, SentShown
from premortem.acts.buying.pieces import PiecesDocument, PieceShown
from premortem.acts.witness import Cited


def show_content(console: Console, document: ContentDocument) -> None:
    """The story, the few, the packs, what was sent, and what comes of early requests."""
    console.print(f"\n[bold]What fits[/bold] in {document.name}", markup=True)
    if not document.pieces:
        console.print("There is no piece of content yet: `premortem content add` keeps the first.")
    elif not document.few:
        console.print("No piece answers anything that a buyer named. Ask before sending: what should it answer?")
    if document.story is not None:
        console.print("\n[bold]One story for the group[/bold]")
        _fit(console, document.story)
    if document.few:
        console.print("\n[bold]Send at most these[/bold]")
        for one in document.few:
            _fit(console, one)
    for pack in document.packs:
        console.print(Text(f"\nTo carry up to {pack.decider}, by {pack.carrier or 'nobody yet'}", style="bold"))
        for piece in pack.pieces:
            console.print(Text(f"  {piece.title}  {piece.place}"))
        if not pack.pieces:
            console.print("  No piece is written for that reader: one page of the words below would be.")
        for cited in pack.words:
            console.print(Text("  " + quoted(cited)))
        console.print(Text(f"  Who will look after them: {', '.join(pack.look_after) or 'nobody is named yet'}"))
    _sent(console, document)
    for early in document.early:
        console.print("\n[bold]Asked for early[/bold]")
        console.print(Text("  " + quoted(early.quote)))
        console.print(Text("  " + early.exchange))
    if document.unanswered:
        console.print("\n[bold]Named, and no piece answers it[/bold]")
        for named in document.unanswered:
            console.print(Text(f"  {named.what}: {quoted(named.quote)}"))


def _fit(console: Console, one: FitShown) -> None:
    console.print(Text(f"  {one.title} → {one.to}; it answers {one.answers}, named by {one.named_by}"))
    console.print(Text("    " + quoted(one.quote), style="dim"))


def _sent(console: Console, document: ContentDocument) -> None:
    if not document.sent:
        console.print(f"\nNothing was entered as sent; in talk, material was offered {document.offered} times.")
        return
    console.print(f"\n[bold]Sent[/bold]: {len(document.sent)}, {document.answers_nothing} of them answer nothing named")
    for one in document.sent:
        console.print(Text("  " + _gone(one)))


def _gone(one: SentShown) -> str:
    opened = {True: "opened", False: "not opened", None: "nobody knows whether opened"}[one.opened]
    wrong = "; not written for them" if one.wrong_reader else ""
    return (
        f"{one.on} {one.title} → {one.to or 'nobody knows'}: {one.answers or 'answers nothing named'}, {opened}{wrong}"
    )


def quoted(cited: Cited) -> str:
    """“…” and who said it when."""
    return f"“{cited.quote}” {cited.speaker or 'somebody'}{', ' + cited.at if cited.at else ''}"


def show_pieces(console: Console, document: PiecesDocument) -> None:
    """Each piece with the deals in which it stood."""
    if not document.pieces:
        console.print("There is no piece of content yet. Keep one: premortem content add --title TEXT --pain WORDS")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    for name in ("piece", "for", "answers", "deals", "won", "not", "share won", "answered nothing"):
        table.add_column(name, ratio=3 if name in ("piece", "answers", "share won") else None)
    for one in document.pieces:
        table.add_row(*map(Text, _line(one)))
    console.print(table)
    if document.share is not None:
        share = document.share
        between = f"{share.low:.0%} to {share.high:.0%}"
        console.print(
            f"Of all {document.ended} deals that ended, {share.value:.0%} were won ({between}). "
            "A piece that stood in won deals need not have won them."
        )


def _line(one: PieceShown) -> tuple[str, ...]:
    piece = one.piece
    answers = "; ".join(part for part in (piece.pain, piece.use_case, piece.concern) if part)
    numbers = (str(one.deals), str(one.won), str(one.not_won))
    unanswered = f"{one.unanswered} of {one.sent}" if one.sent else "—"
    return (piece.title, piece.reader.replace("_", " "), answers, *numbers, _share(one), unanswered)


def _share(one: PieceShown) -> str:
    if one.share is None:
        return "none ended"
    few = ", few" if one.few else ""
    return f"{one.share.value:.0%} ({one.share.low:.0%} to {one.share.high:.0%}{few})"
