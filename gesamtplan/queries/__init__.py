"""Reads over Bedarfsermittlungen and versions of the Gesamtplan."""
