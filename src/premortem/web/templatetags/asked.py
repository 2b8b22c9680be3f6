"""How the import pages name what they ask about: a mail by the hash of its key, a deal by its name."""

from __future__ import annotations

from django import template

from premortem.web.mail_upload import question_of

register = template.Library()


@register.filter
def asked_as(key: str) -> str:
    """The hash by which a form names a mail."""
    return question_of(key)


@register.filter
def named(names: dict[str, str], deal: str) -> str:
    """A deal's name; its id where none is known."""
    return names.get(deal) or deal
