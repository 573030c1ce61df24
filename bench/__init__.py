"""Measurements against limits, on the data of the demonstration: `make bench`."""
