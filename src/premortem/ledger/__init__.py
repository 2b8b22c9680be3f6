"""What is known of a deal, and how it is known."""
