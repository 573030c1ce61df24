"""Steps with legal effect of Bedarfsermittlung and Gesamtplan."""
