"""Actions of the window: the table of them, their keys, and why a key does nothing now."""
