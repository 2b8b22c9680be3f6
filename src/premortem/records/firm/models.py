"""Who works here: members and teams, whose deal is whose, invitations, tokens, saved views, and who looked at what.

None of this is the ledger: it may be changed and deleted. Secrets (of links and tokens) are kept as SHA-256 alone.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

ROLES = (
    ("rep", "rep: own deals, and the team's where the firm allows it"),
    ("manager", "manager: all deals of the team"),
    ("marketing", "marketing: all deals, to read"),
    ("executive", "executive: all deals, to read"),
    ("admin", "admin: everything, and who may see what"),
)


class Team(models.Model):
    name = models.CharField(max_length=100, unique=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A user as the firm knows them. `looked_at` is when they last opened Today, so that news is news."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="member")
    role = models.CharField(max_length=20, choices=ROLES, default="rep")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="members")
    time_zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=10, default="en")
    """In which language's way numbers and days are written."""
    looked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.user.get_full_name() or self.user.get_username()


class Firm(models.Model):
    """What holds for everybody; there is one row."""

    name = models.CharField(max_length=200, default="Our firm")
    currency = models.CharField(max_length=3, default="EUR")
    reps_see_team = models.BooleanField(default=True)
    field_people = models.TextField(blank=True, default="")
    """User names, with blanks between, of those in the field besides reps and managers: they may close a problem."""

    @classmethod
    def ours(cls) -> Firm:
        return cls.objects.get_or_create(pk=1)[0]


class DealHome(models.Model):
    """Whose deal it is. A deal without a row belongs to nobody: only an admin sees it."""

    deal = models.TextField(primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+")


class Link(models.Model):
    """A link that signs somebody in or lets them join, once. `user` is whom it signs in; without one, it invites."""

    secret = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20, choices=ROLES, default="rep")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class BuyerLink(models.Model):
    """A link by which one of a deal's buyers answers `questions` (keys of the interview), once, without signing in.

    `person` is the ledger's id of whom it was made for, so that no name stands here. `ended_at` is when it was revoked.
    """

    secret = models.CharField(max_length=64, unique=True)
    deal = models.TextField(db_index=True)
    person = models.TextField()
    questions = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)


class RoomLink(models.Model):
    """A link to the buyer's room for one of a deal's buyers, `person` by the ledger's id. It works until it ends.

    `invited_by` is the link by which a colleague was added: whoever revokes that one revokes this too. `email` is kept
    only where somebody asked there to be reminded, until they switch it off or the link ends.
    """

    secret = models.CharField(max_length=64, unique=True)
    deal = models.TextField(db_index=True)
    person = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    invited_by = models.ForeignKey("self", models.CASCADE, null=True, related_name="invited")
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    email = models.EmailField(blank=True)
    reminded_on = models.DateField(null=True)


class Token(models.Model):
    """A program's key. `scopes` are words with a space between: read, write."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    secret = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=200, default="read")
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    minute = models.DateTimeField(null=True)
    asked = models.PositiveIntegerField(default=0)
    """How many requests came with it in that minute."""


class KeptAnswer(models.Model):
    """The answer to a write that a program named by a key of its own, so that it is done once. Kept for a day.

    `asked` is the SHA-256 of what came. `answer` is encrypted by what only the program knows; None while it is made.
    """

    token = models.ForeignKey(Token, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    asked = models.CharField(max_length=64)
    answer = models.BinaryField(null=True)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "key"], name="firm_answer_once")]


class SavedView(models.Model):
    """A table's address under a name: its filters and its order."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    page = models.CharField(max_length=50)
    query = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "page", "name"], name="firm_view_once")]
        ordering: ClassVar = ["name"]


class Look(models.Model):
    """Somebody who is not of the deal's team looked at people's words."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    deal = models.TextField()
    touch = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["deal", "at"], name="firm_look_deal")]


class Upload(models.Model):
    """Files that somebody dropped: first looked at (`preview`), and written into the ledger only once accepted."""

    STATES: ClassVar = [
        (one, one) for one in ("reading", "previewed", "importing", "done", "undoing", "failed", "dropped")
    ]

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    folder = models.TextField()
    files = models.CharField(max_length=200, blank=True, default="")
    """Which files they are, as a list says it; emptied after some days, since names of files may name people."""
    deal = models.TextField(blank=True)
    """The deal that single files belong to; empty where the files tell it."""
    kind = models.CharField(max_length=20, default="deals")
    """What the files are, found by what they hold: deals, export, mail or calendar (`acts.what_came`)."""
    choices = models.JSONField(default=dict)
    """How they are to be read, as somebody set it on the preview (`acts.reading_choices`)."""
    state = models.CharField(max_length=20, choices=STATES, default="reading")
    says = models.TextField(blank=True)
    preview = models.JSONField(default=dict)
    done = models.IntegerField(default=0)
    of = models.IntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    """When it was accepted: the moment by which its entries in the ledger are known."""
    moved_at = models.DateTimeField(null=True)
    """When the work on it last told of itself; long ago means that it stopped."""
    made_at = models.DateTimeField(auto_now_add=True)


class Release(models.Model):
    """A version of the product that goes out, with the gate before it (`buying.release_gate`)."""

    name = models.CharField(max_length=100, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.name


class ReleaseTick(models.Model):
    """Something of the gate that was done: by which user, on which day, and what was told with it."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="ticks")
    item = models.CharField(max_length=50)
    by = models.CharField(max_length=150)
    on = models.DateField()
    told = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["release", "item"], name="firm_tick_once")]


from premortem.records.firm.import_rows import KeptChoices, MatchAnswer  # noqa: E402, F401
from premortem.records.firm.webhook_rows import (  # noqa: E402, F401  Django finds them here
    Delivery,
    DeliveryTry,
    ToldFindings,
    Webhook,
    WebhookNews,
)
