"""Contests among sellers that somebody always wins: what may be promised, who stands where, who has won."""
