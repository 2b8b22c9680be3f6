"""In which way numbers and days are written: that of the member who asks, for as long as their page is made."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest, HttpResponse
from django.utils import formats, numberformat, timezone, translation

from premortem.records.firm.models import Member
from premortem.web import access

LANGUAGES = (
    ("en", "English: 1,234.5 and 5 Mar 2026"),
    ("en-us", "English (United States): 1,234.5 and Mar 5, 2026"),
    ("de", "Deutsch: 1.234,5 und 5. März 2026"),
    ("es", "español: 1.234,5 y 5 de marzo de 2026"),
    ("fr", "français : 1 234,5 et 5 mars 2026"),
    ("it", "italiano: 1.234,5 e 5 marzo 2026"),
    ("nl", "Nederlands: 1.234,5 en 5 maart 2026"),
    ("pl", "polski: 1 234,5 i 5 marca 2026"),
    ("pt", "português: 1.234,5 e 5 de março de 2026"),
    ("sv", "svenska: 1 234,5 och 5 mars 2026"),
)
OWN_DAYS = {"en": "j M Y", "en-us": "M j, Y"}
"""English days are written short; other languages have their own form."""
THREE_DIGITS = 3
WRITTEN = 4_096
"""Numbers and days that are kept as they were written: a table has the same ones over and over."""

_language: ContextVar[str] = ContextVar("language", default="en")


class InTheirManner:
    """Middleware: a member's page is written in their time zone and in their language's way of writing numbers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language, zone = _of(request)
        before = _language.set(language)
        try:
            with timezone.override(zone):
                return self._answer(request)
        finally:
            _language.reset(before)


def _of(request: HttpRequest) -> tuple[str, ZoneInfo]:
    member = access.asking(request)
    language = member.language if member is not None and member.language in dict(LANGUAGES) else "en"
    return language, zone_of(member)


def zone_of(member: Member | None) -> ZoneInfo:
    """The time zone of a member; UTC for a stranger."""
    return ZoneInfo(member.time_zone if member is not None and member.time_zone in zones() else "UTC")


def zones() -> set[str]:
    """Every time zone that this machine knows, by its name."""
    global _zones
    if not _zones:
        _zones = {zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")} | {"UTC"}
    return _zones


_zones: set[str] = set()


def language() -> str:
    """The language in whose way the page is written that is being made."""
    return _language.get()


def written(value: float, places: int = 0) -> str:
    """A number as the member writes it: 1,234.5 or 1.234,5."""
    return _written_in(_language.get(), f"{value:.{places}f}", places)


@lru_cache(maxsize=WRITTEN)
def _written_in(language: str, rounded: str, places: int) -> str:
    point, comma = (formats.get_format(name, language, True) for name in ("DECIMAL_SEPARATOR", "THOUSAND_SEPARATOR"))
    return numberformat.format(rounded, point, places or None, THREE_DIGITS, comma, force_grouping=True, use_l10n=True)


def day_written(found: date) -> str:
    """A day as the member writes it. A moment is first seen from their time zone."""
    return _in_words(_seen(found) if isinstance(found, datetime) else found)


def month_written(found: date) -> str:
    """A month as the member writes it, in short: Oct 2026, Okt. 2026."""
    return _month_in(_language.get(), found)


def touch_called(kind: str, at: date) -> str:
    """'call of 5 Mar 2026': how pages call a touch, whatever its file is called."""
    return f"{kind} of {day_written(at)}"


def moment_written(found: datetime) -> str:
    """A moment as the member writes it: 5 Mar 2026, 14:30."""
    seen = timezone.localtime(_aware(found))
    return f"{_in_words(seen.date())}, {seen:%H:%M}"


def _seen(found: datetime) -> date:
    """The day of a moment where the member is. Noon of UTC stands for a day whose hour nobody knows: it stays."""
    moment = _aware(found).astimezone(UTC)
    return moment.date() if moment.time() == time(12) else timezone.localtime(moment).date()


def _aware(found: datetime) -> datetime:
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _in_words(found: date) -> str:
    return _day_in(_language.get(), found)


@lru_cache(maxsize=WRITTEN)
def _month_in(language: str, found: date) -> str:
    with translation.override(language):
        return formats.date_format(found, "M Y")


@lru_cache(maxsize=WRITTEN)
def _day_in(language: str, found: date) -> str:
    with translation.override(language):
        return formats.date_format(found, OWN_DAYS.get(language, "DATE_FORMAT"))
