"""Where the sample company's deals lie."""

from __future__ import annotations

from pathlib import Path

DEALS = Path(__file__).parent / "deals"
"""A folder of deal folders, which `premortem import` takes like any other."""

TOLD_IN_FULL = "lark-01"
"""The hosting deal: a delighted developer who does not decide, and a boss whom nobody met."""
