"""Who may do what with an import changes while it waits: present rights count, and what another worker did stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from premortem.records.firm.models import DealHome, Member, Team, Upload
from premortem.records.models import DealRow
from premortem.web import export_upload, tasks
from premortem.web.export_upload import take_back
from premortem.web.ledger import ledger
from premortem.web.mail_upload import in_view
from premortem.web.pages import import_upload
from premortem.web.pages.import_export import keep_preview
from premortem.web.pages.import_upload import move
from premortem.web.pages.imports import KEPT, sweep
from tests.api.conftest import Program
from tests.web.conftest import House
from tests.web.test_import import newest, send
from tests.web.test_import_export import page_of, post, salesforce
from tests.web.test_import_mail import PLACED, mailbox


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}):
        yield


def taken(house: House) -> None:
    """An admin took an export of three deals in, and is a rep since."""
    client = house.client("admin")
    send(client, "export.zip", salesforce())
    post(client, "", do="take")
    now_is("admin", "rep")


def now_is(who: str, role: str) -> None:
    Member.objects.filter(user__username=who).update(role=role)


def test_nobody_gets_deals_by_taking_their_owners_name(house: House) -> None:
    get_user_model().objects.filter(username="stranger").update(first_name="No", last_name="One")
    taken(house)
    assert DealRow.objects.filter(deal="006C").exists()
    assert not DealHome.objects.filter(deal="006C").exists()
    assert DealHome.objects.get(deal="006A").owner.username == "seller"  # type: ignore[union-attr]


def test_an_export_is_taken_back_only_where_its_importer_may_still_change_the_deal(house: House) -> None:
    taken(house)
    DealHome.objects.create(deal="006C", owner=get_user_model().objects.get(username="admin"))
    upload, program = newest(), Program(house, "admin")
    page = page_of(house.client("admin"))
    assert "Rota" in page
    assert "Scheduling" not in page
    assert program.ask("post", f"imports/{upload.pk}/undo", {"deals": ["006A"]}).status_code == 422
    assert b"Mark the deals" in post(house.client("admin"), "", do="undo", deal="006A")
    assert take_back(upload, ["006A"], "admin", lambda *_: None) == []
    assert DealHome.objects.filter(deal="006A").exists()
    post(house.client("admin"), "", do="undo", all="1")
    assert newest().preview["back"] == ["006C"]


def test_who_no_longer_works_on_deals_takes_nothing_in(house: House) -> None:
    client = house.client("seller")
    send(client, "sales.mbox", mailbox(PLACED))
    now_is("seller", "marketing")
    assert client.post(f"/import/{newest().pk}/", {"do": "take"}).status_code == 403
    assert Program(house).ask("post", f"imports/{newest().pk}/accept").status_code == 403
    assert newest().state == "previewed"
    assert list(in_view(newest()).store.deals()) == []


def test_what_is_half_written_is_not_dropped_and_can_be_finished_and_taken_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = house.client("admin")
    send(client, "export.zip", salesforce())
    with monkeypatch.context() as patch:
        patch.setattr(export_upload, "settle_homes", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tasks.take_in.call(accepted())
    assert (newest().state, newest().says) == ("failed", tasks.WENT_WRONG)
    assert DealRow.objects.filter(deal="006A").exists()
    assert "Discard it" not in page_of(client)
    assert b"any more" in post(client, "", do="drop")
    assert Program(house, "admin").ask("delete", f"imports/{newest().pk}").status_code == 409
    Upload.objects.update(made_at=timezone.now() - 2 * KEPT)
    sweep()
    post(client, "", do="again")
    assert newest().state == "done"
    post(client, "", do="undo", all="1")
    assert newest().preview["back"] == ["006A", "006B", "006C"]


def accepted() -> int:
    assert move(newest(), ("previewed",), "importing", taken_at=timezone.now())
    return newest().pk


def test_what_failed_before_anything_was_written_can_be_dropped(house: House) -> None:
    client = house.client("admin")
    send(client, "export.zip", salesforce())
    number = accepted()
    now_is("admin", "rep")
    tasks.take_in.call(number)
    assert newest().state == "failed"
    assert b"Nothing of it was kept" in post(client, "", do="drop")
    assert not Path(newest().folder).exists()


def test_a_worker_that_is_late_changes_nothing(house: House) -> None:
    client = house.client("admin")
    send(client, "export.zip", salesforce())
    accepted()
    late = newest()
    tasks.take_in.call(late.pk)
    told = newest().preview
    tasks._fail(late, "its folder is gone")
    tasks._telling(late)("deals", 1, 3)
    assert not tasks._finish(late, "done", {})
    assert (newest().state, newest().says, newest().preview) == ("done", "", told)


def test_a_preview_that_a_worker_replaced_is_not_put_back(house: House) -> None:
    client = house.client("admin")
    send(client, "export.zip", salesforce())
    looked = newest()
    post(client, "", do="take")
    assert not keep_preview(looked)
    assert "would" not in newest().preview
    assert keep_preview(newest())


def test_the_page_and_the_undo_of_many_deals_ask_the_database_a_few_times(house: House) -> None:
    client = house.client("seller")
    send(client, "sales.mbox", mailbox(PLACED))
    post(client, "", do="take")
    number = newest().pk
    with CaptureQueriesContext(connection) as before:
        client.get(f"/import/{number}/")
    team = Team.objects.get(name="Hosting")
    upload = newest()
    for one in range(50):
        row = DealRow.objects.get(deal=house.ours)
        row.pk = row.deal = f"many-{one:02}"
        row.save(force_insert=True)
        DealHome.objects.create(deal=row.deal, owner=upload.user, team=team)
        upload.preview["deals"].append([row.deal, 1])
    upload.save()
    with CaptureQueriesContext(connection) as page:
        client.get(f"/import/{number}/")
    assert len(page) < len(before) + 2 * import_upload.TOUCHES_OF
    with CaptureQueriesContext(connection) as undo:
        client.post(f"/import/{number}/", {"do": "undo", "touch": ["none", "neither"]})
    assert len(undo) < 30
    assert ledger().store.read(house.ours)
