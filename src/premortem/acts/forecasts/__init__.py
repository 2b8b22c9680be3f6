"""What will become of open deals, how sure that is, and how well it was said before."""
