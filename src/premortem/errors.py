"""What can't be read: one sentence that names the file, the place in it, and what to do about it."""

from __future__ import annotations


class Unreadable(Exception):
    """A file that can't be read. The other files go on, and the exit code says that something was left out."""

    def __init__(self, file: str, place: str, why: str, remedy: str) -> None:
        self.file, self.place, self.why, self.remedy = file, place, why, remedy
        super().__init__(f"{file}, {place}: {why}. {remedy}" if place else f"{file}: {why}. {remedy}")
