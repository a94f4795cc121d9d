"""`acseg`: the command line, one module a command."""
