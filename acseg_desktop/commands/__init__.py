"""Commands, which the actions call: they decide, ask, and hand over to the operations."""
