"""How long a letter takes: the newest of each kind, set again; and what else could set it."""

from __future__ import annotations

from collections.abc import Iterator

from bench import satzvergleich
from bench.tabelle import Messung, median_ms
from cases.models import Schreiben
from cases.schreiben.satz.brief import render_brief

LIMIT_MS = 1500


def measure() -> Iterator[Messung]:
    """Return the first (cold) and the usual milliseconds of each kind of letter."""
    cold = True
    for art in sorted(set(Schreiben.objects.values_list("art", flat=True))):
        letter = Schreiben.objects.filter(art=art).latest("pk")

        def render(letter: Schreiben = letter) -> None:
            render_brief(art=letter.art, titel=letter.titel, daten=letter.daten)

        if cold:
            yield Messung(f"{art}, erster Satz des Prozesses", median_ms(render, 1), "ms")
            cold = False
        name = f"{art}, {letter.pdf_seiten} Seiten"
        yield Messung(name, median_ms(render), "ms", LIMIT_MS)
    yield from satzvergleich.measure()
