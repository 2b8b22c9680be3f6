"""Closed deals → replay: when each sign could first be seen."""
