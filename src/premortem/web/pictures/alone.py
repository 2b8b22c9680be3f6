"""A picture by itself: SVG that brings its colours along, as they are in the light theme, and PNG made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.template.loader import render_to_string

STYLESHEET = Path(__file__).parents[1] / "static" / "premortem" / "premortem.css"
MARGIN, HEADING, A_ROW, A_SYMBOL = 24, 52, 24, 200
SHARP = 2
"""Pixels of the PNG for each of the picture's."""
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML has no place for."""


class Sign(NamedTuple):
    """A sign of a picture's legend: `name` draws it in templates/pictures/sign.html, `says` is what it means."""

    name: str
    says: str


class Placed(NamedTuple):
    """A sign of the legend and where it stands."""

    x: int
    y: int
    name: str
    says: str


class Drawing(NamedTuple):
    """A picture, ready to stand alone: `body` is the template of what is drawn, `drawn` what it draws."""

    body: str
    title: str
    beneath: str
    drawn: NamedTuple
    width: int
    height: int
    legend: Sequence[Sign]


def svg_of(drawing: Drawing) -> str:
    """The picture with its heading above, its legend beneath, and all colours in it."""
    a_line = max(1, drawing.width // A_SYMBOL)
    top = HEADING + drawing.height + 28
    legend = list(_placed(drawing.legend, a_line, top))
    height = top + A_ROW * -(-len(legend) // a_line) + MARGIN
    told = {"drawing": drawing, "style": light_style(), "legend": legend, "heading": HEADING, "margin": MARGIN}
    size = {"width": drawing.width + 2 * MARGIN, "height": height + MARGIN}
    return _UNFIT.sub("\ufffd", render_to_string("pictures/alone.svg", told | size))


def png_of(svg: str) -> bytes:
    """An SVG that stands alone as PNG. Its letters are those of the library where the machine has no fonts."""
    import vl_convert  # only where somebody asks for a picture

    return vl_convert.svg_to_png(svg, scale=SHARP)


@cache
def light_style() -> str:
    """The stylesheet's rules for what is in a picture, with the light theme's colours instead of their names."""
    told = re.sub(r"/\*.*?\*/", "", STYLESHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    root = told.partition(":root {")[2].partition("}")[0]
    colours = dict(re.findall(r"--([\w-]+):\s*([^;]+);", root))
    rules = re.findall(r"^(\.picture [^{}]+)\{([^{}]*)\}", told, flags=re.MULTILINE)
    named = "\n".join(f"{selector.strip()} {{{rule}}}" for selector, rule in rules)
    return re.sub(r"var\(--([\w-]+)\)", lambda found: colours[found[1]], named)


def _placed(legend: Sequence[Sign], a_line: int, top: int) -> Iterator[Placed]:
    for number, (name, says) in enumerate(legend):
        yield Placed(number % a_line * A_SYMBOL, top + number // a_line * A_ROW, name, says)
