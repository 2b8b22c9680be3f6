"""The firm: who works here, who may see what, and who is invited. For admins."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from premortem.records.firm.models import ROLES, Firm, Link, Member, Team
from premortem.web import access
from premortem.web.joining import new_link
from premortem.web.pages.whose import HandOverForm, deals_of
from premortem.web.single_sign_on import named, providers


class FirmForm(forms.ModelForm[Firm]):
    """What holds for everybody."""

    class Meta:
        model = Firm
        fields = ("name", "currency", "reps_see_team", "field_people")
        labels = {  # noqa: RUF012
            "name": "The firm's name",
            "reps_see_team": "Reps see the deals of their team",
            "field_people": "Who else is of the field",
        }
        help_texts = {  # noqa: RUF012
            "currency": "Three letters, as EUR: what a new contest begins with, and what an import suggests. "
            "Amounts that came without a currency stay without one.",
            "field_people": "User names, with blanks between: they may close a problem, as reps and managers may.",
        }
        widgets = {"field_people": forms.TextInput}  # noqa: RUF012

    def clean_currency(self) -> str:
        currency: str = self.cleaned_data["currency"].upper()
        if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
            raise forms.ValidationError("A currency has three letters, as EUR or USD.")
        return currency


def mail_taken(address: str, by: AbstractBaseUser | None = None) -> str | None:
    """Why nobody else can have this mail address, which single sign-on knows a member by; None where it is free."""
    users = get_user_model().objects.filter(email__iexact=address)
    if (users.exclude(pk=by.pk) if by is not None else users).exists():
        return "Somebody here has this mail address already."
    if _waiting().filter(email__iexact=address).exists():
        return "Somebody is invited under this mail address already. Take that invitation back first."
    return None


def _waiting() -> QuerySet[Link]:
    """The invitations that still let somebody in."""
    return Link.objects.filter(used_at=None, user=None, ends_at__gt=timezone.now())


class Invitation(forms.Form):
    """Whom to invite."""

    email = forms.EmailField(label="Mail address", widget=forms.EmailInput({"autocomplete": "off"}))
    role = forms.ChoiceField(choices=ROLES, label="Role")
    team = forms.ModelChoiceField(Team.objects.all(), required=False, empty_label="no team", label="Team")

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if taken := mail_taken(address):
            raise forms.ValidationError(taken)
        return address


class TeamForm(forms.ModelForm[Team]):
    """A team's name."""

    class Meta:
        model = Team
        fields = ("name",)
        labels = {"name": "Name of the team"}  # noqa: RUF012


class MemberForm(forms.ModelForm[Member]):
    """What an admin sets of a member."""

    email = forms.EmailField(required=False, label="Mail address", help_text="Single sign-on knows the member by it.")
    active = forms.BooleanField(required=False, label="May sign in")
    deals_along = forms.BooleanField(
        required=False, label="Their deals move to the new team with them", help_text="Only where the team changes."
    )

    class Meta:
        model = Member
        fields = ("role", "team")

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self.fields["email"].initial = self.instance.user.email
        self.fields["active"].initial = self.instance.user.is_active
        self.fields["deals_along"].initial = True

    def clean_email(self) -> str:
        """An address that has always been theirs stays, even where somebody else has it too."""
        address: str = self.cleaned_data["email"]
        kept = address.casefold() == self.instance.user.email.casefold()
        if address and not kept and (taken := mail_taken(address, self.instance.user)):
            raise forms.ValidationError(taken)
        return address

    def clean(self) -> dict[str, object]:
        given: dict[str, object] = super().clean() or {}
        others = Member.objects.filter(role="admin", user__is_active=True).exclude(pk=self.instance.pk)
        if not (given.get("role") == "admin" and given.get("active")) and not others.exists():
            raise forms.ValidationError("Somebody has to stay admin: make another one first.")
        return given

    def save(self, commit: bool = True) -> Member:
        member: Member = super().save(commit)
        member.user.email, member.user.is_active = self.cleaned_data["email"], self.cleaned_data["active"]
        member.user.save(update_fields=["email", "is_active"])
        if "team" in self.changed_data and self.cleaned_data["deals_along"]:
            deals_of(member).update(team=member.team)
        return member


@never_cache
@require_http_methods(["GET", "POST"])
def firm(request: HttpRequest) -> HttpResponse:
    """Everything that an admin sets."""
    access.manage(request)
    form = FirmForm(request.POST or None, instance=Firm.ours())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Kept.")
        return redirect("firm")
    return render(request, "settings/firm.html", _shown(firm_form=form))


@never_cache
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Make an invitation. Its link is shown in this one answer: nothing is mailed, and only its hash is kept."""
    access.manage(request)
    form = Invitation(request.POST)
    if not form.is_valid():
        return render(request, "settings/firm.html", _shown(invitation=form))
    word = new_link(**form.cleaned_data)
    said = f"Give it to {form.cleaned_data['email']}. It lets one person join, within a week."
    return _link_shown(request, reverse("join", args=[word]), "An invitation", said)


@require_POST
def invite_end(request: HttpRequest, number: int) -> HttpResponse:
    """Take an invitation back that nobody has used."""
    access.manage(request)
    get_object_or_404(Link, pk=number, used_at=None).delete()
    messages.success(request, "The link lets nobody in any more.")
    return redirect("firm")


@require_POST
def team_add(request: HttpRequest) -> HttpResponse:
    access.manage(request)
    form = TeamForm(request.POST)
    if not form.is_valid():
        return render(request, "settings/firm.html", _shown(team_form=form))
    form.save()
    return redirect("firm")


@never_cache
@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, number: int) -> HttpResponse:
    """Rename a team, or end it: its members and its deals stay, without a team."""
    access.manage(request)
    found = get_object_or_404(Team, pk=number)
    if "end" in request.POST:
        found.delete()
        messages.success(request, f"The team {found.name} has ended.")
        return redirect("firm")
    form = TeamForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("firm")
    return render(request, "settings/team.html", {"form": form, "team": Team.objects.get(pk=number)})


@never_cache
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, number: int) -> HttpResponse:
    """A member's role and team, and whether they may sign in."""
    access.manage(request)
    found = get_object_or_404(Member.objects.select_related("user", "team"), pk=number)
    form = MemberForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"Kept for {found}.")
        return redirect("firm")
    factors = Authenticator.objects.filter(user=found.user).exists()
    handing = {"owned": deals_of(found).count(), "hand_over": HandOverForm(None, found)}
    return render(request, "settings/member.html", {"form": form, "who": found, "factors": factors, **handing})


@never_cache
@require_POST
def member_link(request: HttpRequest, number: int) -> HttpResponse:
    """A way in for a member who forgot the password. Their second factor, where they have one, is asked for."""
    access.manage(request)
    found = get_object_or_404(Member, pk=number, user__is_active=True)
    word = new_link(user=found.user)
    said = f"Give it to {found} and nobody else. It signs in once, within a day."
    return _link_shown(request, reverse("first", args=[word]), f"A way in for {found}", said)


@require_POST
def member_factor(request: HttpRequest, number: int) -> HttpResponse:
    """Take the second factor off a member who lost it."""
    access.manage(request)
    found = get_object_or_404(Member, pk=number)
    Authenticator.objects.filter(user=found.user).delete()
    messages.success(request, f"{found} signs in without a second factor now.")
    return redirect("member", number)


def _link_shown(request: HttpRequest, path: str, title: str, said: str) -> HttpResponse:
    given = {"link": request.build_absolute_uri(path), "title": title, "said": said}
    return render(request, "settings/link.html", given)


def _shown(
    firm_form: forms.BaseForm | None = None,
    invitation: forms.BaseForm | None = None,
    team_form: forms.BaseForm | None = None,
) -> dict[str, object]:
    return {
        "firm_form": firm_form or FirmForm(instance=Firm.ours()),
        "invitation": invitation or Invitation(),
        "team_form": team_form or TeamForm(auto_id="team_%s"),
        "members": Member.objects.select_related("user", "team").order_by("-user__is_active", "user__username"),
        "teams": Team.objects.annotate(people=Count("members")),
        "waiting": _waiting().select_related("team").order_by("-made_at"),
        "sign_on": named() if providers() else None,
    }
