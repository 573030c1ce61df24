"""Decisions beside the grant, and the Widerspruch against any decision."""
