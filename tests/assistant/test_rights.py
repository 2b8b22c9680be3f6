"""An assistant sees what its user may see, by a key that can be ended at any moment, and writes only where it may."""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from mcp import Client

from premortem.records.firm.models import Look, Token
from premortem.web.ledger import ledger
from tests.assistant.conftest import answer, key, talk
from tests.web.conftest import House

WRITING = {"judge_fact", "waive_finding", "add_note"}


def test_a_seller_reads_the_own_deal_and_a_strangers_is_not_there(house: House) -> None:
    async def does(client: Client) -> None:
        tools = {one.name: one for one in (await client.list_tools()).tools}
        assert not WRITING & set(tools)
        assert all(one.annotations and one.annotations.read_only_hint for one in tools.values())
        listed, text = await answer(client, "list_deals", status="all")
        assert [one["id"] for one in listed["lines"]] == [house.ours]
        assert "Read as Seller; nothing can be written." in text
        review, text = await answer(client, "review_deal", deal=house.ours)
        quote = review["findings"][0]["evidence"][0]["quote"]
        assert f"«{quote[:60]}" in text
        earlier, _ = await answer(client, "review_deal", deal=house.ours, as_of="2025-03-20")
        assert earlier["as_of"] <= "2025-03-20" < review["as_of"]
        not_theirs, refused = await answer(client, "review_deal", deal=house.theirs)
        not_there, unknown = await answer(client, "review_deal", deal="lark-99")
        assert not_theirs is None is not_there
        assert refused.replace(house.theirs, "X") == unknown.replace("lark-99", "X")
        for tool in ("prepare_call", "replay_deal", "list_touches", "forecast_deal"):
            assert await answer(client, tool, deal=house.theirs) == (None, refused)
        people, _ = await answer(client, "search_people", text="ro")
        assert {place["deal"] for one in people["people"] for place in one["places"]} <= {house.ours}
        replay, text = await answer(client, "replay_deal", deal=house.ours)
        assert replay["factors"]
        assert "Ended on 2025-05-02." in text
        _, ended = await answer(client, "forecast_deal", deal=house.ours)
        assert ended.startswith(f"'{house.ours}' has ended")
        quarter, _ = await answer(client, "forecast_quarter", whose="all")
        assert house.theirs not in str(quarter)
        _, nothing = await answer(client, "judge_fact", deal=house.ours, fact="f-1", says="confirmed")
        assert "Make a key with the scope write" in nothing

    before = len(ledger().store.read(house.ours))
    talk(does, key("seller"))
    assert len(ledger().store.read(house.ours)) == before
    assert not Look.objects.exists(), "whoever works on a deal need not be noted"


def test_whoever_is_not_of_the_team_is_noted_and_a_key_ends_at_once(house: House) -> None:
    async def does(client: Client) -> None:
        review, _ = await answer(client, "review_deal", deal=house.theirs)
        touch = review["findings"][0]["evidence"][0]["touch"]
        read, _ = await answer(client, "read_touch", deal=house.theirs, touch=touch)
        assert await sync_to_async(Look.objects.filter(deal=house.theirs, touch=read["touch"]).count)() == 1
        _, refused = await answer(
            client, "waive_finding", deal=house.theirs, check=review["findings"][0]["check"], because="I think so"
        )
        assert refused == f"you may look at '{house.theirs}' and not change it. Ask whoever works on it."
        await sync_to_async(Token.objects.all().delete)()
        gone, why = await answer(client, "review_deal", deal=house.theirs)
        assert gone is None
        assert "does not hold: it was ended" in why

    talk(does, key("marketing", "read write"))


def test_a_firms_ledger_wants_a_key_that_is_not_over(house: House) -> None:
    async def refused(client: Client) -> str:
        assert len((await client.list_tools()).tools) == 9
        return (await answer(client, "list_deals"))[1]

    assert "Make a key on the page Settings and put it into PREMORTEM_TOKEN" in talk(refused)
    assert "does not hold: it was ended, is over" in talk(refused, key("seller", days=-1))


def test_a_key_for_a_ledger_without_users_says_that_another_was_meant(house: House) -> None:
    async def refused(client: Client) -> str:
        return (await answer(client, "list_deals"))[1]

    word = key("seller")
    get_user_model().objects.all().delete()
    assert "has no users, so no key holds there. Name the firm's ledger" in talk(refused, word)


def test_a_key_that_may_write_confirms_sets_aside_and_notes_in_its_users_name(house: House) -> None:
    async def does(client: Client) -> None:
        tools = {one.name: one for one in (await client.list_tools()).tools}
        hints = {name: tools[name].annotations for name in WRITING}
        assert all(one and not one.read_only_hint for one in hints.values())
        assert {name for name, one in hints.items() if one and one.destructive_hint} == WRITING - {"add_note"}
        listed, _ = await answer(client, "list_touches", deal=house.ours)
        read, _ = await answer(client, "read_touch", deal=house.ours, touch=listed["touches"][-1]["id"])
        fact = next(one for turn in read["turns"] for one in turn["facts"] if one["counts"])
        judged, _ = await answer(client, "judge_fact", deal=house.ours, fact=fact["id"], says="rejected")
        assert judged["told"]
        again, text = await answer(client, "judge_fact", deal=house.ours, fact=fact["id"], says="rejected")
        assert not again["told"]
        assert text.startswith("That was said before")
        review, _ = await answer(client, "review_deal", deal=house.ours)
        check = review["findings"][0]["check"]
        await answer(client, "waive_finding", deal=house.ours, check=check, because="We know why.")
        after, _ = await answer(client, "review_deal", deal=house.ours)
        assert check in [one["check"] for one in after["waived"]]
        note = {"deal": house.ours, "text": "Rosalind said that the budget is approved.", "day": "2025-04-20"}
        noted, _ = await answer(client, "add_note", **note)
        assert (noted["note"][:16], noted["known_already"]) == ("2025-04-20-note-", False)
        assert (await answer(client, "add_note", **note))[0]["known_already"]

    talk(does, key("seller", "read write"))
    authors = [one.author for one in ledger().store.read(house.ours) if one.kind in ("verdict", "waiver")]
    assert authors == ["user:seller", "user:seller"]
