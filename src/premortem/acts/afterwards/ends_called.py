"""How the ways in which a deal can end are called, wherever they are named: 'lost' says to nobody, since most CRMs say
no more than that; to whom it was lost is told where it is known."""

from __future__ import annotations

ENDS_CALLED = {"won": "won", "lost": "lost", "other_way": "solved another way", "no_decision": "no decision"}
