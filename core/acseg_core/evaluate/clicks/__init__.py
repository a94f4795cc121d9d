"""The protocol `acseg eval clicks`: how many clicks a thing takes."""
