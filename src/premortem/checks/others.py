"""Checks that others wrote: loaded from a folder, and put to a deal with care.

What they answer goes into a review beside all the rest, so it is looked at first: of the right type all through, and
with evidence that is in the deal. Whatever is wrong is raised with the file and line, and the review reports it.
"""

from __future__ import annotations

import importlib.util
import traceback
from collections.abc import Iterable
from functools import wraps
from pathlib import Path
from types import ModuleType

import msgspec

from premortem.checks.base import Answer, Check, Clear, DoesNotApply, Raised, Sign
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Quote
from premortem.ledger.norms import Norms


class WrongCheck(Exception):
    """Somebody's check broke or gave no sound answer; the text says where and what to mend."""


def dropped_in(folder: Path) -> dict[str, tuple[Check, Path]]:
    """The checks of a folder by their names, each with its file. Files that begin with _ are left alone.

    Raises OSError where the folder can't be listed.
    """
    files = sorted(file for file in folder.iterdir() if file.suffix == ".py" and not file.name.startswith("_"))
    return {file.stem: (_loaded(file), file) for file in files}


def _loaded(file: Path) -> Check:
    if not file.stem.isidentifier():
        return unloadable(f"{file}: a check is called after its file, in letters, digits and '_'. Rename it.")
    try:
        module = _module(file)
    except (Exception, SystemExit) as error:  # noqa: BLE001  anybody's file may break; the review says so and goes on
        return unloadable(f"{_where(error, file)}: it can't be loaded: {_plain(error)}")
    check: Check | None = vars(module).get("check")
    if not callable(check):
        return unloadable(f"{file}: there is no function 'check(deal, norms)' in it")
    found = guarded(check, str(file))
    found.__doc__ = module.__doc__ or check.__doc__
    return found


def _module(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"premortem_dropped_in_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ImportError("it is no file of Python")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def unloadable(why: str) -> Check:
    """A check that raises the reason why it can't be loaded."""

    def check(deal: Deal, norms: Norms) -> Answer:
        raise ImportError(why)

    check.__doc__ = f"Broken: {why}"
    return check


def guarded(check: Check, place: str) -> Check:
    """The same check, whose answers are sound or raise WrongCheck."""

    @wraps(check)
    def careful(deal: Deal, norms: Norms) -> Answer:
        try:
            answer = check(deal, norms)
        except (Exception, SystemExit) as error:  # it is raised again, with its place
            raise WrongCheck(f"{_where(error, Path(place))}: {_plain(error)}") from error
        if (wrong := _wrong(answer, deal)) is not None:
            raise WrongCheck(f"{place}: {wrong}")
        return answer

    return careful


def _wrong(answer: object, deal: Deal) -> str | None:
    """What is wrong with an answer; None where it is sound."""
    if not isinstance(answer, Raised | Sign | Clear | DoesNotApply):
        return f"it answered {type(answer).__name__}; return Raised(…), Sign(…), Clear(…) or DoesNotApply(…)"
    try:
        msgspec.json.decode(msgspec.json.encode(answer), type=type(answer))
    except (msgspec.MsgspecError, TypeError) as error:
        return f"its {type(answer).__name__} is not as it should be: {_plain(error)}"
    return _untrue(answer, deal) if isinstance(answer, Raised | Sign) else None


def _untrue(answer: Raised | Sign, deal: Deal) -> str | None:
    turns = {touch.id: touch.turns for touch in deal.touches}
    for touch in (*answer.touches, *(quote.touch for quote in answer.evidence)):
        if touch not in turns:
            return f"its evidence names a touch '{touch}' that is not in the deal"
    if any(_outside(quote, turns[quote.touch]) for quote in answer.evidence):
        return "its evidence quotes a turn that is not in the touch: take quotes from `fact.quote`"
    if not answer.evidence and not answer.touches:
        return "it raised something without evidence: give quotes, or the touches that show it"
    return None


def _outside(quote: Quote, turns: int) -> bool:
    return quote.turn < 0 or (turns > 0 and quote.turn >= turns) or not 0 <= quote.start <= quote.end


def _where(error: BaseException, file: Path) -> str:
    """The file, and the line of it that was running when it went wrong."""
    if isinstance(error, SyntaxError) and error.lineno is not None:
        return f"{file}, line {error.lineno}"
    lines = _lines_in(traceback.extract_tb(error.__traceback__), file)
    return f"{file}, line {lines[-1]}" if lines else str(file)


def _lines_in(frames: Iterable[traceback.FrameSummary], file: Path) -> list[int]:
    return [frame.lineno for frame in frames if frame.filename == str(file) and frame.lineno is not None]


def _plain(error: BaseException) -> str:
    said = " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
