"""What takes a whole project through the rest: scan, propose, cluster, suggest names, review order."""
