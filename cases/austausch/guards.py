"""When a batch of existing cases may be taken over or taken back."""

from __future__ import annotations

from cases.registry.schritt import Hindernis


def alle_zeilen_entschieden(offen: int) -> Hindernis | None:
    """Art. 5 Abs. 1 Buchst. d DSGVO: nobody gets the file of somebody else by a guess."""
    if not offen:
        return None
    return Hindernis(
        f"Bei {offen} {'Zeile' if offen == 1 else 'Zeilen'} ist noch zu entscheiden, um welche "
        "Person es geht."
    )


def stapel_hat_zeilen(uebernehmbar: int) -> Hindernis | None:
    """Art. 5 Abs. 1 Buchst. d DSGVO: only what is right is taken over, so there must be some."""
    if uebernehmbar:
        return None
    return Hindernis("In dem Stapel ist keine Zeile, die übernommen werden kann.")


def stapel_hat_faelle(uebernommen: int) -> Hindernis | None:
    """Art. 5 Abs. 1 Buchst. d DSGVO: taken back is what has been taken over."""
    if uebernommen:
        return None
    return Hindernis("Aus diesem Stapel ist nichts übernommen, das zurückgenommen werden könnte.")


def stapel_hat_woerter(offen: int) -> Hindernis | None:
    """Art. 5 Abs. 1 Buchst. d DSGVO: what a word means is asked where nobody knows it."""
    if offen:
        return None
    return Hindernis("Alle Wörter der Datei sind bekannt.")


def faelle_ohne_tag(anzahl: int) -> Hindernis | None:
    """Art. 5 Abs. 1 Buchst. d DSGVO: a day is offered to running cases that have none."""
    if anzahl:
        return None
    return Hindernis("Alle laufenden Fälle der Datei nennen ihren nächsten Tag.")
