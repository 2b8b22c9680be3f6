"""An optional reader: a language model at an OpenAI-compatible endpoint, whose words count only with their quote."""
