"""Real faults against services of its own: what is lost, what comes twice, what nobody explains."""
