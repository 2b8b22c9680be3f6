"""A folder with deal.json and touches/: the plainest source there is."""
