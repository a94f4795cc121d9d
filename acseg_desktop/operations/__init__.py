"""One function per user verb, one module a noun: the only place from which the window changes a project."""
