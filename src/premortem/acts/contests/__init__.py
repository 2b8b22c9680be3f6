"""Incentives that somebody always wins."""
