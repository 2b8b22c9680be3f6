"""What the firm wants written into its CRM, and where the CRM is (TOML). What opens it is in the environment.

pages = "https://premortem.larkspur.example"      where our pages are, for review_url
mappings = ["our-crm.toml"]                       your own mappings, if deals came in by them

[fields]                                          ours = the CRM's own name of a field that you made for it
findings = "Premortem_Findings__c"
forecast_category = "Premortem_Category__c"

[salesforce]
instance = "https://larkspur.my.salesforce.com"

[odoo]
url = "https://larkspur.odoo.com"
database = "larkspur"
user = "premortem@larkspur.example"
api = "json-2"                                    from Odoo 19 on; else "json-rpc"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from premortem.errors import Unreadable

SECRET = re.compile(r"pass(word|wd|phrase)?|secret|(api_?|access_?|consumer_?)?(key|token)|credentials?", re.IGNORECASE)
HERE = ("localhost", "127.0.0.1", "::1")


class SalesforcePlace(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the firm's Salesforce is: the address of My Domain."""

    instance: str


class OdooPlace(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the firm's Odoo is. JSON-2 needs no `user`: the key tells who it is."""

    url: str
    database: str = ""
    user: str = ""
    api: Literal["json-rpc", "json-2"] = "json-rpc"


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The settings above. `fields`: our word, and the CRM's name of the field that it goes to."""

    fields: dict[str, str]
    pages: str = ""
    mappings: tuple[str, ...] = ()
    salesforce: SalesforcePlace | None = None
    odoo: OdooPlace | None = None


def read_settings(file: Path) -> Settings:
    """Raises Unreadable where the file can't be opened, is no TOML, sets what there is not, or holds a secret."""
    try:
        told = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
        for key in _keys(told):
            if SECRET.fullmatch(key):
                remedy = "Take it out, and set it in the environment: see docs/two-way.md."
                raise Unreadable(str(file), f"'{key}'", "a secret never stands in this file", remedy)
        found = msgspec.convert(told, type=Settings)
    except OSError as refused:
        raise Unreadable(str(file), "", f"can't be opened: {refused.strerror}", "Check the path.") from refused
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(str(file), "", f"is no TOML: {error}", "Mend it; until then nothing is told.") from error
    except msgspec.ValidationError as error:
        remedy = f"There are: {', '.join(Settings.__struct_fields__)}. Until it is mended nothing is told."
        raise Unreadable(str(file), "", str(error), remedy) from error
    for place in (found.salesforce.instance if found.salesforce else "", found.odoo.url if found.odoo else ""):
        _check_place(file, place)
    return found


def _keys(told: dict[str, Any]) -> Iterator[str]:
    """The keys of the settings, but not our words in [fields], which are checked by name."""
    for key, value in told.items():
        yield key
        if isinstance(value, dict) and key != "fields":
            yield from _keys(value)


def _check_place(file: Path, place: str) -> None:
    """A secret goes over no line that others can read."""
    parts = urlsplit(place)
    if place and parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in HERE):
        raise Unreadable(str(file), f"'{place}'", "it does not begin with https://", "Write the whole address.")
    if parts.password is not None:
        raise Unreadable(str(file), "", "a secret never stands in this file", "Take the password out of the address.")
