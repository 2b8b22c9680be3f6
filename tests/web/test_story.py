"""A deal's story on a page: nobody in it can be recognised, and it can be taken along as a file."""

from __future__ import annotations

from html import unescape

import pytest

from premortem.acts.afterwards.disguise import Disguise
from premortem.acts.witness import Witness
from premortem.ledger.fold import deal_as_of
from premortem.web.ledger import ledger
from tests.web.conftest import OURS, House


def names_of_the_deal() -> list[str]:
    held = ledger()
    deal = deal_as_of(held.store.read(OURS))
    witness = Witness(deal, held.contents)
    return [name for one in deal.buyers if (name := witness.name(one.id)) and " " in name]


def test_the_page_tells_the_story_and_names_nobody(house: House) -> None:
    page = unescape(house.client("seller").get(f"/deals/{OURS}/story/").content.decode())

    assert "How it ended" in page
    assert "People, firms, amounts and days are changed" in page
    names = names_of_the_deal()
    assert names, "the deal has buyers with names"
    story = page[page.index('<article class="told">') : page.index("</article>")]
    assert not [name for name in names if name in story]


def test_it_is_kept_as_markdown_or_as_a_page_that_runs_nothing(house: House) -> None:
    client = house.client("seller")
    markdown = client.get(f"/deals/{OURS}/story.md")
    page = client.get(f"/deals/{OURS}/story.html")

    assert markdown["Content-Disposition"].startswith("attachment")
    assert markdown.content.decode().startswith("# A deal")
    assert "default-src 'none'" in page.content.decode()
    assert page["Content-Disposition"].startswith("attachment"), "never shown in the place of a page of ours"
    assert client.get(f"/deals/{OURS}/story.exe").status_code == 404


def test_the_replay_and_the_post_mortem_lead_to_it(house: House) -> None:
    client = house.client("seller")
    for place in ("replay", "post-mortem"):
        assert f"/deals/{OURS}/story/" in client.get(f"/deals/{OURS}/{place}/").content.decode()


def test_a_story_that_would_give_somebody_away_shows_where_to_whoever_may_see_the_deal(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Disguise, "quote", lambda self, words, day: words)
    page = unescape(house.client("seller").get(f"/deals/{OURS}/story/").content.decode())

    assert "No story yet" in page
    assert "which could not be disguised" in page
    assert f'href="/deals/{OURS}/touches/' in page
    assert "line 2" not in page
    assert house.client("stranger").get(f"/deals/{OURS}/story/").status_code == 404
