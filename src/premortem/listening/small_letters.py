"""Texts in small letters: a pattern of small letters alone is found three times as fast as one of either."""

from __future__ import annotations


def small(text: str) -> str:
    """A text in small letters, each in its place: the few letters of which two would become stay as they are."""
    told = text.lower()
    return told if len(told) == len(text) else "".join(min(one.lower(), one, key=len) for one in text)
