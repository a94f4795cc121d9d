"""The concept browser: clusters of the whole data set, named once."""
