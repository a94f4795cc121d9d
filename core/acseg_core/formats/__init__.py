"""File formats of labels: one module a format."""
