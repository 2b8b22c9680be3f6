# ruff: noqa: T201
"""How precise the readers are on labelled deals.

    python tools/measure_readers.py FOLDER [--write] [--claim CLAIM]

A labelled deal is a folder with `deal.json`, `touches/` and `truth.json`. Prints precision, recall and F1 a claim.
`--write` writes each pattern's measured precision to `readers/_measured.py`, from where readers take it as their
confidence; `--claim` shows every fact of one claim that was found, missed or made up. Never `--write` from deals that
are kept for measuring.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from email.utils import getaddresses
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from premortem.ledger.contents import Conversation, Turn
from premortem.listening.readers import _cues
from premortem.listening.readers.assembly import find_readers, read_all
from premortem.listening.scene import Reading, Scene, Someone

KIND = {".vtt": "call", ".eml": "mail", ".txt": "note"}
CUE = re.compile(r"(?m)^(?:\d+:)?\d\d:\d\d[.,]\d{3}\s+-->.*\n((?:.+\n?)+)")
VOICE = re.compile(r"<v ([^>]+)>(.*)|([^:]{1,40}): (.*)", re.DOTALL)
QUOTED = re.compile(r"(?m)^(?:>|On .{5,80} wrote:|-+ ?Original|De: |From: |--\s*$)")


def touches(deal: Path) -> Iterator[tuple[Path, Conversation, list[str]]]:
    """Each touch with the names of those listed in it."""
    for path in sorted((deal / "touches").iterdir()):
        if path.suffix == ".vtt":
            yield path, Conversation("call", "vtt", tuple(_cue_turns(path.read_text()))), []
        elif path.suffix == ".eml":
            yield _mail(path)
        else:
            first, _, rest = path.read_text().partition("\n")
            author = re.sub(r"^Note by ([^,]+).*", r"\1", first)
            yield path, Conversation("note", "note", (Turn(rest, author),)), [author]


def _cue_turns(text: str) -> Iterator[Turn]:
    for cue in CUE.finditer(text.replace("\r\n", "\n")):
        body = " ".join(line.strip() for line in cue[1].splitlines())
        voice = VOICE.match(body)
        who, said = ((voice[1] or voice[3]), (voice[2] or voice[4] or "")) if voice else (None, body)
        yield Turn(said.replace("</v>", ""), who)


def _mail(path: Path) -> tuple[Path, Conversation, list[str]]:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    part = mail.get_body(("plain", "html"))
    text = part.get_content() if part else ""
    cut = QUOTED.search(text)
    text = text[: cut.start()] if cut else text
    listed = [name or address for name, address in getaddresses([str(mail[k] or "") for k in ("from", "to", "cc")])]
    return path, Conversation("mail", "eml", (Turn(text, listed[0]),), subject=str(mail["subject"] or "")), listed


class Deal:
    """Who is who while the touches of one deal are read in order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.crm = json.loads((folder / "deal.json").read_text())
        self.truth = json.loads((folder / "truth.json").read_text())
        self.people: dict[str, Someone] = {}
        self.rivals: set[str] = set()
        for side, key in (("seller", "sellers"), ("buyer", "contacts")):
            for row in self.crm[key]:
                self.add(row["name"], side, row.get("title"))
        self.sides = {row["name"]: row["side"] for row in self.truth["people"]}

    def add(self, name: str | None, side: Any, title: str | None = None) -> str:
        key = name or title or ""
        self.people.setdefault(key, Someone(key, side, name, title))
        return key

    def resolve(self, label: str) -> str | None:
        """The person whom a speaker's label means: by full or first name; None for 'Speaker 2' and numbers."""
        label = label.strip()
        if label in self.people:
            return label
        words = label.lower().rstrip(".").split()
        hits = [n for n in self.people if n.lower().split()[: len(words)] == words]
        hits = hits or [n for n in self.sides if n.lower().split()[: len(words)] == words]
        if re.search(r"\d", label) or label.lower().startswith("speaker"):
            return None
        name = hits[0] if len(hits) == 1 else label
        return self.add(name, self.sides.get(name, "buyer"))

    def scenes(self) -> Iterator[tuple[str, Scene]]:
        for path, talk, listed in touches(self.folder):
            speakers = tuple(self.resolve(turn.speaker) if turn.speaker else None for turn in talk.turns)
            here = {self.resolve(one) for one in listed} | set(speakers)
            yield path.name, Scene(
                talk, speakers, dict(self.people), frozenset(p for p in here if p),
                date.fromisoformat(path.name[:10]), self.crm["account"], self.crm["seller"], tuple(sorted(self.rivals)),
            )  # fmt: skip


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def same(one: str, other: str) -> bool:
    a, b = words(one), words(other)
    return bool(a and b) and (a & b).total() * 2 >= min(a.total(), b.total())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--claim")
    chosen = parser.parse_args()
    readers = find_readers()
    per: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    cues: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    began, turns = perf_counter(), 0
    for folder in sorted(p.parent for p in chosen.folder.glob("*/truth.json")):
        deal = Deal(folder)
        for touch, scene in deal.scenes():
            turns += len(scene.turns)
            _cues.watched = {}
            readings = read_all(scene, readers)
            for reading in readings:
                if reading.claim == "competitor_named" and reading.value:
                    deal.rivals.add(reading.value)
                if reading.named is not None:
                    deal.add(reading.named.name, "buyer", reading.named.title)
            truth = [fact for fact in deal.truth["facts"] if fact["touch"] == touch]
            _score(scene, readings, truth, per, cues, chosen.claim and (chosen.claim, folder.name[:8]))
    _show(per, cues, chosen.claim)
    print(f"{turns} turns in {perf_counter() - began:.1f} s")
    if chosen.write:
        _write(cues)


def _score(scene: Scene, readings: list[Reading], truth: list[Any], per: Any, cues: Any, show: Any) -> None:
    call = scene.conversation.type == "call"
    left = list(truth)
    said = {(f["turn"], f["claim"]) for f in truth}
    wrong: set[tuple[int, str]] = set()
    for r in readings:
        text = scene.turns[r.turn].text[r.start : r.end]
        hits = [f for f in left if f["claim"] == r.claim and (f["turn"] == r.turn if call else same(f["quote"], text))]
        again = call and (r.turn, r.claim) in said
        right = bool(hits) or again
        name = (_cues.watched or {}).get((r.turn, r.start, r.claim))
        if name:
            cues[name][not right] += 1
        if hits:
            left.remove(hits[0])
            per[r.claim][0] += 1
        elif not again and not (call and (r.turn, r.claim) in wrong):
            per[r.claim][1] += 1
            wrong.add((r.turn, r.claim))
        if show and show[0] == r.claim:
            print(
                "+" if right else "-", show[1], r.turn, name, repr(text), "|", r.person or r.named or "", r.value or ""
            )
    for fact in left:
        per[fact["claim"]][2] += 1
        if show and show[0] == fact["claim"]:
            print("?", show[1], fact["turn"], repr(fact["quote"]), "|", fact["person"] or "", fact["value"] or "")


def _show(per: dict[str, list[int]], cues: dict[str, list[int]], claim: str | None) -> None:
    for name in sorted(cues):
        if claim is None or name.startswith(claim):
            print(f"    {name:46} {cues[name][0]:4} right {cues[name][1]:4} wrong")
    total = [sum(n) for n in zip(*per.values(), strict=True)]
    for name, (tp, fp, fn) in [*sorted(per.items()), ("ALL", total)]:
        p, r = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
        print(
            f"{name:28} p {p:.2f} r {r:.2f} f1 {2 * p * r / max(p + r, 1e-9):.2f} ({tp} right, {fp} wrong, {fn} missed)"
        )


def _write(cues: dict[str, list[int]]) -> None:
    path = Path(_cues.__file__).with_name("_measured.py")
    rows = "".join(f'    "{name}": {(r + 1) / (r + w + 2):.2f},\n' for name, (r, w) in sorted(cues.items()))
    path.write_text(
        '"""Each pattern\'s precision as `tools/measure_readers.py --write` measured it on labelled deals.\n\n'
        "(right + 1) / (found + 2), so that a pattern seen once is not believed for ever. The patterns were written\n"
        'with these same deals in view: on others expect about a third less.\n"""\n\n'
        f"MEASURED: dict[str, float] = {{\n{rows}}}\n"
    )


if __name__ == "__main__":
    main()
