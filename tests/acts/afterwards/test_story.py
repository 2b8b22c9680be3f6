"""A deal is told to others, and nobody in it can be recognised: not by name, firm, address, sum or day."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from premortem.acts.afterwards.disguise import Disguise
from premortem.acts.afterwards.originals import Originals, everyday
from premortem.acts.afterwards.still_seen import still_seen
from premortem.acts.afterwards.story import Revealing, StoryDocument, story
from premortem.acts.afterwards.story_written import story_markdown, story_page
from premortem.acts.bringing_in.bring_in import bring_in
from premortem.ledger.contents import MemoryContents, MemoryLedger, keep_text, random_nonce
from premortem.ledger.entries import Conclusion, Entry
from premortem.sample.place import DEALS

NOW = datetime(2026, 11, 22, tzinfo=UTC)
DAY = date(2026, 3, 3)
CULTURES = """
Adébáyọ̀ Ògúnlésì|Ngozi Okonkwo-Eze|Søren Kjærgård|Þórunn Jónsdóttir|Łukasz Wójcik|José María García López|Zoë O'Hara
Nguyễn Thị Minh Khai|Siobhán Ní Bhriain|Jean-Luc d'Aubigny|Ayşe Yıldırım|Ιωάννης Παπαδόπουλος|Иван Петров
王小明|田中 さくら|김민준|محمد الهاشمي|רות כהן|Priyanka Raghunathan|Björk Müller|Bo Li|Tomás Ó Briain
Katarína Šťastná|Aroha Te Whata|Mark Grant|François-Xavier Lefèvre|Ana Conceição|Ren Wu|Olumide Adeyemi
Marit van der Veen|Fatou N'Diaye|Kealoha Kalani|Will May
"""
NAMES = [name for line in CULTURES.split("\n") for name in line.split("|") if name]
FIRMS = [
    "Bellwether Cold Stores Ltd",
    "Ærø Færgefart",
    "Xiong & Søn",
    "Quayside",
    "Dock4U",
    "Two Rivers Egg Cooperative",
]
SENTENCES = [
    "{full} told me that {first}'s budget is 48,500 EUR, on 3 March 2026.",
    "ask {low} or {up}, {first} won't mind; call +44 20 7946 0958 by the fourteenth of May",
    "That's between {firm} and us: {firm}'s people, {mail}, www.{domain}, and Ottoline in finance",
    "{first}-{last} signs anything over 48k. {initials} said so on 2026-03-03",
    "{last}: yes, {last}s always do. Then {firstbare} wrote to {full}",
]


def hidden(name: str, other: str, firm: str) -> Originals:
    return Originals(
        people={"p-1": [name], "p-2": [other]},
        others=[],
        firms=[firm],
        addresses={"dana.w@bellwether.example"},
        phones={"442079460958"},
        amounts={48_500.0, 48_000.0},
        days={DAY, date(2026, 5, 14)},
        words={"budget", "people", "signs"},
    )


def bare(text: str) -> str:
    kept = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in kept if not unicodedata.combining(c))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
    st.sampled_from(FIRMS),
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4),
    st.text("abcdef", max_size=4),
)
def test_whatever_culture_a_name_is_from_no_part_of_it_survives(
    name: str, other: str, firm: str, sentences: list[str], seed: str
) -> None:
    first, last = name.split()[0], name.split()[-1]
    said = " ".join(sentences).format(
        full=other,
        first=first,
        last=last,
        firstbare=bare(first),
        low=name.lower(),
        up=last.upper(),
        firm=firm,
        mail="Dana.W@bellwether.example",
        domain="bellwether.example",
        initials="".join(part[0] for part in name.split()),
    )
    originals = hidden(name, other, firm)
    told = Disguise(originals, seed).quote(said, DAY)
    assert still_seen([told], originals) == []
    words = bare(told)
    for part in re.split(r"[\s'’-]+", f"{name} {other} {firm}"):
        if len(bare(part)) > 4 and not everyday(part) and bare(part) not in ("cooperative",):
            assert bare(part) not in words, (part, told)
    assert "Ottoline" not in told
    assert not re.search(r"48[,.]?[05]00|48k|2026|7946|bellwether", told)


@given(
    st.integers(0, 10_000), st.dates(date(2024, 1, 1), date(2027, 1, 1)), st.dates(date(2024, 1, 1), date(2027, 1, 1))
)
def test_days_keep_their_weekday_and_their_distance(seed: int, one: date, other: date) -> None:
    disguise = Disguise(hidden("Dana Reed", "Tom Falk", "Quayside"), str(seed))
    assert disguise.day(one).weekday() == one.weekday()
    assert disguise.day(other) - disguise.day(one) == other - one
    assert one - disguise.day(one) >= timedelta(weeks=26)


def test_the_same_person_is_called_the_same_throughout() -> None:
    disguise = Disguise(hidden("Dana Whitcombe", "Robert Falk", "Quayside"), "s")
    first, last = disguise.person("p-1").split()
    assert disguise.quote("Dana Whitcombe's view, dana's, DANA, Whitcombe", DAY) == (
        f"{first} {last}'s view, {first.lower()}'s, {first.upper()}, {last}"
    )
    assert disguise.quote("and Bob agreed", DAY) == f"and {disguise.person('p-2').split()[0]} agreed"


def test_an_everyday_word_that_is_also_a_name_stays_a_word() -> None:
    disguise = Disguise(hidden("Will May", "Tom Falk", "Quayside"), "s")
    assert disguise.quote("Will you come? you may", DAY) == "Will you come? you may"
    assert "Will" not in disguise.quote("I rang Will about it", DAY)


def test_what_survives_is_named_by_line_and_kind_and_never_by_itself() -> None:
    originals = hidden("Dana Whitcombe", "Tom Falk", "Quayside")
    found = still_seen(
        ["all is well", "said Whitcombe", "on March 3rd", "48 500 EUR", "the quaysides", "2026-05-14"], originals
    )
    assert [one.line for one in found] == [2, 3, 4, 5, 6]
    assert not any("Whitcombe" in one.what for one in found)


def test_an_id_that_looks_like_a_telephone_number_still_becomes_a_name() -> None:
    disguise = Disguise(hidden("Dana Whitcombe", "Tom Falk", "Quayside"), "s")
    told = "{p-5551234567} gives the final yes, {p-2024cafe42} does not. Call +44 20 7946 0958, Dana."
    assert disguise.sentence(told, DAY) == (
        "{p-5551234567} gives the final yes, {p-2024cafe42} does not. "
        f"Call [a phone number], {disguise.person('p-1').split()[0]}."
    )


def test_a_person_whom_no_name_was_put_in_for_is_seen() -> None:
    found = still_seen(["{p-555 0100} gives the final yes"], hidden("Dana Whitcombe", "Tom Falk", "Quayside"))
    assert [one.what for one in found] == ["a person whom no name was put in for"]


def test_how_long_something_took_is_no_amount_of_the_deal() -> None:
    originals = hidden("Dana Whitcombe", "Tom Falk", "Quayside")
    originals.amounts = {120.0}
    assert still_seen(["It took 120 days until somebody acted on this"], originals) == []
    assert [one.what for one in still_seen(["they pay 120 for it"], originals)] == ["an amount"]


@pytest.fixture(scope="module")
def ledger() -> MemoryLedger:
    held = MemoryLedger()
    for deal in sorted(DEALS.iterdir()):
        if deal.name[:2] in ("01", "06"):
            bring_in(held, deal, NOW)
    return held


@pytest.fixture(scope="module")
def sample() -> MemoryLedger:
    """The sample's deals, with ids that differ from run to run as in a firm's own ledger."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(MemoryContents, "nonce", lambda _: random_nonce())
        held = MemoryLedger()
        for deal in sorted(DEALS.iterdir()):
            bring_in(held, deal, NOW)
    return held


def test_every_deal_of_the_sample_can_be_told_and_everybody_in_it_has_a_name(sample: MemoryLedger) -> None:
    for deal in sample.store.deals():
        for line in story(sample, deal).lines():
            assert "{p" not in line, (deal, line)
            assert "erased" not in line, (deal, line)


@pytest.fixture(scope="module", params=["lark-01", "lark-06"])
def told(request: pytest.FixtureRequest, ledger: MemoryLedger) -> StoryDocument:
    return story(ledger, request.param)


def test_a_story_has_its_days_in_order_and_its_quotes(told: StoryDocument) -> None:
    days = [datetime.strptime(one.on, "%d %B %Y").replace(tzinfo=UTC) for one in told.paragraphs]
    assert days == sorted(days)
    assert any(one.said for one in told.paragraphs)
    assert told.ending[0].startswith("On ")


def test_a_lost_deal_tells_what_could_be_seen_and_a_won_one_is_told_too(ledger: MemoryLedger) -> None:
    assert story(ledger, "lark-01").title == "A deal that was lost"
    assert re.search(r": The deal was lost to \w+\.$", story(ledger, "lark-01").ending[0]), "its CRM names to whom"
    assert any(one.seen for one in story(ledger, "lark-01").paragraphs)
    assert story(ledger, "lark-06").title == "A deal that was won"


def test_no_name_of_the_sample_is_in_the_markdown_or_on_the_page(told: StoryDocument) -> None:
    for text in (story_markdown(told), story_page(told)):
        for name in ("Bellfield", "Larkspur", "Duivenklok", "Rupesh", "Solanki", "Nilufar", "Rashidova", "Vandevoorde"):
            assert name.casefold() not in text.casefold()
    assert "default-src 'none'" in story_page(told)


def test_the_same_ledger_tells_the_same_story(ledger: MemoryLedger) -> None:
    assert story(ledger, "lark-06") == story(ledger, "lark-06")


def test_conclusions_are_told_and_a_name_typed_into_them_is_not(ledger: MemoryLedger) -> None:
    held = MemoryLedger()
    bring_in(held, next(one for one in DEALS.iterdir() if one.name.startswith("06")), NOW)
    words = keep_text(held.contents, "We never asked Luc Vandevoorde who else signs at Duivenklok.")
    factor = Conclusion("c-1", "factor", words, owner="nilufar.rashidova")
    held.store.append([Entry("lark-06", NOW, NOW, "user:piotr", factor)])
    concluded = story(held, "lark-06").concluded
    assert len(concluded) == 1
    assert re.match(
        r"What contributed: We never asked \w+ \w+ who else \w+ at \w+\.$", concluded[0].replace("[…]", "gap")
    )


def test_a_story_that_still_gives_somebody_away_is_refused(
    ledger: MemoryLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Disguise, "quote", lambda self, words, day: words)
    with pytest.raises(Revealing, match=r"can't be told as a story yet: \d+ sentences") as refused:
        story(ledger, "lark-06")
    quoted = next(one for one in refused.value.places if "a person's name, or a part of one" in one.holds)
    assert quoted.touch is not None, "whoever may see the deal is led to where it was said"
    assert quoted.sentence not in str(refused.value), "the refusal itself tells nothing"


def test_markdown_marks_in_a_quote_stay_words(told: StoryDocument, tmp_path: Path) -> None:
    from msgspec.structs import replace

    from premortem.acts.afterwards.story import Said

    odd = replace(told.paragraphs[0], said=[Said("Una", "a *b* <script> `c`", "pain stated")])
    text = story_markdown(replace(told, paragraphs=[odd]))
    assert "\\*b\\* \\<script\\> \\`c\\`" in text
    assert "<script>" not in story_page(replace(told, paragraphs=[odd]))
