"""Image files: found, hashed and decoded to pixels, right way up; and label maps told from photos."""
