"""The law of the Eingliederungshilfe as code: pure functions over dated data.

No Django, no clock, no network. The day always comes in as an argument; outside the covered
range every function raises ``recht.fehler.RechtFehler`` with a German sentence.
"""
