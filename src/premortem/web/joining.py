"""How people get in: by a link that works once. There is no open sign-up and no password that everybody knows."""

from __future__ import annotations

import secrets
from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import perform_login
from allauth.account.views import logout as account_logout
from allauth.core.internal import ratelimit
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from premortem.records.firm.models import Link, Member
from premortem.web.keys import secret_of
from premortem.web.single_sign_on import providers

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up by themselves: an admin invites them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def who_tries(request: HttpRequest, credentials: dict[str, str] | None = None) -> str:
    """Under which name somebody tries to sign in, by user name or mail address: failures are counted by it."""
    given = credentials or {}
    return (given.get("username") or given.get("email") or request.POST.get("login", "")).casefold()


def closed(request: HttpRequest, **place: object) -> HttpResponse:
    """What premortem leaves to its admins: mail addresses."""
    raise Http404


@require_http_methods(["GET"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Where whoever forgot the password learns what to do: nothing is mailed."""
    return render(request, "account/forgotten.html")


def can_return(user: AbstractBaseUser) -> bool:
    """Whether somebody who signs out can sign in again by themselves: by a password, or by single sign-on."""
    return user.has_usable_password() or bool(providers() and SocialAccount.objects.filter(user=user).exists())


@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Signs out; asks once more whoever could not sign in again by themselves."""
    user = request.user
    if user.is_authenticated and "sure" not in request.POST and not can_return(user):
        return render(request, "account/logout.html", {"no_way_back": True})
    answer: HttpResponseBase = account_logout(request)
    return answer


class Joining(forms.Form):
    """What somebody who was invited tells of themselves."""

    username = forms.CharField(max_length=150, help_text="How you sign in.")
    first_name = forms.CharField(max_length=150, label="First name")
    last_name = forms.CharField(max_length=150, label="Last name", required=False)
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), min_length=12)

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if get_user_model().objects.filter(username__iexact=name).exists():
            raise forms.ValidationError("Somebody has this name already. Choose another.")
        return name

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


def new_link(**given: object) -> str:
    """A word that lets somebody in once: `user` whom it signs in, else `email`, `role`, `team` of whom it invites."""
    word = secrets.token_urlsafe(32)
    lives = A_DAY if "user" in given else A_WEEK
    Link.objects.create(secret=secret_of(word), ends_at=timezone.now() + lives, **given)
    return word


def valid_link(word: str) -> Link | None:
    """None where there is no such link, it was used, its time is over, or whom it signs in may not sign in."""
    valid = Link.objects.filter(secret=secret_of(word), used_at=None, ends_at__gt=timezone.now())
    return valid.exclude(user__is_active=False).first()


def _over(request: HttpRequest) -> HttpResponse:
    """One answer for every link that lets nobody in, so that it does not tell which links there were."""
    return render(request, "account/over.html", status=404)


def too_often(request: HttpRequest) -> bool:
    """Whether links are tried from one place faster than people open them: a mere look counts."""
    return not ratelimit.consume(request, app="allauth.account", action="link", limit_get=True)


def use(link: Link) -> bool:
    """Whether it was still unused: of two who come at once, one gets in."""
    return Link.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now()) == 1


@require_http_methods(["GET", "POST"])
def first(request: HttpRequest, word: str) -> HttpResponseBase:
    """The printed one-time link. A look alone uses nothing up, since mail scanners look: the button does."""
    if too_often(request):
        return render(request, "429.html", status=429)
    link = valid_link(word)
    if link is None:
        return _over(request)
    if link.user is None:
        return redirect("join", word)
    if request.method == "POST":
        if not use(link):
            return _over(request)
        answer: HttpResponse = perform_login(request, link.user)  # asks for the second factor of who has one
        return answer
    return render(request, "account/first.html", {"who": link.user})


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, word: str) -> HttpResponse:
    """An invitation: a name and a password of one's own."""
    if too_often(request):
        return render(request, "429.html", status=429)
    link = valid_link(word)
    if link is None:
        return _over(request)
    if link.user is not None:
        return redirect("first", word)
    form = Joining(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            if not use(link):
                return _over(request)
            user = get_user_model().objects.create_user(
                given["username"],
                link.email,
                given["password"],
                first_name=given["first_name"],
                last_name=given["last_name"],
            )
            Member.objects.create(user=user, role=link.role, team=link.team)
        login(request, user, backend=BACKEND)
        messages.success(request, "Welcome. Under your name you can add a second factor for signing in.")
        return redirect("today")
    return render(request, "account/join.html", {"form": form, "link": link})
