"""The protocol `acseg eval regions`: partitions beside their peers at equal numbers of regions."""
