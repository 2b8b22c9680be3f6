"""Looking something up in a template by a name that only the page knows."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(known: Mapping[str, object], name: str | None) -> object:
    """`{{ places|of:file }}`: what stands under a name; nothing where nothing does."""
    return known.get(name or "", "")
