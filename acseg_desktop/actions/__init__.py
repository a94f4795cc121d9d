"""What an action of the window is: its text, needs and keys, how keys are changed, and why one does nothing now."""
