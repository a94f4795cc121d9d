"""Workflows over a whole project: scan, propose, cluster, suggest names, salience, review order."""
