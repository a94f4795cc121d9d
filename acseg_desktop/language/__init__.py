"""The language of the window: translation of its own texts and of what the core says."""
