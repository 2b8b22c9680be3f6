"""Probabilities that rest on evidence: how a deal will end, by when, and how far the number can be trusted."""
