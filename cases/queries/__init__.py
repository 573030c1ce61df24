"""Reads over many rows, each with a fixed number of queries."""
