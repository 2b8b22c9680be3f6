"""Real material by others, which lies beside the project and never in it."""

from __future__ import annotations

from pathlib import Path

import pytest


def material(path: str) -> Path:
    """A file or folder of it; where it is absent the test skips and says so."""
    for above in Path(__file__).resolve().parents:
        found = above / "shared" / path
        if found.exists():
            return found
    pytest.skip(f"needs real material by others, '{path}', in a folder 'shared' beside the project; it is not here")
