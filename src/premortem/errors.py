"""What went wrong, in one sentence that names the file, the place in it, and what to do about it."""

from __future__ import annotations


class PremortemError(Exception):
    """Something that whoever runs premortem can mend; its text is for them and says how, `remedy` being that part."""

    remedy: str = ""


class Unreadable(PremortemError):
    """A file that can't be read. The other files go on, and the exit code says that something was left out."""

    def __init__(self, file: str, place: str, why: str, remedy: str) -> None:
        self.file, self.place, self.why, self.remedy = file, place, why, remedy
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {why}. {remedy}".rstrip())


class Unknown(PremortemError):
    """Something was asked for that is not there; `remedy` says what there is."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy
        super().__init__(f"{what}. {remedy}")
