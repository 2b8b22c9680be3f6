"""Other processes that work on the same ledger."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Sequence
from multiprocessing.process import BaseProcess
from typing import Any

# Where the system can, processes split off from one that has loaded everything and opened nothing: that is faster.
if sys.platform == "win32":
    _processes = multiprocessing.get_context("spawn")
else:
    _processes = multiprocessing.get_context("forkserver")
    _processes.set_forkserver_preload(["pytest", "tests.records.models_loaded", "tests.records.writers"])


def start(work: Callable[..., None], *given: Any) -> BaseProcess:
    process = _processes.Process(target=work, args=given)
    process.start()
    return process


def run_together(work: Callable[..., None], each: Sequence[tuple[Any, ...]]) -> None:
    """A process for each tuple of arguments. A barrier comes as their last, so that all can begin at once."""
    barrier = _processes.Barrier(len(each), timeout=30)
    for process in [start(work, *given, barrier) for given in each]:
        process.join(60)
        assert process.exitcode == 0
