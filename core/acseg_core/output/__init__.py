"""Output files: written aside and renamed, never over what is read, and nothing left behind by a killed run."""
