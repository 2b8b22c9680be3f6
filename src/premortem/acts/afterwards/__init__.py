"""After the end: the replay, the post-mortem, what the firm learns, the way back, and the story."""
