"""Masks and label maps: run lengths, outlines, divisions, and regions of two images matched."""
