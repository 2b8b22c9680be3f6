"""A table's report as one HTML file with its pictures in it: nothing in it runs, and nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from premortem.acts.forecasts.forecast_table import ColumnReason, TableForecast
from premortem.cli.forecast_table_pictures import (
    calibration_picture,
    chances_picture,
    levels_picture,
    shares_picture,
)
from premortem.cli.show_forecast_table import (
    base_rate_in_words,
    chance_in_words,
    found_in_words,
    reasons_in_words,
    trial_in_words,
    verdict_in_words,
)

STYLE = """
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, sans-serif; color: #1a1c20; background: #fff; margin: 0 auto; max-width: 52rem;
  padding: 1.5rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 0; }
.dim { color: #555b66; } .verdict { border-left: 4px solid; padding: .5rem 1rem; margin: 1rem 0; }
.verdict.found { border-color: #1b7f4d; } .verdict.none { border-color: #a35b00; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .8rem .3rem 0;
  border-bottom: 1px solid #d8dbe0; vertical-align: top; } .wide { overflow-x: auto; }
td.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
svg { max-width: 100%; height: auto; font: 12px system-ui, sans-serif; } svg text { fill: currentColor; }
.dot, .bar { fill: #2457a6; } .range { stroke: #2457a6; stroke-width: 2; opacity: .55; }
.ideal { stroke: #9aa0aa; } .base { stroke: #a35b00; stroke-dasharray: 5 4; stroke-width: 1.5; }
.frame { fill: none; stroke: #9aa0aa; }
@media (prefers-color-scheme: dark) {
  body { background: #16181c; color: #e8e8e8; } .dim { color: #a9afb8; } th, td { border-color: #3a3f47; }
  .dot, .bar { fill: #7fb0ff; } .range { stroke: #7fb0ff; } .base { stroke: #ffb454; }
}
@media print { body { max-width: none; padding: 0; font-size: 10pt; } section { break-inside: avoid-page; } }
"""
PICTURED = 6
"""Columns whose values are drawn; the table beside them names the others."""


def forecast_table_page(document: TableForecast) -> str:
    """The whole file. Whatever stands in the table is escaped."""
    kind = "found" if document.signal else "none"
    body = [
        f"<h1>What {escape(document.file)} can tell</h1>",
        f'<p class="dim">{escape(found_in_words(document))}</p>',
        f'<p class="verdict {kind}">{escape(verdict_in_words(document))}</p>',
        _base_rate(document),
        _reasons("Leaks", "Known only after the end, so nothing is learned from them.", document.leaks),
        _trial(document),
        _columns(document),
        _open_deals(document),
        _reasons("Not learned from", "", document.not_used),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Forecast: {escape(document.file)}</title><style>{STYLE}</style></head>\n<body><main>\n"
        + "\n".join(part for part in body if part)
        + "\n</main></body></html>\n"
    )


def _base_rate(document: TableForecast) -> str:
    share = document.base_rate
    picture = shares_picture([(f"all that ended ({share.of:,})", share)], share.value, "The base rate")
    return _section("Base rate", f"<p>{escape(base_rate_in_words(share))}.</p>{picture}")


def _reasons(title: str, says: str, columns: Sequence[ColumnReason]) -> str:
    if not columns:
        return ""
    told = _table(("column", "why"), [(escape(one.column), escape(one.reason)) for one in columns])
    return _section(title, (f"<p>{says}</p>" if says else "") + told)


def _trial(document: TableForecast) -> str:
    rows = trial_in_words(document)
    if not rows:
        return ""
    told = _table(("figure", "on deals held back"), [(escape(name), escape(says)) for name, says in rows])
    picture = calibration_picture(document.calibration, document.base_rate.value)
    note = (
        '<p class="dim">Each dot is a group of deals held back. On the line, what was forecast came true; the bars are '
        "what chance allows 9 times of 10. The dashed line is the base rate.</p>"
    )
    return _section("How well it predicts", told + picture + note)


def _columns(document: TableForecast) -> str:
    if not document.columns:
        names = ", ".join(document.used) or "no column"
        return _section("Learned from", f"<p>{escape(names)}</p>")
    drawn = [one for one in document.columns if one.levels][:PICTURED]
    pictures = [f"<h3>{escape(one.column)}</h3>{levels_picture(one, document.base_rate.value)}" for one in drawn]
    rows = [(escape(one.column), f"{one.log_odds:.2f}") for one in document.columns]
    table = _table(("column", "how far it moves deals apart (standard deviation of log-odds)"), rows)
    return _section("What tells won from lost", "".join(pictures) + table)


def _open_deals(document: TableForecast) -> str:
    if not document.forecasts:
        return ""
    ranked = sorted(document.forecasts, key=lambda one: -one.won)
    rows = [
        (
            escape(one.id or f"line {one.line}"),
            escape(chance_in_words(one)),
            escape(one.amount or ""),
            escape(reasons_in_words(one)),
        )
        for one in ranked
    ]
    heads = ("deal", "chance, 9 of 10 times between", "amount", "what moves it")
    picture = chances_picture(ranked, document.base_rate.value)
    return _section(f"Open deals ({len(rows):,})", picture + _table(heads, rows))


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>'
