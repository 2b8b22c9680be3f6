"""What somebody said of an import, kept so that nobody is asked twice."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class KeptChoices(models.Model):
    """How exports of one shape are read, as somebody set it and took it: the next one is read the same way."""

    shape = models.CharField(max_length=64, unique=True)
    choices = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kept_at = models.DateTimeField(auto_now=True)


class MatchAnswer(models.Model):
    """What a user said of something that an import could not settle: the deal of a mail (`never` for none of them), or
    that two accounts are two. `question` is the hash of what was asked, `key` the mail's own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    question = models.CharField(max_length=64)
    key = models.TextField()
    answer = models.TextField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "question"], name="firm_match_answer_once")]
