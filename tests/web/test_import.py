"""Bringing deals in through the browser: looked at first, taken in on a word, taken back."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from premortem.acts.bringing_in.preview import preview
from premortem.acts.bringing_in.undo_import import touches_brought
from premortem.records.errors import LedgerError
from premortem.records.firm.models import DealHome, Upload
from premortem.records.models import DealRow, FactRow, PersonRow, ReviewRow
from premortem.web import deals_upload, patience, tasks
from premortem.web.ledger import ledger
from premortem.web.receiving import uploads_folder
from tests.web.conftest import House

ROW = {
    "id": "d-1",
    "name": "Harbour: scheduling",
    "account": "Harbour",
    "seller": "Cadence",
    "created": "2026-01-12",
    "sellers": [{"name": "Ines Okafor", "email": "ines@cadence.example"}],
    "contacts": [{"name": "Tom Reyes", "title": "Plant Lead", "email": "tom@harbour.example"}],
}
CALL = b"""WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ines Okafor>Tom, who signs an order of this size at your place?

00:00:05.000 --> 00:00:09.000
<v Tom Reyes>Anything over fifty thousand, that goes to Dana Whitlock, she signs it off.
"""


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}):
        yield


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return made.getvalue()


def deal_zip(**changed: object) -> bytes:
    row = json.dumps(ROW | changed).encode()
    return zipped({"harbour/deal.json": row, "harbour/touches/2026-01-13-call.vtt": CALL, "harbour/__MACOSX/x": b""})


def send(client: Client, name: str, data: bytes, **more: str) -> HttpResponse:
    given = {"files": SimpleUploadedFile(name, data), **more}
    return client.post("/import/", given, follow=True)  # type: ignore[return-value]


def newest() -> Upload:
    return Upload.objects.order_by("-pk")[0]


def test_a_deal_is_looked_at_first_and_written_only_when_taken_in(house: House) -> None:
    client = house.client("seller")
    page = send(client, "harbour.zip", deal_zip())
    upload = newest()
    assert upload.state == "previewed", upload.says
    assert b"Take it in" in page.content
    assert b"2026-01-13-call.vtt" in page.content
    assert b"Tom Reyes" in page.content
    assert not DealRow.objects.filter(deal="d-1").exists()
    done = client.post(f"/import/{upload.pk}/", {"do": "take"}, follow=True)
    assert newest().state == "done"
    assert b"Harbour: scheduling" in done.content
    assert DealRow.objects.get(deal="d-1").touches == 1
    home = DealHome.objects.get(deal="d-1")
    assert home.owner is not None
    assert home.owner.username == "seller"
    assert home.team is not None
    assert home.team.name == "Hosting"
    assert {one.deal for one in ledger().reviews.all()} >= {"d-1"}
    assert not Path(upload.folder).exists()
    assert "Tom Reyes" not in json.dumps(newest().preview)


def test_a_folder_keeps_its_paths(house: House) -> None:
    boundary = "b0undary"
    files = {"harbour/deal.json": json.dumps(ROW).encode(), "harbour/touches/2026-01-13-call.vtt": CALL}
    body = b"".join(
        b'--%s\r\nContent-Disposition: form-data; name="folder"; filename="%s"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n%s\r\n" % (boundary.encode(), name.encode(), data)
        for name, data in files.items()
    )
    body += b"--%s--\r\n" % boundary.encode()
    client = house.client("seller")
    answer = client.post("/import/", body, content_type=f"multipart/form-data; boundary={boundary}")
    assert answer.status_code == 302
    assert newest().state == "previewed", newest().says
    assert newest().preview["deals"][0]["deal"] == "d-1"
    assert {one.relative_to(newest().folder).as_posix() for one in Path(newest().folder).rglob("*.*")} == set(files)


def test_the_seller_whom_the_row_names_owns_the_deal(house: House) -> None:
    client = house.client("manager")
    send(client, "harbour.zip", deal_zip(sellers=[{"name": "S", "email": "Seller@larkspur.example"}]))
    client.post(f"/import/{newest().pk}/", {"do": "take"})
    assert DealHome.objects.filter(deal="d-1", owner__username="seller").exists()


def test_single_touches_come_into_a_deal_that_is_there_and_can_be_taken_back(house: House) -> None:
    client = house.client("seller")
    before = FactRow.objects.filter(deal=house.ours).count()
    send(client, "2026-11-01-call.vtt", CALL, deal=house.ours)
    assert newest().state == "previewed", newest().says
    client.post(f"/import/{newest().pk}/", {"do": "take"})
    assert newest().state == "done", newest().says
    assert FactRow.objects.filter(deal=house.ours).count() > before
    taken_at = newest().taken_at
    assert taken_at is not None
    (touch,) = touches_brought(ledger(), house.ours, taken_at)
    assert touch.touch.encode() in client.get(f"/import/{newest().pk}/").content
    back = client.post(f"/import/{newest().pk}/", {"do": "undo", "touch": touch.touch}, follow=True)
    assert b"Taken back: 1 touch." in back.content
    assert FactRow.objects.filter(deal=house.ours).count() == before
    again = client.post(f"/import/{newest().pk}/", {"do": "undo", "touch": touch.touch}, follow=True)
    assert b"Mark the touches" in again.content


def test_a_deal_that_was_taken_back_is_in_no_list_and_comes_in_again(house: House) -> None:
    client = house.client("seller")
    send(client, "harbour.zip", deal_zip())
    client.post(f"/import/{newest().pk}/", {"do": "take"})
    first = newest().pk
    back = client.post(f"/import/{first}/", {"do": "undo", "all": "1"}, follow=True).content
    assert b"Taken back: 1 touch and 1 deal." in back
    assert b"Nothing of this upload is left to take back" in back
    assert b"Take back what is marked" not in back
    assert b"1 touch," not in back
    assert b"Harbour: scheduling" in back
    assert not DealRow.objects.filter(deal="d-1").exists()
    assert not PersonRow.objects.filter(deal="d-1").exists()
    assert not ReviewRow.objects.filter(deal="d-1").exists()
    assert "d-1" not in ledger().store.deals()
    assert client.get("/deals/d-1/").status_code == 404
    send(client, "harbour.zip", deal_zip())
    client.post(f"/import/{newest().pk}/", {"do": "take"})
    assert DealRow.objects.get(deal="d-1").touches == 1
    assert "d-1" in ledger().store.deals()
    assert ledger().reviews.outdated("none yet", among=["d-1"]) == ["d-1"]


def test_the_list_of_uploads_says_which_files(house: House) -> None:
    client = house.client("seller")
    given = {"files": [SimpleUploadedFile("harbour.zip", deal_zip()), SimpleUploadedFile("notes.txt", b"hello")]}
    client.post("/import/", given)
    assert b"harbour.zip and 1 more" in client.get("/import/").content


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.vtt", b"", "this file is empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "picture.png"),
        ("setup.exe", b"MZ" + bytes(60), "setup.exe"),
    ],
)
def test_a_single_file_that_nothing_can_read_is_told_what_is_wrong_with_it(
    house: House, name: str, data: bytes, says: str
) -> None:
    page = send(house.client("seller"), name, data).content.decode()
    assert newest().state == "failed"
    assert says in newest().says
    assert "there is no deal among them" not in page


def test_a_zip_within_a_zip_is_told_so(house: House) -> None:
    send(house.client("admin"), "outer.zip", zipped({"inner.zip": deal_zip()}))
    assert "another zip" in newest().says
    assert "Unpack it" in newest().says


def test_a_table_that_holds_no_deals_is_told_in_plain_words(house: House) -> None:
    page = send(house.client("admin"), "odd.csv", b"odd,even\n1,2\n3,4\n").content.decode()
    assert "nothing in it looks like a list of deals" in page
    assert "One of them needs" not in page


def test_a_rep_is_sent_to_the_admin_where_nothing_moves(house: House) -> None:
    client = house.client("seller")
    send(client, "harbour.zip", deal_zip())
    Upload.objects.update(state="importing", moved_at=timezone.now() - timedelta(hours=1))
    page = client.get(f"/import/{newest().pk}/").content
    assert b"ask your admin" in page
    assert b"premortem serve" not in page


def test_nobody_writes_into_a_deal_that_is_not_theirs(house: House) -> None:
    client = house.client("stranger")
    assert send(client, "2026-11-01-call.vtt", CALL, deal=house.ours).status_code == 404
    entries = len(ledger().store.read(house.ours))
    send(client, "lark.zip", deal_zip(id=house.ours))
    client.post(f"/import/{newest().pk}/", {"do": "take"})
    assert len(ledger().store.read(house.ours)) == entries
    assert not DealHome.objects.filter(deal=house.ours, owner__username="stranger").exists()


def test_a_script_that_sent_dropped_files_is_told_where_to_go(house: House) -> None:
    given = {"files": SimpleUploadedFile("harbour.zip", deal_zip())}
    answer = house.client("seller").post("/import/", given, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/import/{newest().pk}/")


def test_who_only_reads_imports_nothing(house: House) -> None:
    for who in ("marketing", "executive"):
        client = house.client(who)
        assert b"change none" in client.get("/import/").content
        assert send(client, "harbour.zip", deal_zip()).status_code == 403


def test_an_upload_is_its_owners(house: House) -> None:
    send(house.client("seller"), "harbour.zip", deal_zip())
    number = newest().pk
    got = {who: house.client(who).get(f"/import/{number}/").status_code for who in ("seller", "manager", "admin")}
    assert got == {"seller": 200, "manager": 404, "admin": 200}


def test_what_was_dropped_is_gone_and_is_not_taken_in(house: House) -> None:
    client = house.client("seller")
    send(client, "harbour.zip", deal_zip())
    upload = newest()
    client.post(f"/import/{upload.pk}/", {"do": "drop"})
    assert not Path(upload.folder).exists()
    late = client.post(f"/import/{upload.pk}/", {"do": "take"}, follow=True)
    assert b"any more" in late.content
    assert (newest().state, newest().preview) == ("dropped", {})


def test_files_without_a_deal_are_told_and_can_be_tried_again(house: House) -> None:
    client = house.client("seller")
    page = send(client, "notes.txt", b"hello")
    assert b"there is no deal among them" in page.content
    assert uploads_folder().as_posix().encode() not in page.content
    client.post(f"/import/{newest().pk}/", {"do": "again"})
    assert newest().state == "failed"


def test_a_busy_database_is_met_twice_and_the_third_time_it_goes(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    met = []
    real = preview

    def busy(*given: object) -> object:
        met.append(1)
        if len(met) < 3:
            raise LedgerError("the ledger was busy")
        return real(*given)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(deals_upload, "preview", busy)
    monkeypatch.setattr(patience, "WAITS", (0.0, 0.0))
    send(house.client("seller"), "harbour.zip", deal_zip())
    assert (newest().state, len(met)) == ("previewed", 3)


def test_what_broke_is_said_without_a_trace_and_goes_on_when_asked(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = house.client("seller")
    send(client, "harbour.zip", deal_zip())
    with monkeypatch.context() as broken:

        def breaks(*given: object, **more: object) -> int:
            raise ZeroDivisionError

        broken.setattr(tasks, "review_changed", breaks)
        page = client.post(f"/import/{newest().pk}/", {"do": "take"}, follow=True)
    assert b"Try again" in page.content
    assert b"ZeroDivisionError" not in page.content
    client.post(f"/import/{newest().pk}/", {"do": "again"})
    assert newest().state == "done", newest().says
    assert DealRow.objects.get(deal="d-1").touches == 1


def test_no_file_is_said(house: House) -> None:
    assert b"No file came" in house.client("seller").post("/import/", {}, follow=True).content


def test_a_form_without_its_token_is_refused(house: House) -> None:
    client = house.client("seller")
    client.handler.enforce_csrf_checks = True
    assert client.post("/import/", {"files": SimpleUploadedFile("a.zip", deal_zip())}).status_code == 403


def test_the_page_asks_for_its_own_part_while_it_works(house: House) -> None:
    client = house.client("seller")
    send(client, "harbour.zip", deal_zip())
    Upload.objects.update(state="importing", done=3, of=9)
    whole = client.get(f"/import/{newest().pk}/")
    assert b'hx-trigger="every 1s"' in whole.content
    assert b"3 of 9 files" in whole.content
    part = client.get(f"/import/{newest().pk}/", headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    assert b'id="upload"' in part.content
