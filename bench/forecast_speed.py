"""How long learning from many deals takes, and how much memory: 78,000 deals, and up to a million person-weeks.

python -m bench.forecast_speed [--deals 78000]
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Sequence
from typing import TextIO

import numpy as np

from bench.simulated_firm import simulate
from premortem.forecasting.competing_hazards import CompetingHazards
from premortem.forecasting.person_periods import PersonPeriods

WEEKS_AHEAD = 26
SIZES = (100_000, 300_000, 1_000_000)
FIT_WITHIN, PREDICT_WITHIN, MEMORY_WITHIN = 10.0, 2.0, 2.0


def main(arguments: Sequence[str] | None = None, out: TextIO = sys.stdout) -> int:
    """Print the figures; 1 where one is over its bound."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--deals", type=int, default=78_000)
    deals = asked.parse_args(arguments).deals
    firm = simulate(deals, seed=1)
    fit, computing, model = _timed(firm.history)
    started = time.perf_counter()
    model.cumulative_incidence(firm.open_now, firm.age_now, WEEKS_AHEAD)
    predict = time.perf_counter() - started
    model.interval(firm.open_now, firm.age_now, WEEKS_AHEAD)
    bounds = time.perf_counter() - started - predict
    print(f"{deals:,} deals, {len(firm.history):,} person-weeks, {len(firm.age_now):,} deals open", file=out)
    print(
        f"  fit                             {fit:6.2f} s  (at most {FIT_WITHIN:.0f}); {computing:.2f} s of computing",
        file=out,
    )
    print(f"  predict all open, {WEEKS_AHEAD} weeks       {predict:6.2f} s  (at most {PREDICT_WITHIN:.0f})", file=out)
    print(f"  and their intervals             {bounds:6.2f} s", file=out)
    print(f"  (load of this machine meanwhile {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)", file=out)
    seconds = _growth(firm.history, out)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"  most memory, the simulation too {memory:6.2f} GB (at most {MEMORY_WITHIN:.0f})", file=out)
    linear = seconds[-1] <= seconds[0] * SIZES[-1] / SIZES[0]
    return int(fit > FIT_WITHIN or predict + bounds > PREDICT_WITHIN or memory > MEMORY_WITHIN or not linear)


def _growth(history: PersonPeriods, out: TextIO) -> list[float]:
    """Seconds of computing to fit each of the sizes; more deals are simulated where there are too few."""
    while len(history) < SIZES[-1]:
        history = PersonPeriods.joined([history, simulate(20_000, seed=len(history)).history])
    seconds = []
    for size in SIZES:
        # Spread over the whole history: early weeks alone are more alike, and quicker.
        _, took, _ = _timed(history.rows(np.arange(size) * len(history) // size))
        seconds.append(took)
        print(
            f"  fit {size:9,} person-weeks      {took:6.2f} s of computing, {took / size * 1e6:.1f} µs each",
            file=out,
            flush=True,
        )
    return seconds


def _timed(rows: PersonPeriods) -> tuple[float, float, CompetingHazards]:
    """Seconds by the clock, seconds of computing (fewer where other work wants the cores), and the model."""
    started, computed = time.perf_counter(), time.process_time()
    model = CompetingHazards().fit(rows.X, rows.age, rows.cause)
    return time.perf_counter() - started, time.process_time() - computed, model


if __name__ == "__main__":
    raise SystemExit(main())
