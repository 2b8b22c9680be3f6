"""A firm's own rules: one file that sets thresholds, switches checks off, and adds lists and checks of its own."""
