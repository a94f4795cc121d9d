"""The protocol `acseg eval effort`: a simulated annotator labels a set, once with each strategy."""
