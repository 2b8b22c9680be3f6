"""What is given stays short, its schemas are those of the documents, and a greeting loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys

from msgspec import Struct

from premortem.acts.witness import Cited
from premortem.assistant.bounds import AROUND, LONGEST, MOST, bounded
from premortem.assistant.tools.forecasts import SCHEMAS
from premortem.assistant.tools.quarter import schemas


class Told(Struct, frozen=True):
    quotes: list[Cited]
    note: str


def test_long_texts_and_lists_are_cut_and_counted() -> None:
    one = Cited("call.vtt", 3, "Ann", "yes", "b" * 900, "a" * 900)
    document, cut = bounded(Told([one] * (MOST + 1), "n" * (LONGEST + 7)))
    assert (len(document.quotes), cut) == (MOST, 2)
    assert document.note.endswith("n … [7 characters more]")
    assert document.quotes[0].before == "… " + "b" * AROUND
    assert document.quotes[0].quote == "yes"
    assert bounded(Told([], "short")) == (Told([], "short"), 0)


def test_the_forecasts_schemas_are_those_of_their_documents() -> None:
    assert schemas() == SCHEMAS, "run: python -m premortem.assistant.tools.quarter"


def test_a_greeting_loads_neither_the_database_nor_what_calculates() -> None:
    run = "import sys, premortem.assistant.server; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True).stdout.split()
    assert {"django", "numpy", "sklearn", "onnxruntime", "premortem.records.opening"}.isdisjoint(loaded)
