"""What leaves a project: one module per format."""
