"""Preview: what an import would do, file by file, thought out on a copy in memory; the ledger stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct

from premortem.acts.aside import beside
from premortem.acts.bringing_in.bring_in import BroughtIn, LeftOut, Progress, bring_in
from premortem.acts.witness import Witness
from premortem.errors import Unreadable
from premortem.importing.deal_folder.reading import deal_folders, read_deal_folder
from premortem.ledger.deal import Deal, DealTouch
from premortem.ledger.entries import Changed, Entry, Fact, Opened, Outcome, Person, Touch
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger
from premortem.listening.formats.opening import bytes_of, open_touches

Became = Literal["new", "anew", "known", "left_out"]
"""`anew`: a touch that is there is read again; `known`: the ledger has this very file."""
MOST_TRIED = 10
"""Files of which it is said what is wrong with them, where there is no deal among them."""
May = Callable[[str], bool]
"""Whether whoever imports may write to the deal of this id."""


class FileLine(Struct, frozen=True):
    """One file: what becomes of it, and where it is left out, why and what to do."""

    file: str
    became: Became
    why: str = ""
    kind: str = ""
    on: str = ""
    turns: int = 0
    facts: int = 0


class PersonFound(Struct, frozen=True):
    """Somebody whom the deal does not know yet."""

    name: str
    title: str
    side: str


class DealLine(Struct, frozen=True):
    """What an import adds to one deal. `row` is what the CRM's row tells that is new, as field and value."""

    deal: str
    name: str
    new: bool
    entries: int
    facts: int
    files: list[FileLine]
    people: list[PersonFound]
    row: list[tuple[str, str]]
    remarks: list[str]

    @property
    def counts(self) -> Counter[str]:
        return Counter(one.became for one in self.files)


class Preview(Struct, frozen=True):
    """What an import would do. `stray` are files that belong to no deal. `schema` changes when a meaning does."""

    deals: list[DealLine]
    stray: list[FileLine]
    schema: str = "premortem.preview/1"


def preview(
    ledger: Ledger,
    path: Path,
    now: datetime,
    deal: str | None = None,
    may: May = lambda deal: True,
    progress: Progress | None = None,
) -> Preview:
    """Raises Unreadable where nothing at the path is a deal, and Unknown where `deal` is not in the ledger."""
    aside = beside(ledger)
    lines = [
        _deal_line(ledger, aside, folder, done, path)
        for folder, done in bring_each(aside, path, now, deal, may, progress)
    ]
    return Preview(lines, [] if deal else list(_stray(path)))


def bring_each(
    ledger: Ledger,
    path: Path,
    now: datetime,
    deal: str | None = None,
    may: May = lambda deal: True,
    progress: Progress | None = None,
) -> Iterator[tuple[Path, BroughtIn]]:
    """Import what lies at a path, a deal at a time: where it lies, and what was done; deals that are there and may not
    be written to are left out. Raises as `bring_in` does."""
    folders = [path] if deal is not None else deal_folders(path)
    if not folders:
        _refuse_unreadable(path)
        remedy = "Give a folder with a deal.json and a folder 'touches', or choose the deal that these files belong to."
        raise Unreadable("These files", "", "there is no deal among them", remedy)
    sizes = [max(sum(one.is_file() for one in folder.rglob("*")) - (deal is None), 1) for folder in folders]
    for number, folder in enumerate(folders):
        before = sum(sizes[:number])
        found = deal or _id_in(folder)
        if found is not None and not may(found) and ledger.store.read(found):
            why = "You can't import into a deal with this id. Give it another id, or ask an admin."
            yield folder, BroughtIn(folder.name, folder.name, left_out=[LeftOut(str(folder / "deal.json"), why)])
            continue
        (done,) = bring_in(ledger, folder, now, deal, _counting(progress, before, sum(sizes)))
        yield folder, done


def _refuse_unreadable(path: Path) -> None:
    """Where no file among a few is one that can be read, what is wrong with the first is said: that is nearer."""
    files = [one for one in sorted(path.rglob("*")) if one.is_file() and not one.name.startswith(".")]
    refused = []
    for file in files[:MOST_TRIED]:
        try:
            if not file.stat().st_size:
                raise Unreadable(file.name, "", "this file is empty", "See whether it was saved, and choose it again.")
            open_touches(file.name, bytes_of(file))
        except Unreadable as one:
            refused.append(one)
    if refused and len(refused) == len(files):
        raise refused[0]


def _counting(progress: Progress | None, before: int, of: int) -> Progress | None:
    if progress is None:
        return None
    return lambda what, number, _: progress(what, before + number, of)


def _id_in(folder: Path) -> str | None:
    try:
        return read_deal_folder(folder).row.id
    except Unreadable:
        return None  # the import itself says what is wrong


def _deal_line(ledger: Ledger, aside: Ledger, folder: Path, done: BroughtIn, root: Path) -> DealLine:
    before, after = ledger.store.read(done.deal), aside.store.read(done.deal)
    news = after[len(before) :]
    left = [FileLine(_below(root, one.file), "left_out", _plainly(one.why, root)) for one in done.left_out]
    if not after or (left and not done.entries and not done.touches and not done.known_already):
        return DealLine(done.deal, done.name, not before, 0, 0, left, [], [], [])
    deal = deal_as_of(after)
    known = deal_as_of(before) if before else None
    witness = Witness(deal, aside.contents)
    read = {one.body.touch for one in news if isinstance(one.body, Touch)}
    had = {touch.id for touch in known.touches} if known else set()
    files = [_touch_line(touch, news, touch.id in had, witness) for touch in deal.touches if touch.id in read]
    files += [FileLine(name, "known") for name in _others(folder, root, files, left)]
    return DealLine(
        deal=done.deal,
        name=deal.name,
        new=not before,
        entries=done.entries,
        facts=done.facts,
        files=sorted(files, key=lambda one: one.file) + left,
        people=_people(deal, known, news, witness),
        row=list(_row(news)),
        remarks=[_plainly(one, root) for one in done.remarks],
    )


def _touch_line(touch: DealTouch, news: list[Entry], had: bool, witness: Witness) -> FileLine:
    facts = sum(isinstance(one.body, Fact) and one.body.touch == touch.id for one in news)
    name, on = witness.touch_name(touch.id), touch.at.date().isoformat()
    return FileLine(name, "anew" if had else "new", "", touch.type, on, touch.turns, facts)


def _others(folder: Path, root: Path, read: list[FileLine], left: list[FileLine]) -> Iterator[str]:
    """The files of a deal that are neither read nor left out: the ledger knows them."""
    touches = folder / "touches" if (folder / "deal.json").is_file() else folder
    named = {one.file.partition("#")[0] for one in read} | {one.file for one in read}
    out = {one.file for one in left}
    for file in sorted(one for one in touches.rglob("*") if one.is_file() and not one.name.startswith(".")):
        name = file.relative_to(touches).as_posix()
        if name not in named and _below(root, str(file)) not in out:
            yield name


def _people(deal: Deal, known: Deal | None, news: list[Entry], witness: Witness) -> list[PersonFound]:
    told = {deal.human.get(one.body.person, one.body.person) for one in news if isinstance(one.body, Person)}
    new = told - set(known.people if known else ())
    cards = [(witness.cards.get(one), deal.side(one)) for one in new]
    found = [PersonFound(card.name or "", card.title or "", side) for card, side in cards if card is not None]
    return sorted((one for one in found if one.name or one.title), key=lambda one: (one.side, one.name, one.title))


def _row(news: list[Entry]) -> Iterator[tuple[str, str]]:
    for entry in news:
        match entry.body:
            case Opened(account=account):
                yield "account", account
            case Changed(field=field, value=value):
                yield field, "not known any more" if value is None else str(value)
            case Outcome(status=status):
                yield "outcome", status
            case _:
                pass


def _stray(path: Path) -> Iterator[FileLine]:
    """Files beside the deals' own: nobody looks at them, and that is said."""
    folders = deal_folders(path)
    for file in sorted(one for one in path.rglob("*") if one.is_file()):
        own = any(file == one / "deal.json" or (one / "touches") in file.parents for one in folders)
        if not own or (file.name.startswith(".") and file.name != "deal.json"):
            why = "It lies in no deal's folder 'touches'." if not own else "Files that begin with a dot are not read."
            yield FileLine(file.relative_to(path).as_posix(), "left_out", why)


def _below(root: Path, file: str) -> str:
    return _plainly(file, root) or file


def _plainly(text: str, root: Path) -> str:
    """A sentence without the folder that the files happen to lie in."""
    return text.replace(f"{root.as_posix()}/", "").replace(str(root), "the folder")
