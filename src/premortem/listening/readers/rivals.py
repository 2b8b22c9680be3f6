# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""Other ways than ours: rivals by name, efforts alongside, staying with what they have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec.structs import replace

from premortem.ledger.claims import Claim
from premortem.listening.readers._cues import Cue, cue, reading_at, spot
from premortem.listening.readers._vocabulary import GIVEN_NAMES, NO_NAMES, listed
from premortem.listening.scene import Reading, Scene
from premortem.listening.sentences import just_before, opens_sentence

GIVES: frozenset[Claim] = frozenset({"competitor_named", "parallel_effort", "status_quo_option"})
NEEDS: frozenset[Claim] = frozenset({"person_named"})
VERSION = "2"

CAPITAL = re.compile(r"(?<![\w@.])(?P<name>[A-Z][a-zA-Z]{3,}(?: [A-Z][a-zA-Z]{2,})?)(?P<own>['’]s)?")
NEAR = 80
"""How many characters around a name are looked at."""

_OFFERED = r"(?:quotes?|quotation|offers?|demo|demonstration|proposal|bid|price|pricing|salesman|salesperson|rep|sales ?(?:guy|people))"
BEFORE = re.compile(
    rf"(?:\b(?:versus|vs\.?|against|alternatives? like|looked at|looking at|trialled|trialling|compared (?:to|with)|gone with|going with|go with|went with|signed with|sign with"
    rf"|instead of|switch(?:ed|ing)? (?:from|to)|chang(?:ed|e) (?:from|to)|mov(?:ed|e|ing) (?:away )?(?:from|off)|stay(?:ing)? with|tied to|locked in with|chose|picked|awarded [a-z ]{{0,30}}to"
    rf"|{_OFFERED} (?:from|of|with|by|off)|(?:contract|renewal|subscription|licen[cs]e) (?:with|of)|(?:competitor|vendor|supplier|incumbent|provider|rival)s?(?: is| are| was|,| called|:)?"
    r"|(?:current|existing|present|old) (?:provider|supplier|vendor|system|tool|platform|host|package)(?: is| was|,|:)?"
    r"|(?:outfit|crowd|company|firm|start-?up|house|tool|vendor|supplier|mob)(?: called| named|,)|(?:a|the) (?:tool|system|box|module) from)(?: a| an| the| from)? )$",
    re.IGNORECASE,
)
AFTER = re.compile(
    rf"^(?:['’]s)? (?:{_OFFERED}\b|(?:guys|fellas?|fellow|lads?|people) (?:were|was|have|had|came|come|offered|want|keep|will|showed|also)\b|handheld\b"
    r"|(?:is |are |was |were |has |have |had )?(?:also )?(?:came in (?:at|with|under|on)|come in at|coming in at|in at \d|offered|offers|offering|quoted|quotes|scored|charges?\b|bidding|undercut|bundles?|sniffing|pitched|pitching|proposed|sent (?:us |me |in )?(?:a|an|their|his) (?:quote|offer|price|proposal|letter)"
    r"|showed us|gave us (?:a )?(?:demo|price|quote|discount)|had (?:a lad|people|somebody|two people)|loaded|(?:was|were|been) here)\b|ha(?:s|ve) come back,? with\b)",
)
PLACED = re.compile(
    r"\b(?:in|at|near|outside|around|over in|up in|down in|out of|office in|trip to|drive to|visit to|plant in|site in) $",
    re.IGNORECASE,
)
"""What stands before a place: 'the Ghent quote' may be a rival's, 'in Ghent' is none."""
_NOT_RIVALS = listed(
    "board group legal finance security procurement purchasing operations quality head office corporate mother father mama engineering"
)

PARALLEL = (
    Cue(
        "parallel_effort",
        "own_build",
        r"\b(?:he|she|they|somebody|someone|a (?:student|kid|guy|colleague|grad|trainee)|it|[A-Z]\w+|nephew|team|office|who)(?:'s|'re| is| are| has| have)? (?:\w+ )?(?:been )?(?:building|making|writing|built|made|wrote|builds|rebuilt|patched|knocking up|knocked up|developing|doing (?:his|her|their) own|making something|playing with|experimenting|making an experiment)\b.{0,60}\b(?:power bi|excel|sheet|python|script|himself|herself|themselves|open source|dashboard|own|tool|app|web ?pages?|form|service|one|something|camera|prototype|database|more)\b",
        r"\bmade (?:it|a mistake|one mistake|sense|up)|your\b",
    ),
    Cue(
        "parallel_effort",
        "rival_trial",
        r"\b(?:test clean|trial|pilot|try-?out|tests?|poc|engineer sitting|machines?|people) (?:of|with|from|for) (?:them|theirs|the other)\b|\b(?:side by side|at the same time as yours|alongside yours)\b|\bhad two people here\b|\btheir (?:engineers?|people|box|kit|tablet)\b.{0,30}\b(?:here|in our|on my floor|is wired|sitting)",
    ),
)
STAYS = (
    Cue(
        "status_quo_option",
        "carry_on",
        r"\b(?:carry on|stay(?:ing)? (?:put|with)|keep (?:the|our|what|it|going|calling|using|doing|running)|stick(?:ing)? with|sit tight|limp (?:on|along)|muddle(?:d)? through|let it (?:lie|roll|run)|roll(?:s)? over|continue with|just continue|do(?:ing)? nothing|if nothing happens|leave it (?:as|so|there)|wait a year|wait and see|one more (?:winter|year|season)|another year|go with what we have|with what we('ve| have)|the same again|lives on|live with it)\b",
        r"\b(?:can't|cannot|won't|don't want to|not|never|couldn't)\b.{0,20}\b(?:carry on|stay|keep|stick|continue|go on|live|do)|keep (?:it )?(?:in mind|short|you|me|quiet|the (?:date|meeting))|keep going wrong|carry on,|please carry|stay with (?:me|us|you)|i keep|we keep (?:losing|having)|they keep|stay put,",
    ),
    Cue(
        "status_quo_option",
        "cheap_instead",
        r"\b(?:hire|take|get|put)\b.{0,20}\b(?:student|another person|one more person|two more|temps|a second \w+|by the day|more people)\b|\bgive me one person\b|\bbuild it (?:ourselves|ourself|in-?house)|\bdo it ourselves\b|\bexcel (?:does|is enough|like every)|\bwhat's wrong with what we\b|\bwhy (?:not wait|bother|aren't)\b|\bis sufficient for\b|\bnot a catastrophe\b|\bthe (?:old|current|existing) (?:one|system|box|machine) (?:works|does|is fine|will do)|\bgood enough\b|\bis paid for\b",
    ),
)


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    yield from _by_name(scene, before)
    yield from spot(scene, PARALLEL, "buyer")
    yield from spot(scene, STAYS, "buyer")


def _by_name(scene: Scene, before: Iterable[Reading]) -> Iterator[Reading]:
    """A rival's first mention in a touch: a known rival, or a name spoken of as vendors are."""
    people = _people_words(scene, before)
    known = {rival.lower() for rival in scene.rivals}
    known |= {
        name.lower()
        for turn in scene.turns
        for hit in CAPITAL.finditer(turn.text)
        if (name := _rival(scene, hit, turn.text, people, known))
    }
    seen: set[str] = set()
    for number, turn in enumerate(scene.turns):
        for hit in CAPITAL.finditer(turn.text):
            name = _rival(scene, hit, turn.text, people, known)
            if name is None or name.split()[0].lower() in seen:
                continue
            seen.add(name.split()[0].lower())
            how = cue("competitor_named", "known" if name in scene.rivals else "as_vendors_are")
            at = (hit.start("name"), hit.start("name") + len(name))
            yield replace(reading_at(scene, how, number, *at), value=name, value_at=at)


def _rival(scene: Scene, hit: re.Match[str], text: str, people: set[str], known: set[str]) -> str | None:
    name = hit["name"]
    if name.lower() in known:
        return name
    if name.split()[0].lower() in known:
        return name.split()[0]
    words = name.lower().split()
    if words[0] in NO_NAMES | _NOT_RIVALS | people or words[0] in GIVEN_NAMES or any(word in people for word in words):
        return None
    if set(words) & set(re.findall(r"\w+", f"{scene.account} {scene.seller}".lower())):
        return None
    after = AFTER.match(text[hit.end("name") : hit.end("name") + NEAR]) is not None
    before = BEFORE.search(just_before(text, hit.start(), NEAR)) is not None
    if opens_sentence(text, hit.start()) and re.match(rf" {_OFFERED}\b", text[hit.end() : hit.end() + NEAR]):
        return None  # 'Sending proposal on Monday'
    placed = PLACED.search(just_before(text, hit.start(), NEAR)) is not None
    plain = words[0] in _small_words(text)
    return name if (after or before) and not placed and not plain else None


@lru_cache(maxsize=64)
def _small_words(text: str) -> frozenset[str]:
    """The words that a turn has in small letters; one that is among them is no name where a sentence begins with it."""
    return frozenset(re.findall(r"\b[a-z]+\b", text))


def _people_words(scene: Scene, before: Iterable[Reading]) -> set[str]:
    names = [one.named.name or "" for one in before if one.named is not None]
    names += [someone.name or "" for someone in scene.people.values()]
    return {word for name in names for word in re.findall(r"\w+", name.lower())}
