"""Rows of the table of deals: written once for each state of a deal, since many look at the same ones."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from premortem.acts.looking.deal_table import DealLine
from premortem.web.manner import language

register = template.Library()
KEPT = 5_000
"""Rows kept by each process, of a kilobyte or two."""


@register.simple_tag
def deal_row(line: DealLine) -> SafeString:
    """The row of a deal, in the manner of the member who reads it."""
    return _row(line, language())


@lru_cache(maxsize=KEPT)
def _row(line: DealLine, written_in: str) -> SafeString:
    """`written_in` only tells one manner from another."""
    return render_to_string("deals/row.html", {"line": line})
