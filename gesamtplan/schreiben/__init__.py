"""Kinds of letter of this floor and their data."""
