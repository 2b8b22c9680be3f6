"""The measured table is put between the page's markers, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.page import BEGIN, END, NoMarkers, Row, table, with_measured, write_measured

PAGE = f"# Listening\n\nWhat it hears.\n\n{BEGIN}\n\nan old table\n\n{END}\n\n## Limits\n\nIt errs.\n"


def test_what_stands_between_the_markers_is_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    page = tmp_path / "listening.md"
    page.write_text(PAGE, encoding="utf-8")
    write_measured(page, "a new table")
    assert page.read_text(encoding="utf-8") == PAGE.replace("an old table", "a new table")


def test_writing_the_same_twice_changes_nothing() -> None:
    once = with_measured(PAGE, "a new table")
    assert with_measured(once, "a new table") == once


@pytest.mark.parametrize(
    "page",
    [
        "# Listening\n\nno markers\n",
        f"only one {BEGIN}\n",
        f"{END}\nthe wrong way round\n{BEGIN}\n",
        f"{BEGIN}\n{END}\ntwice\n{BEGIN}\n{END}\n",
    ],
)
def test_a_page_without_its_markers_is_refused_and_left_alone(tmp_path: Path, page: str) -> None:
    file = tmp_path / "listening.md"
    file.write_text(page, encoding="utf-8")
    with pytest.raises(NoMarkers, match=r"listening\.md: The page needs one line '<!-- measured: begin -->'"):
        write_measured(file, "a new table")
    assert file.read_text(encoding="utf-8") == page


def test_a_table_has_a_column_a_reader_and_says_where_one_does_not_do_it() -> None:
    rows = [Row("questions, F1", "calls | phone", "3,272", {"premortem": ".81"})]
    assert table(rows, ("premortem", "spaCy")).splitlines() == [
        "|  | measured on | n | premortem | spaCy |",
        "| --- | --- | --- | --- | --- |",
        "| questions, F1 | calls \\| phone | 3,272 | .81 | – |",
    ]


def test_the_page_has_its_markers() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "listening.md").read_text(encoding="utf-8")
    assert with_measured(page, "x")
