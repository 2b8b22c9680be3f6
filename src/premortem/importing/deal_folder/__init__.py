"""A folder with deal.json and touches/."""
