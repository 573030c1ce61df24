"""Sentences that an interruption proposes for its Bescheid: what has happened, and why it rests."""

from __future__ import annotations

from budget.models import Unterbrechung
from budget.states.unterbrechung import ruhenorm_of
from recht.geld import format_euro


def sachverhalt_of(row: Unterbrechung) -> str:
    """Return what has happened, with its days and how the authority knows of it."""
    dauer = f" bis zum {row.bis:%d.%m.%Y}" if row.bis else ""
    ende = "" if row.bis else " Wann sie endet, ist noch nicht bekannt."
    return (
        f"Ihr Persönliches Budget ist seit dem {row.von:%d.%m.%Y}{dauer} unterbrochen "
        f"({row.get_anlass_display()}).{ende} Das wissen wir seit dem "
        f"{row.mitgeteilt_am:%d.%m.%Y} ({row.quelle})."
    )


def gruende_of(row: Unterbrechung) -> str:
    """Return why a part rests, with the agreement and the norm of the change."""
    ab = row.ruht_ab or row.von
    saetze = [
        f"Nach der Zielvereinbarung wird bis zum {row.weiter_tage}. Tag weitergezahlt; danach ruht "
        f"die Auszahlung, hier ab dem {ab:%d.%m.%Y} "
        f"({ruhenorm_of(row.persoenliches_budget.beginn)})."
    ]
    if row.kosten:
        saetze.append(
            f"Weiter gezahlt werden {format_euro(row.kosten)} im Monat für Kosten, die "
            f"weiterlaufen ({row.kosten_nachweis})."
        )
    saetze.append(
        "Damit haben sich die Verhältnisse wesentlich geändert, auf denen der Bescheid beruht "
        "(§ 48 Abs. 1 S. 1 SGB X)."
    )
    return " ".join(saetze)
