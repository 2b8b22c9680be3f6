"""Files that overreach are refused with a plain line, and nothing of them stays."""

from __future__ import annotations

import io
import stat
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import FakePayload

from premortem.importing.packed import SMALL
from premortem.records.firm.models import Upload
from premortem.web import receiving
from premortem.web.receiving import SLASH, Refused, lay_down, safe_parts, uploads_folder
from tests.web.conftest import House
from tests.web.test_import import send, zipped


def link_zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        link = zipfile.ZipInfo("touches/link.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, "/etc/passwd")
    return made.getvalue()


def many() -> bytes:
    """A zip whose list repeats one file: nobody needs to pack so many."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("a.txt", b"")
        packed.filelist = packed.filelist * 100_001
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped({"a.txt": bytes(30_000_000)}), b"packed far more tightly"),
        (zipped({"../../a.txt": b"x"}), b"path that can"),
        (zipped({"/etc/a.txt": b"x"}), b"path that can"),
        (zipped({"C:/a.txt": b"x"}), b"path that can"),
        (zipped({"a": b"x", "a/b": b"x"}), b"Two files are called"),
        (link_zip(), b"holds a link"),
        (many(), b"more than 100,000 files"),
        (b"PK\x03\x04 broken", b"unpacked"),
        (b"", b"unpacked"),
    ],
    ids=["bomb", "upwards", "absolute", "drive", "file-and-folder", "link", "many", "broken", "empty"],
)
def test_a_zip_that_overreaches_is_refused_with_a_plain_line(house: House, data: bytes, why: bytes) -> None:
    page = send(house.client("seller"), "a.zip", data)
    assert why in page.content
    assert not Upload.objects.exists()
    assert not uploads_folder().exists() or not list(uploads_folder().iterdir())


def test_a_zip_that_lies_about_its_size_is_stopped(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_BYTES", 100)
    with pytest.raises(Refused, match="Import it in parts"):
        lay_down([SimpleUploadedFile("a.txt", bytes(101))])
    assert not list(uploads_folder().parent.glob("uploads/*"))


@pytest.fixture
def _a_thousand_bytes_are_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_BYTES", 1000 - SMALL)


@pytest.mark.usefixtures("_a_thousand_bytes_are_too_much")
def test_too_much_is_read_away_and_refused_with_a_plain_line(house: House) -> None:
    client, sent = house.client("seller"), FakePayload(bytes(3_000_000))
    told: dict[str, Any] = {
        "CONTENT_TYPE": "multipart/form-data; boundary=b",
        "CONTENT_LENGTH": str(len(sent)),
        "wsgi.input": sent,
    }
    answer = client.post("/import/", **told)
    assert answer.status_code == 302
    assert len(sent) == 0, "a browser that is cut off while it sends shows no reason"
    assert b"more than 1 GB" in client.get("/import/").content
    assert not uploads_folder().exists()


@pytest.mark.usefixtures("_a_thousand_bytes_are_too_much")
def test_nobody_makes_us_read_without_end(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_READ_AWAY", 2000)
    sent = FakePayload(bytes(3_000_000))
    told: dict[str, Any] = {
        "CONTENT_TYPE": "multipart/form-data; boundary=b",
        "CONTENT_LENGTH": str(len(sent)),
        "wsgi.input": sent,
    }
    assert house.client("seller").post("/import/", **told).status_code == 302
    assert len(sent) == 3_000_000 - 2000
    assert not Upload.objects.exists()


@pytest.mark.parametrize("name", ["../a", "a/../b", "/a", "a\\b", "C:a", "a/" * 20 + "b", "x" * 201, ""])
def test_a_path_that_leaves_its_folder_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        safe_parts(name)


def test_a_folders_upload_can_not_climb_either(house: House) -> None:
    with pytest.raises(Refused):
        lay_down([SimpleUploadedFile(f"..{SLASH}..{SLASH}a.txt", b"x")])


def test_a_zip_whose_list_is_too_long_is_refused_before_the_list_is_read(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "LONGEST_LIST", 66_000)
    monkeypatch.setattr(receiving, "files_in", lambda packed: pytest.fail("the list was read"))
    data = zipped({f"{number:0200}.txt": b"" for number in range(300)})
    with pytest.raises(Refused, match="lists more than"):
        lay_down([SimpleUploadedFile("many.zip", data)])
    assert not list(uploads_folder().glob("*"))
