"""A condition that hides in the words of a contest is found; a plain prize is left alone."""

from __future__ import annotations

import pytest

from premortem.contests.conditions import REMEDY, WHY, conditions

REFUSED = (
    "A car for everyone over 300% of quota",
    "Sell 300% over quota and the car is yours",
    "Must exceed 1,000,000 EUR",
    "The winner must book at least 5 deals",
    "A minimum of three new customers",
    "Only if revenue grows",
    "If the company makes its plan, a trip to Rome",
    "Awarded at our discretion",
    "Management reserves the right to change the prize",
    "We reserve all rights",
    "May be cancelled at any time",
    "The prize can be withdrawn",
    "Provided that the budget is approved",
    "Subject to budget approval",
    "Unless the quarter is bad",
    "No award if nobody reaches 120%",
    "Whoever sells more than 2 million",
    "Whoever hits the target first",
    "First to reach 10 deals",
    "First person to close a million",
    "Everyone above quota gets a watch",
    "100k+ club",
    "5 deals or more",
    "Not less than 20 customers",
    "Double your quota and win",
    "For those who make their number",
    "Reach 150 % and it's yours",
    "The jury decides",
    "The CEO picks the winner",
    "Prize to be announced",
    "A surprise",
    "Whoever is in excess of €500,000",
    "Twice the quota",
    "Profit permitting",
    "While funds allow",
    "Void where the firm loses money",
    "Terms and conditions apply",
    "Qualifying sellers only",
    "Sellers need to close three deals",
    "Payment depends on results",
    "As long as the group is profitable",
    "Three times quota takes the car",
    "A car, should the firm have a good year",
    "A car when revenue passes 10 million",
    "Threshold: 80%",
    "A floor of 50,000",
    "You have to beat last year",
    "Anyone who books 20 deals",
    "Hit 1m",
    "Most improved, as judged by the board",
    "200 percent club",
    "A car for whoever triples their quota",
    "A car for clearing 400% attainment",
    "The car goes to anybody with sales north of 3m",
    "A Porsche at four times plan",
    "Sell ten times as much as last year",
    "Prize withheld in a loss-making year",
    "Company performance gate applies",
    "The firm may decide not to award",
    "We can pull the contest whenever",
    "Contest ends early when budget runs out",
    "Nobody wins under 90%",
    "Everyone who gets to 120% attainment",
    "An award is only made in a profitable quarter",
    "Quota attainment of 110% needed",
    "Attain 110%",
    "A bonus, budget willing",
    "Winner to be approved by finance",
    "Book a dozen accounts and the Vespa is yours",
    "A Rolex for those past their quota by half",
    "The prize falls away in a bad quarter",
    "Given only to people with ten new logos",
    "Sellers below plan get nothing",
    "The award stands as long as margins hold",
    "Our CFO has the last word",
    "Management can alter these rules",
    "Winner announced, budget allowing",
    "A car, provided the winner has sold four hundred units",
    "Win by a margin of 20% or there's no trip",
    "Your pipeline has to be above 3x",
    "Everyone over 500k goes to Bali",
    "A prize may be given",
    "The winner needs a million in new business",
    "Only those ahead of last year count",
    "The best seller might get a car",
    "We may review the rules",
    "Top sellers with two or more new customers",
    "Zero prizes under 1m",
)
PLAIN = (
    "A trophy",
    "The cup on your shelf for a quarter",
    "A dinner for two at Luigi's",
    "The best parking place for a quarter",
    "Your name on the wall and bragging rights",
    "A watch",
    "A weekend in Rome for two",
    "The President's club: a trip to Lisbon for the top 10",
    "A bottle of good wine for each winner",
    "The spring cup",
    "Most over quota",
    "Team of the quarter",
    "An exceptional dinner",
    "A golden bell to ring all year",
    "Lunch with the founders",
    "The loudest trophy in the building",
    "Two days off",
    "500 EUR",
    "A car",
    "The car, for a year, with fuel",
    "Your photograph in the hall",
    "Autumn 2026 bookings cup",
    "Biggest deal of Q3 2026",
    "The winner's team gets the big table",
    "Runners-up are named too",
    "A cake with your name on it",
    "Tickets to the final",
    "A new bicycle",
    "The corner office on the third floor",
    "The title 'closer of the year'",
    "Everybody claps at the quarterly meeting",
    "A framed letter from the chief executive",
    "Whoever books the most wins",
    "The silver plate from the cellar, engraved",
    "A 1961 record player",
    "Breakfast for the whole team, cooked by the directors",
    "Ten days of sun",
    "A voucher for a bookshop",
    "A trip to Target field",
    "Three prizes: gold, silver and bronze",
)


@pytest.mark.parametrize("text", REFUSED)
def test_words_by_which_nobody_might_win_are_found_and_quoted(text: str) -> None:
    found = conditions(text)
    assert found
    assert all(one.words in text.replace("\u2019", "'") for one in found)


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_prize_is_left_alone(text: str) -> None:
    assert conditions(text) == []


def test_each_kind_has_its_reason_and_its_remedy() -> None:
    assert set(WHY) == set(REMEDY)
    kinds = {one.kind for text in REFUSED for one in conditions(text)}
    assert kinds == set(WHY)


def test_invisible_letters_and_odd_spaces_hide_nothing() -> None:
    assert [one.kind for one in conditions("A car if reve\u200bnue\u00a0grows")] == ["firm"]
