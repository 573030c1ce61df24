"""Files from outside: what may come in, what is taken out of them, how they are shown.

Nothing here parses a foreign file in the process of the web server: `aufruf` hands it to
`werkstatt`, a process of its own with limits of memory and time. No Django, no clock.
"""
