"""Edits of a project, one noun a module; each call is one undoable operation."""
