"""The sheet for the next meeting as one HTML file to print on A4: nothing in it runs, and nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from premortem.acts.looking.prepare import CoachShown, PrepareDocument
from premortem.acts.witness import Cited
from premortem.cli.show_prepare import (
    coach_in_words,
    condition_in_words,
    due_in_words,
    unknown_in_words,
    who_in_words,
)

STYLE = """
@page { size: A4; margin: 10mm; }
* { box-sizing: border-box; }
body { font: 8pt/1.25 system-ui, sans-serif; color: #111; margin: 0 auto; max-width: 190mm; }
h1 { font-size: 13pt; margin: 0; } h1 + p { margin: 0 0 2mm; color: #444; }
h2 { font-size: 9.5pt; margin: 2.5mm 0 1mm; border-bottom: .3mm solid #999; break-after: avoid; }
ul, ol { margin: 0; padding-left: 4.5mm; } li { margin: 0 0 .8mm; break-inside: avoid; }
q { font-style: italic; } .where { color: #555; font-size: 7pt; } .ask { font-weight: 600; }
.columns { columns: 2; column-gap: 6mm; } section { break-inside: auto; }
.columns { margin-top: 2.5mm; } .columns section:first-child h2 { margin-top: 0; }
@media screen { body { padding: 8mm; } }
@media screen and (max-width: 700px) { .columns { columns: 1; } }
@media screen and (prefers-color-scheme: dark) {
  body { background: #16181c; color: #e8e8e8; } h1 + p, .where { color: #a9afb8; } h2 { border-color: #666; }
}
"""
QUOTE = 100
"""Characters of a quote that fit a printed line or two; --json gives it whole."""
PEOPLE, LINES = 6, 4
"""How many people, and lines under any other heading, keep the sheet on one page; the terminal shows them all."""


def call_sheet_page(sheet: PrepareDocument) -> str:
    """The whole file. Whatever was said in the deal is escaped."""
    deal = sheet.deal
    head = " · ".join(part for part in (deal.account, deal.stage, f"seen from {sheet.as_of}") if part)
    steps = [_item(one.says + due_in_words(one.due, one.overdue), one.evidence[-1:]) for one in sheet.steps]
    body = [
        f"<h1>{escape(deal.name)}</h1><p>{escape(head)}</p>",
        _asked(sheet),
        '<div class="columns">',
        _section("Who is who", [_item(who_in_words(one), one.evidence[:1]) for one in sheet.people], PEOPLE),
        _section("Silent last time", [_item(", ".join(sheet.silent_last_time), ())] if sheet.silent_last_time else []),
        _section("Their dates and ours", [_item(sheet.dates.says, sheet.dates.theirs[:2])]),
        _section("Promised and still open", steps),
        _section("What we know", [_item(f"{one.what}:", one.evidence[-1:]) for one in sheet.known], len(sheet.known)),
        _section("What we don't know", [_item(unknown_in_words(one), one.evidence[-1:]) for one in sheet.unknown], 6),
        _coach(sheet.coach),
        _section("Better not", [_item(one.says, one.evidence[-1:]) for one in sheet.avoid]),
        "</div>",
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(deal.name)}: the next meeting</title><style>{STYLE}</style></head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "\n</body></html>\n"
    )


def _asked(sheet: PrepareDocument) -> str:
    items = []
    for one in sheet.questions:
        through = f", through {one.through}" if one.through else ""
        to = f"{escape(one.to + through)}: " if one.to else ""
        why = f'<br><span class="where">{escape(_short(one.why_now))}</span>'
        items.append(f'<li>{to}<span class="ask">{escape(one.question)}</span>{why}{_quoted(one.evidence[-1:])}</li>')
    return f"<section><h2>Ask</h2><ol>{''.join(items)}</ol></section>" if items else ""


def _coach(coach: CoachShown | None) -> str:
    if coach is None:
        return ""
    shown = [one.name for one in coach.conditions if one.met]
    lines = [_item(f"shown: {', '.join(shown)}", ())] if shown else []
    lines += [_item(condition_in_words(one), ()) for one in coach.conditions if not one.met]
    return _section(coach_in_words(coach), lines, len(lines))


def _section(title: str, items: Sequence[str], most: int = LINES) -> str:
    left = f'<li class="where">and {len(items) - most} more</li>' if len(items) > most else ""
    told = "".join(items[:most]) + left
    return f"<section><h2>{escape(title)}</h2><ul>{told}</ul></section>" if told else ""


def _item(says: str, evidence: Iterable[Cited]) -> str:
    return f"<li>{escape(says)}{_quoted(evidence)}</li>"


def _quoted(evidence: Iterable[Cited]) -> str:
    return "".join(
        f' <q>{escape(_short(cited.quote))}</q> <span class="where">{escape(_said(cited))}</span>' for cited in evidence
    )


def _said(cited: Cited) -> str:
    """Who and when; the touch's name is longer than a printed line bears."""
    return f"{cited.speaker or 'somebody'}, {cited.at or cited.touch}"


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= QUOTE else flat[:QUOTE].rpartition(" ")[0] + " …"
