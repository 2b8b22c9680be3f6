"""How people's names are written, and how two of them compare.

Two names are the `same` where both are full and agree in their words, in any order, with or without middle names,
accents or particles, a nickname standing for its name. One `fits` the other where it is a part of it: a first name, a
last name, a name and an initial. Everything else `differs`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

Likeness = Literal["same", "fits", "differs"]


_HONORIFICS = frozenset(
    re.findall(
        r"\S+",
        """mr mrs ms miss mx dr doctor doktor doutor doutora prof professor
        sir madam ma'am maam dame lord lady herr frau fr hr dhr mevr mevrouw
        meneer mme mlle monsieur madame m. me maître maitre senor señor señora sr sra srta dott ing dipl-ing mag pan
        pani rev hon judge""",
    )
)
_SUFFIXES = frozenset(
    re.findall(r"\S+", "jr sr ii iii iv phd md cpa mba esq pmp cissp san sama sir ji bhai garu ma'am")
)
_PARTICLES = frozenset(
    re.findall(
        r"\S+",
        """van der den de la le les el al von zu zum zur da do dos das di del della du bin ibn ben ter ten te y e st san
        op 't""",
    )
)


def written(name: str) -> str:
    """A name as it should be shown: 'Last, First' turned round, honorifics and degrees left off."""
    if re.fullmatch(r"[^,]+,[^,]+", name):
        last, first = (part.strip() for part in name.split(","))
        name = last if _bare(first) in _SUFFIXES else f"{first} {last}"
    words = re.sub(r"[-\s]?さん$|様$", "", name).split()
    words = [re.sub(r"(?<=\w)-(?:san|sama|kun|ji)$", "", word) for word in words]
    while len(words) > 2 and _bare(words[0]) in _HONORIFICS:  # 'Mr Kaplan' stays: it is all that is known
        words = words[1:]
    while len(words) > 1 and _bare(words[-1]) in _SUFFIXES:
        words = words[:-1]
    return " ".join(word.rstrip(",") for word in words)


def _bare(word: str) -> str:
    return word.lower().strip(".,") if word.lower() != "m." else "m."


_SPELT = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ß": "ss", "æ": "ae", "œ": "oe", "ñ": "n"}
_PLAIN = {"ø": "o", "ß": "s", "æ": "a", "œ": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
        re.split(",", "a,b,v,g,d,e,e,zh,z,i,y,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,,y,,e,yu,ya,i,i,ye,g"),
        strict=True,
    )
)


@lru_cache(maxsize=65_536)
def spellings(word: str) -> frozenset[str]:
    """How a word may be written in plain letters: 'Müller' as 'muller' or 'mueller', 'Иван' as 'ivan' too."""
    lower = unicodedata.normalize("NFC", word).casefold() if "ß" not in word else word.lower()
    lower = "".join(_CYRILLIC.get(c, c) for c in lower)
    spelt = "".join(_SPELT.get(c, c) for c in lower)
    bare = "".join(_PLAIN.get(c, c) for c in lower)
    return frozenset((plain(spelt), plain(bare)))


def plain(word: str) -> str:
    """A word's letters and digits without accents."""
    if word.isascii():
        return word if word.isalnum() else "".join(filter(str.isalnum, word))
    kept = (c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return "".join(_PLAIN.get(c, c) for c in kept if c.isalnum())


_NICKNAMES = """
    robert bob rob bobby robbie bert | william bill will billy liam | richard rick dick rich ricky
    james jim jimmy jamie | john jack johnny jon | jonathan jon jonny | michael mike mick micky | thomas tom tommy
    david dave davo davey | daniel dan danny | stephen steve steven stevie steph | christopher chris kit
    christine chris chrissie tina | matthew matt | andrew andy drew | anthony tony | edward ed eddie ted ned
    charles charlie chuck | joseph joe joey | samuel sam | samantha sam | benjamin ben benny
    alexander alex sandy sasha | alexandra alex sandra sasha | alejandro alex | nicholas nick nicky | patrick pat paddy
    patricia pat trish patty tricia | peter pete | philip phil phillip | gregory greg | jeffrey jeff geoffrey geoff
    kenneth ken | ronald ron | donald don | timothy tim | lawrence larry laurence | gerald gerry jerry | raymond ray
    walter walt wally | frederick fred freddie | francis frank fran | frances fran
    elizabeth liz beth betty eliza lizzie | margaret maggie meg peggy | catherine cathy kate katherine kathy katie cat
    rebecca becky bec becca bex | jennifer jen jenny | jessica jess | susan sue | deborah deb debbie | barbara barb
    victoria vicky tori | stephanie steph | theodore ted theo | nathaniel nate | nathan nate | bradley brad
    douglas doug | leonard len lenny | vincent vince | abigail abby | amanda mandy | dorothy dot dottie
    eleanor ellie nell | agnieszka aga | aleksandra ola | malgorzata gosia | katarzyna kasia | johannes hans
    josef sepp | ignacio nacho | francisco paco pancho | jose pepe | trevor trev | gareth gaz | darren daz
    terence terry | colin col | desmond des | melanie mel | melissa mel | joanna jo | joanne jo | josephine jo
    leslie les | wesley wes | cameron cam | maximilian max | zachary zach | isabella bella izzy | penelope penny
    priyanka priya | philippa pippa | georgina george | gwendolyn gwen | valerie val | marguerite daisy
    jacqueline jackie | rodney rod | roderick rod | russell russ | clifford cliff | harold harry | henry harry hank
    kevin kev | nigel nige | barry baz bazza | stuart stewart stu | rosalind ros roz rosie | rosemary rosie
    augustus gus | angus gus | gustav gus | malcolm mal | sebastian seb basti | tobias tobi toby | constance connie
    mohammed mohamed muhammad mo | magdalena magda lena | elisabeth liesl | nikhil nik
    heinrich heinz | friedrich fritz
    ekaterina katya | fernando nando | anastasia ana | leonardo leo | benedict ben | alasdair ali | agatha aggie
    lucinda lucy cindy | teresa terry tess | theresa terry tess
"""
_GROUPS = [frozenset(group.split()) for group in re.split(r"[|\n]", _NICKNAMES)]


def may_be_nicknames(one: str, other: str) -> bool:
    """Whether two first names in plain letters stand for the same one: 'bob' and 'robert', 'bob' and 'rob'."""
    return any(one in group and other in group for group in _GROUPS)


def _same_given(one: str, other: str) -> bool:
    """Whether two first names can be the same one: equal in some spelling, or nickname and name."""
    a, b = spellings(one), spellings(other)
    return bool(a & b) or any(may_be_nicknames(x, y) for x in a for y in b)


class Words(NamedTuple):
    """A name's words that tell people apart: particles are left out, unless there is nothing else."""

    words: tuple[str, ...]

    @property
    def full(self) -> bool:
        return len(self.words) > 1 and all(len(word.strip(".")) > 1 or not word.isascii() for word in self._ends)

    @property
    def _ends(self) -> tuple[str, str]:
        return self.words[0], self.words[-1]


@lru_cache(maxsize=16_384)
def words_of(name: str) -> Words:
    """The words of a name: 'Dr. Karel van der Veen' → Karel, Veen; 'Mr al-Rashid' → Rashid."""
    spaced = re.sub(r"(?<=\b[A-Za-z])\.(?=[A-Za-z])", ". ", written(name))
    words = [word for word in spaced.split() if re.search(r"\w", word)]
    if len(words) == 2 and _bare(words[0]) in _HONORIFICS:
        words = words[1:]
    kept = [word for at, word in enumerate(words) if not _is_particle(words, at)] or words
    return Words(tuple(re.sub(r"^(?:al|el)-|^[dl]['’]", "", word, flags=re.IGNORECASE) or word for word in kept))


def _is_particle(words: list[str], at: int) -> bool:
    word = words[at]
    if word.lower().strip(".") not in _PARTICLES or at == len(words) - 1:
        return False
    following = words[at + 1].lower() in _PARTICLES
    return at > 0 or word.islower() or following  # 'Al Green' has a first name, 'Van der Berg' has none


@lru_cache(maxsize=65_536)
def like(one: str, other: str) -> Likeness:
    """How two names compare; the order of the two does not matter."""
    a, b = words_of(one), words_of(other)
    if not a.words or not b.words:
        return "differs"
    if _glued(a) & _glued(b):
        return "same"
    if a.full and b.full:
        return "same" if _agree(a.words, b.words) or _agree(a.words, (*b.words[1:], b.words[0])) else "differs"
    short, long = (a, b) if len(a.words) <= len(b.words) else (b, a)
    return "fits" if _part_of(short.words, long.words) else "differs"


def _glued(name: Words) -> frozenset[str]:
    spelt = [sorted(spellings(word)) for word in name.words]
    return frozenset("".join(words[min(pick, len(words) - 1)] for words in spelt) for pick in (0, 1))


def _agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """First and last names agree, and middle names where both have them."""
    if not (_same_given(a[0], b[0]) and spellings(a[-1]) & spellings(b[-1])):
        return len(a) != len(b) and (_agree_in_part(a, b) or _agree_in_part(b, a))
    return all(_initial_or_same(x, y) for x, y in zip(a[1:-1], b[1:-1], strict=False))


def _agree_in_part(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """'María García' of 'María García López': the first two words of three or more."""
    return 2 <= len(short) < len(long) and all(spellings(x) & spellings(y) for x, y in zip(short, long, strict=False))


def _initial_or_same(x: str, y: str) -> bool:
    x, y = x.strip("."), y.strip(".")
    if min(len(x), len(y)) == 1:
        return x[:1].lower() == y[:1].lower()
    return bool(spellings(x) & spellings(y))


def _part_of(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if len(short) == 1:
        word = short[0]
        if len(word.strip(".")) == 1 and word.isascii():
            return False  # an initial alone says too little
        if len(long) == 1:
            return _same_given(word, long[0])
        hyphened = re.split(r"[-‐]", long[0])
        return _same_given(word, long[0]) or any(spellings(word) & spellings(w) for w in (*hyphened[:1], *long[1:]))
    if len(short) != 2 or len(long) < 2:
        return False
    (first, last), ends = short, (long[0], long[-1])
    return any(_given_or_initial(first, x) and _initial_or_same(last, y) for x, y in (ends, (long[0], long[1]))) or (
        _given_or_initial(last, ends[0]) and bool(spellings(first) & spellings(ends[1]))
    )


def _given_or_initial(one: str, other: str) -> bool:
    return (
        _same_given(one, other) if min(len(one.strip(".")), len(other.strip("."))) > 1 else _initial_or_same(one, other)
    )
