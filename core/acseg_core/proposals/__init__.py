"""Region proposals: from patch tokens to the concept tree of an image, its cuts, and crisp edges."""
