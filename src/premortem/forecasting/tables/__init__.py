"""A plain table of deals, ended and open: read, looked through for leaks, learned from, and judged out of sample."""
