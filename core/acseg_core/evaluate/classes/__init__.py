"""The protocol `acseg eval classes`, the paper's: clusters as classes, one assignment for the whole set."""
