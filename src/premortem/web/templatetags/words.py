"""How pages write numbers, days and names of checks."""

from __future__ import annotations

from datetime import date, datetime

from django import template

register = template.Library()


@register.filter
def plain(name: str) -> str:
    """'economic_buyer_unmet' as people say it."""
    return str(name).replace("_", " ")


@register.filter
def money(amount: float | None, currency: str | None = None) -> str:
    """'480,000 EUR'; nothing where there is no amount."""
    return "" if amount is None else f"{amount:,.0f} {currency or ''}".strip()


@register.filter
def day(moment: date | datetime | str | None) -> str:
    """'5 Mar 2026'."""
    if not moment:
        return ""
    found = date.fromisoformat(moment[:10]) if isinstance(moment, str) else moment
    return f"{found.day} {found:%b %Y}"
