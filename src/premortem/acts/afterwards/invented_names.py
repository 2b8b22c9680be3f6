"""Names that nobody of a story bears: first names, family names and firms, made up or common to thousands."""

from __future__ import annotations

from collections.abc import Collection, Iterator

_FIRST = """
    Alva Bram Celia Doran Elka Fabian Greta Hanno Ilse Jorin Kezia Lorcan Mirela Nils Odette Pavel Quinta Ruben Saskia
    Tavi Una Viggo Wanda Xenia Yorick Zelda Amaro Birte Cosmo Delphine Edda Flor Gitte Hugo Imre Janne Kalle Lioba
    Maren Nuria Orla Piet Rasmus Signe Tilde Ulla Vasco Wieland Ylva Zeno
"""
_LAST = """
    Abelhorn Brackwater Corvill Dunmarsh Elderling Fennick Garrowby Hollister Ivermoor Juniper Kestrel Lindqvar
    Marlowick Nettlefold Oxenholm Pennifold Quarrington Rushby Sorrelson Thackmoor Underhay Vesperly Wexcombe Yarrowin
    Zellwood Ashgrove Birkhalm Cotterell Dovedale Estermont Farthingay Glimmen Hawkshead Ingleby Jessamy Kirkholt
    Larchmont Mossbank Northolm Orchardson Pikestaff Quillfeather Ravensby Stonecroft Tarnbrook Umberley Valehurst
    Wintergreen Yewdale Zandhoven
"""
_FIRMS = """
    Orvane Teldrix Quorvia Brennick Solvenor Kaltrio Morvend Zephrion Pellaris Dravick Ostrenna Ulmeric Fentavo Galdrin
    Hestrova Ivendale Jorvane Krellix Lantorri Mexallo Norvique Oltrane Parvindo Rostellan Selvika Torvanto Umbrixa
    Veltrona Wexalor Yandrelle Zolvane Arquinta Belcorra Caldrova Deltrano Eskandor Folvarin Grentavia Halvorix Istrella
"""

FIRST, LAST, FIRMS = (tuple(names.split()) for names in (_FIRST, _LAST, _FIRMS))


def fresh(names: Collection[str], taken: Collection[str], start: int, called: str) -> Iterator[str]:
    """These names from a place on, and once more from the first; none that holds a word which must not be seen.

    When all were given out, numbers follow: 'Person 51'. A name must not be a part of what is `taken`, nor hold it.
    """
    kept = [one for one in names if not _meets(one.casefold(), taken)]
    for place in range(len(kept)):
        yield kept[(start + place) % len(kept)]
    number = len(kept)
    while True:
        number += 1
        yield f"{called}-{number}"


def _meets(name: str, taken: Collection[str]) -> bool:
    return any(len(one) > 2 and (one in name or name in one) for one in taken)
