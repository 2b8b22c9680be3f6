"""The tables. `Entry` and `Content` are the ledger, `PieceRow` is the firm's own list of content, which may be changed;
all others are read tables, made from the ledger and made anew at will."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """A row of the ledger, exactly as `ledger.chain.Row` has it. The database refuses to change or delete one."""

    pk = models.CompositePrimaryKey("deal", "seq")
    deal = models.TextField()
    seq = models.IntegerField()
    kind = models.TextField()
    at = models.TextField()
    learned = models.TextField()
    author = models.TextField()
    body = models.TextField()
    hash = models.TextField()

    class Meta:
        indexes: ClassVar = [
            # The few lessons among millions of entries.
            models.Index(fields=["deal", "seq"], condition=models.Q(kind="lesson"), name="records_entry_lessons"),
            # What went to whom, and what is to be found out: few as well, and read for many deals at once.
            models.Index(fields=["deal", "seq"], condition=models.Q(kind="sent"), name="records_entry_sent"),
            models.Index(fields=["deal", "seq"], condition=models.Q(kind="open_matter"), name="records_entry_matters"),
            models.Index(
                fields=["deal", "seq"],
                condition=models.Q(kind__in=["trial", "problem"]),
                name="records_entry_evaluations",
            ),
            # The few deals that were withdrawn, which no list has.
            models.Index(fields=["deal", "seq"], condition=models.Q(kind="withdrawn"), name="records_entry_withdrawn"),
        ]


class Content(models.Model):
    """Names and words under the SHA-256 of their bytes. `data` is packed with zlib, and NULL once erased."""

    hash = models.TextField(primary_key=True)
    data = models.BinaryField(null=True)


class PieceRow(models.Model):
    """A piece of content that the firm has, see `buying.content.Piece`."""

    key = models.TextField(primary_key=True)
    title = models.TextField()
    place = models.TextField(default="")
    use_case = models.TextField(default="")
    pain = models.TextField(default="")
    reader = models.TextField(default="anyone")
    concern = models.TextField(default="")


class DealRow(models.Model):
    """A deal as it stands, for lists. `status` is 'open' until there is an outcome."""

    deal = models.TextField(primary_key=True)
    name = models.TextField()
    account = models.TextField(null=True)
    seller = models.TextField(null=True)
    stage = models.TextField(null=True)
    amount = models.FloatField(null=True)
    currency = models.TextField(null=True)
    planned_close = models.DateField(null=True)
    created = models.DateTimeField(null=True)
    status = models.TextField()
    ended = models.DateTimeField(null=True)
    last_touch_at = models.DateTimeField(null=True)
    last_buyer_word_at = models.DateTimeField(null=True)
    touches = models.IntegerField()
    people = models.IntegerField()
    buyers = models.IntegerField()
    facts = models.IntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["status", "planned_close"], name="records_deal_status"),
            models.Index(fields=["stage"], name="records_deal_stage"),
        ]


class TouchRow(models.Model):
    """A touch, in its newest reading. `raw` finds the file that it came from, `words` what was read from it."""

    pk = models.CompositePrimaryKey("deal", "touch")
    deal = models.TextField()
    touch = models.TextField()
    type = models.TextField()
    at = models.DateTimeField()
    learned = models.DateTimeField()
    raw = models.TextField()
    words = models.TextField()
    turns = models.IntegerField()
    reading = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["raw"], name="records_touch_raw"),
            models.Index(fields=["learned"], name="records_touch_learned"),
        ]


class PersonRow(models.Model):
    """A human in a deal. The name lies apart, under `card`; `roles` are in order of the alphabet, a space between."""

    pk = models.CompositePrimaryKey("deal", "person")
    deal = models.TextField()
    person = models.TextField()
    side = models.TextField()
    roles = models.TextField()
    card = models.TextField(null=True)
    in_crm = models.BooleanField()
    first_named = models.TextField(null=True)
    met = models.TextField(null=True)


class FactRow(models.Model):
    """A fact that stands. Its words are characters `start` to `end` of a turn, and lie apart."""

    pk = models.CompositePrimaryKey("deal", "fact")
    deal = models.TextField()
    fact = models.TextField()
    claim = models.TextField()
    at = models.DateTimeField()
    learned = models.DateTimeField()
    touch = models.TextField()
    turn = models.IntegerField()
    start = models.IntegerField()
    end = models.IntegerField()
    speaker = models.TextField(null=True)
    person = models.TextField(null=True)
    value = models.TextField(null=True)
    reader = models.TextField()
    confidence = models.FloatField()
    standing = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["claim", "at"], name="records_fact_claim"),
            models.Index(fields=["at"], name="records_fact_at"),
        ]


class ReviewRow(models.Model):
    """The newest review of a deal, see `ledger.store.Reviewed`. It follows from the ledger and from the checks."""

    deal = models.TextField(primary_key=True)
    entries = models.IntegerField()
    made_by = models.TextField()
    until = models.DateField(null=True)
    as_of = models.DateTimeField()
    high = models.IntegerField()
    medium = models.IntegerField()
    low = models.IntegerField()
    gravest = models.TextField(null=True)
    failed = models.IntegerField()
    head = models.TextField()
    findings = models.TextField()
    unknown = models.IntegerField(default=0)
    not_known = models.TextField(default="[]")
    buyer_day = models.DateField(null=True)
    raised = models.TextField(default="")
    said = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [
            # What a deal shows, so that patterns are looked for without turning the pages of what was found.
            models.Index(fields=["deal", "raised", "said"], name="records_review_shows"),
            # All that a list sorts and filters by, so that it never turns the pages of what was found.
            models.Index(
                fields=["deal", "high", "medium", "low", "unknown", "buyer_day", "gravest"], name="records_review_list"
            ),
            models.Index(fields=["buyer_day"], name="records_review_day"),
            # The orders along which a list of many deals is walked.
            models.Index(fields=["high", "medium", "low", "deal"], name="records_review_gravity"),
            models.Index(fields=["unknown", "deal"], name="records_review_unknown"),
            models.Index(fields=["gravest", "deal"], name="records_review_cause"),
        ]


class AlikeRow(models.Model):
    """A deal that by its kept review shows the pattern of a lesson of another, and how that deal stands; `touched` is
    the moment of its last touch. It follows from the reviews and the lessons, see `records.alike`."""

    lesson = models.TextField()
    deal = models.TextField()
    status = models.TextField()
    ended = models.DateTimeField(null=True)
    touched = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            # Open deals have no end, so that those of a lesson stand by their last touch.
            models.Index(fields=["lesson", "status", "ended", "touched", "deal"], name="records_alike_lesson"),
            models.Index(fields=["status", "touched", "deal", "lesson"], name="records_alike_newest"),
            models.Index(fields=["deal", "lesson"], name="records_alike_deal"),
        ]


class RaisedRow(models.Model):
    """A finding (by its check) that the newest review of a deal has and the one before it had not, and when that was.
    See `records.raised`."""

    deal = models.TextField()
    finding = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["at"], name="records_raised_at"),
            models.Index(fields=["deal"], name="records_raised_deal"),
        ]


class ReplayRow(models.Model):
    """What the replay of a deal that ended tells, see `records.replays.Replayed`. It follows from the ledger and from
    the checks, and is made anew where one of them changed."""

    deal = models.TextField(primary_key=True)
    entries = models.IntegerField()
    made_by = models.TextField()
    status = models.TextField()
    ended = models.DateTimeField()
    segment = models.TextField()
    seller = models.TextField()
    answers = models.TextField()
    factors = models.TextField()
    blind = models.TextField()
    told = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["ended", "deal", "status", "segment", "seller", "answers"], name="records_replay_period"
            ),
        ]


READ_TABLES: tuple[type[models.Model], ...] = (DealRow, TouchRow, PersonRow, FactRow)

from premortem.records.contest_rows import AwardRow, BookingRow, ContestRow  # noqa: E402, F401  Django finds them here
from premortem.records.told_rows import ToldRow  # noqa: E402, F401
