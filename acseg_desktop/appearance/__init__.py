"""How the window looks: theme, icons, text size, and roles for screen readers."""
