"""The pictures of a table's report, as SVG: calibration, the open deals' chances, and what each column's values won."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from premortem.acts.forecasts.forecast_table import CalibrationBin, ColumnShown, OpenDeal, Share

SIDE, EDGE = 300, 44
"""The square of the calibration picture, and the room for its axes."""
WIDE, LABEL, ROW = 620, 210, 22
"""The width of a picture of lines, the room for their names, and the height of each."""
BARS = 20


def calibration_picture(bins: Sequence[CalibrationBin], base_rate: float) -> str:
    """What was forecast against what came true: dots on the line are right, and a bar is what chance allows."""

    def x(share: float) -> float:
        return EDGE + share * SIDE

    def y(share: float) -> float:
        return 10 + (1 - share) * SIDE

    parts = [_line(x(0), y(0), x(1), y(1), "ideal"), _line(x(0), y(base_rate), x(1), y(base_rate), "base")]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(_text(x(tick), y(0) + 16, f"{tick:.0%}", "middle"))
        parts.append(_text(x(0) - 6, y(tick) + 4, f"{tick:.0%}", "end"))
    most = max((one.won.of for one in bins), default=1)
    for one in bins:
        says = f"forecast {one.forecast:.0%}, came true {one.won.value:.0%} of {one.won.of:,}"
        parts.append(_line(x(one.forecast), y(one.won.low), x(one.forecast), y(one.won.high), "range"))
        parts.append(_dot(x(one.forecast), y(one.won.value), 3 + 5 * (one.won.of / most) ** 0.5, says))
    parts.append(_text(x(0.5), y(0) + 34, "chance that was forecast", "middle"))
    parts.append(f'<rect class="frame" x="{x(0)}" y="{y(1)}" width="{SIDE}" height="{SIDE}"/>')
    title = "Of the deals held back, the share that was won against the chance that was forecast"
    return _svg(EDGE + SIDE + 12, SIDE + EDGE + 8, title, parts)


def chances_picture(deals: Sequence[OpenDeal], base_rate: float) -> str:
    """How many open deals have which chance; the dashed line is the base rate."""
    counts = [0] * BARS
    for one in deals:
        counts[min(int(one.won * BARS), BARS - 1)] += 1
    most, high, wide = max(counts), 120, WIDE - 2 * EDGE
    parts = []
    for at, count in enumerate(counts):
        tall = high * count / most
        left = EDGE + wide * at / BARS
        says = f"{at / BARS:.0%} to {(at + 1) / BARS:.0%}: {count:,}"
        parts.append(
            f'<rect class="bar" x="{left + 1:.1f}" y="{10 + high - tall:.1f}" width="{wide / BARS - 2:.1f}" '
            f'height="{tall:.1f}"><title>{says}</title></rect>'
        )
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(_text(EDGE + wide * tick, high + 26, f"{tick:.0%}", "middle"))
    parts.append(_line(EDGE + wide * base_rate, 6, EDGE + wide * base_rate, 10 + high, "base"))
    parts.append(_text(EDGE - 6, 18, f"{most:,}", "end"))
    return _svg(WIDE, high + 34, f"How many of {len(deals):,} open deals have which chance", parts)


def levels_picture(column: ColumnShown, base_rate: float) -> str:
    """The share won with each of a column's values, with its interval; the dashed line is the base rate."""
    rows = [(f"{one.value} ({one.won.of:,})", one.won) for one in column.levels]
    return shares_picture(rows, base_rate, f"The share won by '{column.column}'")


def shares_picture(rows: Sequence[tuple[str, Share]], base_rate: float, title: str) -> str:
    """Shares with their intervals, one a line."""
    wide = WIDE - LABEL - 20

    def x(share: float) -> float:
        return LABEL + share * wide

    bottom = ROW * len(rows) + 8
    parts = [_line(x(base_rate), 2, x(base_rate), bottom, "base")]
    for number, (name, share) in enumerate(rows):
        y = ROW * number + 16
        parts.append(_text(LABEL - 10, y + 4, name if len(name) <= 32 else f"{name[:31]}…", "end", name))
        parts.append(_line(x(share.low), y, x(share.high), y, "range"))
        parts.append(_dot(x(share.value), y, 4, f"{share.value:.0%} ({share.low:.0%} to {share.high:.0%})"))
    for tick in (0.0, 0.5, 1.0):
        parts.append(_text(x(tick), bottom + 16, f"{tick:.0%}", "middle"))
    return _svg(WIDE, bottom + 22, title, parts)


def _svg(wide: float, high: float, title: str, parts: Sequence[str]) -> str:
    told = escape(title)
    return (
        f'<svg viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}" role="img" aria-label="{told}">'
        f"<title>{told}</title>{''.join(parts)}</svg>"
    )


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _dot(x: float, y: float, size: float, says: str) -> str:
    return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"><title>{escape(says)}</title></circle>'


def _text(x: float, y: float, says: str, anchor: str, whole: str = "") -> str:
    title = f"<title>{escape(whole)}</title>" if whole else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(says)}{title}</text>'
