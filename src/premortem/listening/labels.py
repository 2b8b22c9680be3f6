"""What the learned reader tells of a window: the claims, and whether it asks something."""

from __future__ import annotations

from premortem.ledger.claims import CLAIMS, TOPICS

QUESTION, REQUEST = "question", "request"
"""Somebody asks something, in a call; somebody is asked to do something, in a mail."""

LABELS: tuple[str, ...] = (*CLAIMS, QUESTION, REQUEST)
LABEL_NUMBER = {label: number for number, label in enumerate(LABELS)}
TOPIC_NUMBER = {topic: number for number, topic in enumerate(TOPICS)}
