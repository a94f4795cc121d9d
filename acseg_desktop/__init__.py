"""The shells of ACSeg Desktop: the window and the command line."""
