"""What the firm set for its mail: which domains are its own, which belong to whom, and what is never read.

own = ["larkspur.example"]             our own domains, beside those from which our people in the deals write
never = ["hr@larkspur.example", "payroll.example", "*@clinic.example"]
never_subjects = ["confidential", "salary"]
never_folders = ["Private", "Junk"]
days_around = 14                       by how many days a deal's first and last day may be missed

[accounts]                             further domains of an account
"Bellfield Instrument Hire Ltd" = ["bellfield.example"]

[imap]                                 a mailbox on a server; what opens it is in the environment
host = "imap.larkspur.example"
user = "desmond@larkspur.example"
folders = ["INBOX", "Sent"]
"""

from __future__ import annotations

import tomllib
from datetime import timedelta
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec
from msgspec import Struct

from premortem.errors import Unreadable
from premortem.importing.placing.deals import domain_of, plainly

NAME = "mail.toml"


class Imap(Struct, frozen=True, forbid_unknown_fields=True):
    """A mailbox on a server. `login` is `password` or `oauth2`; no secret ever stands in this file.

    `token_url`, `client_id` and `scope` are needed where a fresh token is to be had by a refresh token.
    """

    host: str
    user: str
    folders: tuple[str, ...] = ("INBOX",)
    port: int = 993
    login: str = "password"
    token_url: str = ""
    client_id: str = ""
    scope: str = ""


class Privacy(Struct, frozen=True, forbid_unknown_fields=True):
    """The settings above."""

    own: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    never_subjects: tuple[str, ...] = ()
    never_folders: tuple[str, ...] = ("junk", "spam", "trash", "deleted items", "drafts", "private")
    days_around: int = 14
    accounts: dict[str, tuple[str, ...]] = {}
    imap: Imap | None = None

    @property
    def slack(self) -> timedelta:
        return timedelta(days=self.days_around)

    def never_read(self, addresses: tuple[str, ...], subject: str, folder: str) -> str | None:
        """Why a mail is never read; None where nothing that was set forbids it."""
        for pattern in self.never:
            if any(_is_meant(pattern.strip().lower(), one) for one in addresses):
                return f"'{pattern}' is never read"
        for words in self.never_subjects:
            if f" {plainly(words)} " in f" {plainly(subject)} ":
                return f"a subject with '{words}' is never read"
        parts = {plainly(one) for one in folder.replace(".", "/").split("/")}
        for name in self.never_folders:
            if plainly(name) in parts:
                return f"the folder '{name}' is never read"
        return None


def _is_meant(pattern: str, address: str) -> bool:
    """An address, a domain with all beneath it, or a pattern with * in it."""
    if "*" in pattern or "?" in pattern:
        return fnmatchcase(address, pattern)
    if "@" in pattern.lstrip("@"):
        return address == pattern
    domain, wanted = domain_of(address), pattern.lstrip("@")
    return domain == wanted or domain.endswith(f".{wanted}")


def read_privacy(file: Path) -> Privacy:
    """Raises Unreadable where the file can't be opened, is no TOML, or sets what there is not: then no mail is read."""
    try:
        return msgspec.convert(tomllib.loads(file.read_bytes().decode("utf-8-sig")), type=Privacy)
    except OSError as refused:
        raise Unreadable(str(file), "", f"can't be opened: {refused.strerror}", "Check the path.") from refused
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(str(file), "", f"is no TOML: {error}", "Mend it; until then no mail is read.") from error
    except msgspec.ValidationError as error:
        remedy = f"There are: {', '.join(Privacy.__struct_fields__)}. Until it is mended no mail is read."
        raise Unreadable(str(file), "", str(error), remedy) from error
