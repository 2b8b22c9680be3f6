"""Run docs/python.md, from top to bottom like a notebook, and write what it prints below each piece of code.

python tools/write_python_page.py
"""

from __future__ import annotations

import ast
import io
import os
import re
import tempfile
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parent.parent / "docs" / "python.md"
CELL = re.compile(
    r"^```python\n(?P<code>.*?)^```\n(?P<between>\n```text\n)(?P<said>.*?)^```$", re.DOTALL | re.MULTILINE
)


def page() -> str:
    """The page with each output made anew; what its code writes goes to a folder that is thrown away."""
    names: dict[str, Any] = {"__name__": "notebook"}

    def anew(cell: re.Match[str]) -> str:
        return f"```python\n{cell['code']}```\n{cell['between']}{said(cell['code'], names)}```"

    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        return CELL.sub(anew, PAGE.read_text(encoding="utf-8"))


def said(code: str, names: dict[str, Any]) -> str:
    """What a cell prints, and its last line's value, as a notebook shows it."""
    told = ast.parse(code)
    last = told.body[-1]
    shown = ast.Expression(told.body.pop().value) if isinstance(last, ast.Expr) else None  # type: ignore[attr-defined]
    with redirect_stdout(io.StringIO()) as out:
        exec(compile(told, "docs/python.md", "exec"), names)
        value = eval(compile(shown, "docs/python.md", "eval"), names) if shown is not None else None
        if value is not None:
            out.write(f"{value!r}\n")
    return out.getvalue()


if __name__ == "__main__":
    os.environ.pop("PREMORTEM_PLAYBOOK", None)
    PAGE.write_text(page(), encoding="utf-8")
