"""The version of ACSeg Desktop, as it is written into projects, exports and models."""

__version__ = "0.1.0"
