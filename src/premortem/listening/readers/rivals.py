# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""Other ways than ours: rivals by name, efforts alongside, staying with what they have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from premortem.ledger.claims import Claim
from premortem.listening.readers._cues import Cue, cue, reading_at, spot
from premortem.listening.readers._vocabulary import GIVEN_NAMES, NO_NAMES, listed
from premortem.listening.scene import Reading, Scene

GIVES: frozenset[Claim] = frozenset({"competitor_named", "parallel_effort", "status_quo_option"})
NEEDS: frozenset[Claim] = frozenset({"person_named"})
VERSION = "1"

CAPITAL = re.compile(r"(?<![\w@.])(?P<name>[A-Z][a-zA-Z]{3,}(?: [A-Z][a-zA-Z]{2,})?)(?P<own>['’]s)?")
BEFORE = re.compile(
    r"(?:\b(?:versus|vs\.?|against|between|alternatives? like|looked at|looking at|talking to|talk to|spoke (?:to|with)|quote from|demo (?:from|of|with)|offer from|price (?:from|off)|proposal from"
    r"|compared (?:to|with)|gone with|going with|went with|signed with|sign with|contract with|instead of|someone from|man from|boy from|tried|trialling|renew(?:al)? (?:with|of)|switch(?:ed)? from|stay(?:ing)? with|than|chose|picked|pick"
    r"|awarded [a-z ]{0,30}to|competitor|vendor|supplier|incumbent|yourselves,|it's called|a tool from|a system from|company|outfit called)(?: a| an| the| from)? )$",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"^(?:['’]s)? (?:(?:quote|price|demo|offer|renewal|people|guys|fellas?|box|contract|tool|proposal|pilot|trial|pricing|system|release|platform|licen[cs]e|module|salesman|rep|bid|handheld|website|stuff|thing)\b"
    r"|(?:are|is|was|were|has|have|had)?\s?(?:also )?(?:in (?:at|for|on)|came in|come in|coming in|came|come|offered|offers|offering|quoted|quotes|rang|sent|scored|showed|gave (?:us|me|him|her|them)|charge|charges|want|already|cheaper|bringing|proposing|told us|did a|tried|bundles?|undercut|got wind|sniffing|passed|loaded|next week|have already|phones|will do|can do)\b)",
)
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
    opens = not text[: hit.start()].strip() or text[: hit.start()].rstrip(" \"'“‘-*•\n")[-1:] in ".?!:…"
    after = AFTER.match(text[hit.end("name") :]) is not None
    before = BEFORE.search(text[: hit.start()]) is not None and not opens
    camel = re.search(r"[a-z][A-Z]", name) is not None
    return name if after or (before and not opens) or camel else None


def _people_words(scene: Scene, before: Iterable[Reading]) -> set[str]:
    names = [one.named.name or "" for one in before if one.named is not None]
    names += [someone.name or "" for someone in scene.people.values()]
    return {word for name in names for word in re.findall(r"\w+", name.lower())}
