"""Forms and messages; every dialog is opened without blocking and answers by signals."""
