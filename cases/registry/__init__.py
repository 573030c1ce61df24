"""What the floors above make known to this one, and the list of all URLs."""
