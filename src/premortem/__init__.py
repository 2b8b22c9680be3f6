"""premortem: the post-mortem of a deal, held while the deal can still be won."""

__version__ = "0.1.0"
