"""Write docs/json.md: the documents that `--json` prints, from the very types that they are made of.

python tools/write_json_page.py
"""

from __future__ import annotations

import inspect
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args, get_origin

import django
import msgspec

PAGE = Path(__file__).resolve().parent.parent / "docs" / "json.md"


HEAD = """# The JSON documents

The commands print these with `--json`. Each names its `schema` with a version;
within a version fields may be added, and none changes its meaning or goes away. A field that is not known is `null`,
never left out. Touches are named by their file; a turn counts from 0 in a call and is `null` in a mail or a note. Days
are `YYYY-MM-DD`.

This page is written by `tools/write_json_page.py`.
"""


def documents() -> tuple[tuple[str, Any], ...]:
    """Each command and what it prints. Acts that read lists rest on the database's tables, so it is set up first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "premortem.web.settings")
    django.setup()
    from premortem.acts.afterwards.comeback_shown import ComebackDocument
    from premortem.acts.afterwards.interview import InterviewDocument
    from premortem.acts.afterwards.post_mortem_shown import PostMortemDocument
    from premortem.acts.afterwards.replay import ReplayDocument
    from premortem.acts.afterwards.second_place import SecondPlaceDocument
    from premortem.acts.afterwards.story import StoryDocument
    from premortem.acts.bringing_in.read import ReadDocument
    from premortem.acts.buying.content_shown import ContentDocument
    from premortem.acts.buying.deal_problems import DealProblems
    from premortem.acts.buying.pieces import PiecesDocument
    from premortem.acts.buying.problems_shown import ProblemsDocument
    from premortem.acts.buying.project import ProjectDocument
    from premortem.acts.buying.relations import RelationsDocument
    from premortem.acts.buying.sample import SampleDocument
    from premortem.acts.buying.trials_overview import TrialsOverview
    from premortem.acts.buying.trials_shown import TrialsDocument
    from premortem.acts.buying.visibility import VisibilityDocument
    from premortem.acts.forecasts.backtest import BacktestDocument
    from premortem.acts.forecasts.forecast_deal import DealForecast
    from premortem.acts.forecasts.forecast_record import ForecastRecord
    from premortem.acts.forecasts.forecast_shown import ForecastDocument
    from premortem.acts.forecasts.gates import GatesDocument, OpenDealsDocument
    from premortem.acts.looking.coaching import DealCoaching
    from premortem.acts.looking.coaching_over_time import PersonCoaching
    from premortem.acts.looking.norms import NormsDocument
    from premortem.acts.looking.prepare import PrepareDocument
    from premortem.acts.looking.review import ReviewDocument
    from premortem.acts.looking.rules import RulesDocument
    from premortem.acts.playbook import PlaybookDocument

    return (
        ("read", ReadDocument),
        ("review", ReviewDocument),
        ("replay", ReplayDocument),
        ("prepare", PrepareDocument),
        ("content DEAL", ContentDocument),
        ("content", PiecesDocument),
        ("relations", RelationsDocument),
        ("unknowns", VisibilityDocument),
        ("sample", SampleDocument),
        ("rules", RulesDocument),
        ("norms", NormsDocument),
        ("playbook", PlaybookDocument),
        ("coach DEAL", DealCoaching),
        ("coach --person NAME", PersonCoaching),
        ("forecast", ForecastDocument),
        ("forecast DEAL", DealForecast),
        ("forecast --track", ForecastRecord),
        ("gates", OpenDealsDocument),
        ("gates DEAL", GatesDocument),
        ("backtest", BacktestDocument),
        ("postmortem DEAL", PostMortemDocument),
        ("interview DEAL", InterviewDocument),
        ("comeback DEAL", ComebackDocument),
        ("project DEAL", ProjectDocument),
        ("second-place", SecondPlaceDocument),
        ("trial DEAL", TrialsDocument),
        ("trials", TrialsOverview),
        ("problems", ProblemsDocument),
        ("problem DEAL", DealProblems),
        ("story DEAL", StoryDocument),
    )


def page() -> str:
    """The whole page: each document, then each type that it is made of, once."""
    parts, told = [HEAD], set[type]()
    for command, document in documents():
        parts.append(f'## `premortem {command} --json`: `{document.__struct_fields__[-1]}` "{_schema(document)}"\n')
        for one in _types(document):
            if one not in told:
                told.add(one)
                parts.append(_table(one))
    return "\n".join(parts)


def _schema(document: Any) -> str:
    return str(document.__struct_defaults__[-1])


def _types(whole: type) -> list[type]:
    """A type, and those that its fields are made of, in the order in which they are met."""
    found = [whole]
    for field in msgspec.structs.fields(whole):
        found += [one for inner in _structs(field.type) for one in _types(inner) if one not in found]
    return found


def _structs(kind: Any) -> list[type]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [kind]
    return [one for inner in get_args(kind) for one in _structs(inner)]


def _table(one: type) -> str:
    doc = inspect.cleandoc(one.__doc__ or "") if "(" not in (one.__doc__ or "(")[:40] else ""
    rows = [f"| `{field.encode_name}` | {_words(field.type)} |" for field in msgspec.structs.fields(one)]
    lead = f"### {_title(one)}\n\n" + (doc + "\n\n" if doc else "")
    return lead + "| field | holds |\n|---|---|\n" + "\n".join(rows) + "\n"


def _title(one: type) -> str:
    return one.__name__.removesuffix("Shown").removesuffix("Document")


PLAIN = {str: "text", int: "whole number", float: "number", bool: "true or false", date: "day", datetime: "moment"}


def _words(kind: Any) -> str:
    if get_origin(kind) is list:
        return f"list of {_words(get_args(kind)[0])}"
    if get_origin(kind) is tuple:
        held = [one for one in get_args(kind) if one is not Ellipsis]
        return f"list of {_words(held[0])}" if len(set(held)) == 1 else f"list: {', '.join(map(_words, held))}"
    if get_origin(kind) is dict:
        return f"object of {_words(get_args(kind)[1])}"
    inner = get_args(kind)
    if type(None) in inner:
        return " or ".join(_words(one) for one in inner if one is not type(None)) + ", or null"
    if inner:
        return " or ".join(f'"{one}"' for one in inner)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _title(kind)
    if isinstance(kind, type) and issubclass(kind, tuple):
        return f"list: {', '.join(name.replace('_', ' ') for name in vars(kind)['_fields'])}"
    return PLAIN[kind]


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")


if __name__ == "__main__":
    main()
