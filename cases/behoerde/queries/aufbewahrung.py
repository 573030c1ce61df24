"""How long data stay, in words for the person (Art. 13 DSGVO)."""

from __future__ import annotations

from datetime import date

from cases.behoerde.queries.eigener_wert import aufbewahrung_jahre
from cases.states.verarbeitung import Loeschregel

# Rules whose length the authority sets; the others name theirs.
_WIE_DIE_AKTE = frozenset({"fallakte", "person"})


def dauer_of(regel: Loeschregel, stichtag: date) -> str:
    """Return how long data of a rule stay and what holds that up, without a full stop."""
    if regel.schluessel not in _WIE_DIE_AKTE:
        return f"{regel.frist} (ab: {regel.beginn})"
    jahre = aufbewahrung_jahre(stichtag)
    if jahre is None:
        return (
            f"über das {regel.beginn} hinaus, bis kein Rechtsbehelf, keine Erstattung und keine "
            "Statistik mehr offen ist und kein anderes Gesetz die Angaben verlangt; eine feste "
            "Zahl von Jahren ist nicht bestimmt"
        )
    worte = "ein Jahr" if jahre == 1 else f"{jahre} Jahre"
    return (
        f"nach dem {regel.beginn} noch {worte}, länger nur, solange ein Rechtsbehelf, eine "
        "Erstattung oder eine Statistik offen ist"
    )
