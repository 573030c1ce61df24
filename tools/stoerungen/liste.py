"""All faults in the order in which they strike: mark, what happens, function."""

from __future__ import annotations

from collections.abc import Callable

from tools.stoerungen import aufgaben, dateien, freigabe, post, seiten
from tools.stoerungen.haus import Haus
from tools.stoerungen.tafel import Ergebnis

FAULTS: tuple[tuple[str, str, Callable[[Haus, int], Ergebnis]], ...] = (
    ("F01", "Kinder der Aufgaben mit kill -9 beendet", aufgaben.f01),
    ("F01b", "Satz eines Schreibens mit kill -9 beendet", dateien.letter_killed),
    ("F02", "Aufgaben ganz mit kill -9 beendet", aufgaben.f02),
    ("F03", "Schreiben mit zu viel Speicher, Zeit, fremder Adresse", dateien.f03),
    ("F04", "Redis mit kill -9 beendet, neu gestartet", aufgaben.f04),
    ("F05", "Redis geleert", aufgaben.f05),
    ("F06", "Redis hängt; cron führt aus", aufgaben.f06),
    ("F07", "PostgreSQL neu gestartet, während gespeichert wird", seiten.f07),
    ("F08", "PostgreSQL mit kill -9 beendet", seiten.f08),
    ("F09", "Leitung zur Datenbank nach COMMIT geschnitten", seiten.f09),
    ("F10", "Sperren in umgekehrter Folge, 16 zugleich", seiten.f10),
    ("F11", "Datenträger des Programms voll", dateien.f11),
    ("F13", "Mailserver: jede Antwort an jeder Stelle", post.f13),
    ("F13b", "Antwort nach dem Text verloren, Aufgabe getötet", post.f13b),
    ("F14", "zwei entscheiden zugleich über einen Plan", freigabe.f14),
    ("F15", "zwei berichtigen denselben Vermerk", seiten.f15),
    ("F16", "acht gleiche Absendungen zugleich", seiten.f16),
    ("F17", "Sitzung beim Absenden abgelaufen", seiten.f17),
    ("F18", "Seiten neu gestartet und mit kill -9 beendet", seiten.f18),
    ("F19", "zwei Takte, drei Tage ohne Lauf", aufgaben.f19),
    ("F20", "Uhr springt", dateien.f20),
    ("F21", "Gift in der Schlange", aufgaben.f21),
    # Before the batches: it needs letters that are on no way yet.
    ("F29", "Zugang, Anschrift, Rücknahme vor dem Senden", post.f29),
    ("F28", "Druckstapel mit kill -9 unterbrochen", dateien.f28),
    ("F30", "Datenbank langsam, Mailserver stumm", seiten.f30),
    ("F31", "ein Byte in jedem Schreiben gedreht", dateien.f31),
    ("F32", "Feldschlüssel fehlt oder ist ein anderer", dateien.f32),
    ("eilig", "Eiliges neben einem Massenlauf", aufgaben.urgent),
)
