"""The command answers at once: what is heavy is loaded by the command that needs it."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    *("django", "rich.console", "charset_normalizer", "mailparser_reply", "openai", "httpx2"),
    *("simple_salesforce", "hubspot"),
    *("numpy", "scipy", "sklearn", "torch", "vl_convert"),
)


def loaded_after(statement: str) -> set[str]:
    told = subprocess.run(
        [sys.executable, "-c", f"import sys\n{statement}\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(told.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_after("import premortem").isdisjoint(HEAVY)


def test_the_command_lines_help_loads_nothing_heavy() -> None:
    assert loaded_after("import premortem.cli.main").isdisjoint({*HEAVY, "premortem.records.opening", "msgspec"})


def test_reviewing_a_folder_loads_no_database() -> None:
    acts = "import premortem.acts.looking.review, premortem.acts.bringing_in.read, premortem.acts.afterwards.replay"
    assert "django" not in loaded_after(acts)
