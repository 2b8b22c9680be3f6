"""What can't be heard."""

from premortem.errors import Unreadable

__all__ = ["Unreadable"]
