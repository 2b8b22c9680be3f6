"""Which readers listen: those of the package, and where somebody asks for it a language model beside them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from premortem.errors import Unknown

if TYPE_CHECKING:
    from premortem.listening.readers.assembly import Assembly, Readers


def readers_asked_for(
    reader: str | None, url: str | None, model: str | None, sure: float | None = None
) -> Readers | None:
    """None for the package's own, as sure as they are by themselves. Before a language model is sent anything, one line
    says where words will go.

    Raises Unknown where there is no such reader, its address is missing or odd, or its package is not installed.
    """
    if reader is None:
        if url or model:
            raise Unknown("no language model was asked for", "Add --reader llm, or leave out its address and name.")
        return None if sure is None else _own(sure)
    if reader != "llm":
        raise Unknown(f"there is no reader '{reader}' to add", "Say --reader llm, or leave it out.")
    from premortem.listening.language_model.endpoint import Endpoint, address
    from premortem.listening.language_model.reader import WithLanguageModel

    found = address(os.environ, url, model)
    readers = WithLanguageModel(_own(sure), Endpoint(found), found.model)
    how = "" if found.encrypted else ", without encryption"
    told = f"What was said is sent to {found.host}{how}, to the language model {found.model}."
    print(told, file=sys.stderr)  # noqa: T201  the terminal is told before anything leaves the machine
    return readers


def facts_given(file: Path | None) -> Readers | None:
    """Readers that hear what a file of facts says. Raises Unreadable where it is no such file."""
    if file is None:
        return None
    from premortem.listening.given import Given

    return Given.in_file(file)


def _own(sure: float | None) -> Assembly:
    from premortem.listening.readers.assembly import SURE_ENOUGH, Assembly

    return Assembly.found(SURE_ENOUGH if sure is None else sure)
