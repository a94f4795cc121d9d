"""From patch tokens to regions: the concept tree of an image, its cuts, and crisp edges."""
