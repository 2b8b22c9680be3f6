"""Settings: what each member sets for themselves, and the keys of their programs."""

from __future__ import annotations

import secrets
from datetime import datetime, time
from functools import lru_cache
from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from premortem.records.firm.models import Member, Token
from premortem.web import access
from premortem.web.keys import secret_of
from premortem.web.manner import LANGUAGES, zones

THEMES = (("system", "As this device has it"), ("light", "Light"), ("dark", "Dark"))
SCOPES = (("read", "read: deals, findings, reviews"), ("write", "write: import, confirm and reject"))
A_YEAR = 365 * 24 * 3600
KEPT_IN_LIST = 50
AT_MOST_DAYS = 366


class LongSelect(forms.Select):
    """A list of hundreds of choices that are the same for everybody: written once for each that is chosen."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        choices = tuple((str(one), str(called)) for one, called in self.choices)
        told = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", told, _options(choices, str(value or "")))


@lru_cache(maxsize=64)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    told = ((one, mark_safe(" selected") if one == chosen else "", called) for one, called in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', told)


class You(forms.Form):
    """What a member tells of themselves."""

    first_name = forms.CharField(
        max_length=150, label="First name", widget=forms.TextInput({"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        max_length=150, label="Last name", required=False, widget=forms.TextInput({"autocomplete": "family-name"})
    )
    time_zone = forms.ChoiceField(label="Time zone", widget=LongSelect)
    language = forms.ChoiceField(choices=LANGUAGES, label="Numbers and days")

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in sorted(zones())]  # type: ignore[attr-defined]


class NewToken(forms.Form):
    """A program's key, before it is made."""

    name = forms.CharField(max_length=100, label="What is it for?")
    scopes = forms.MultipleChoiceField(
        choices=SCOPES, initial=["read"], widget=forms.CheckboxSelectMultiple, label="What it may do"
    )
    ends_on = forms.DateField(label="Last day", widget=forms.DateInput({"type": "date"}), help_text="A year at most.")

    def clean_ends_on(self) -> object:
        day = self.cleaned_data["ends_on"]
        left = (day - timezone.localdate()).days
        if left < 0:
            raise forms.ValidationError("This day is over. Take a later one.")
        if left > AT_MOST_DAYS:
            raise forms.ValidationError("A key lives a year at most. Take an earlier day.")
        return day


@never_cache
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """A member's own settings."""
    member = access.here(request)
    form = You(request.POST) if request.method == "POST" else You(initial=_told(member))
    if request.method == "POST" and form.is_valid():
        keep(member, form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect("settings")
    return render(request, "settings/settings.html", _shown(request, member, you=form))


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light or dark, on this device alone."""
    access.here(request)
    answer = redirect("settings")
    if request.POST.get("theme") in ("light", "dark"):
        secure = request.is_secure()
        answer.set_cookie("theme", request.POST["theme"], A_YEAR, secure=secure, httponly=True, samesite="Lax")
    else:
        answer.delete_cookie("theme", samesite="Lax")
    return answer


@never_cache
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Make a key. It is shown in this one answer, and never again: no redirect, which would have to keep it."""
    member = access.here(request)
    form = NewToken(request.POST)
    if not form.is_valid():
        return render(request, "settings/settings.html", _shown(request, member, token=form))
    word = f"pm_{secrets.token_urlsafe(32)}"
    given = form.cleaned_data
    made = Token.objects.create(
        user=member.user,
        name=given["name"],
        secret=secret_of(word),
        scopes=" ".join(given["scopes"]),
        ends_at=timezone.make_aware(datetime.combine(given["ends_on"], time.max)),
    )
    return render(request, "settings/token.html", {"token": made, "word": word})


@require_POST
def token_end(request: HttpRequest, number: int) -> HttpResponse:
    """End a key of one's own."""
    member = access.here(request)
    get_object_or_404(Token, pk=number, user=member.user).delete()
    messages.success(request, "The key has ended.")
    return redirect("settings")


def _told(member: Member) -> dict[str, str]:
    user = member.user
    return {
        "first_name": user.first_name,
        "last_name": user.last_name,
        "time_zone": member.time_zone,
        "language": member.language,
    }


def keep(member: Member, given: dict[str, str]) -> None:
    """Keep what a member told of themselves."""
    member.user.first_name, member.user.last_name = given["first_name"], given["last_name"]
    member.user.save(update_fields=["first_name", "last_name"])
    member.time_zone, member.language = given["time_zone"], given["language"]
    member.save(update_fields=["time_zone", "language"])


def _shown(
    request: HttpRequest, member: Member, you: forms.Form | None = None, token: forms.Form | None = None
) -> dict[str, object]:
    return {
        "member": member,
        "you": you or You(initial=_told(member)),
        "new_token": token or NewToken(prefix=None),
        "tokens": Token.objects.filter(user=member.user).order_by("-made_at")[:KEPT_IN_LIST],
        "now": timezone.now(),
        "factors": Authenticator.objects.filter(user=member.user).count(),
        "themes": THEMES,
        "theme": request.COOKIES.get("theme", "system"),
    }
