"""The Leistungen of the Musterfall under each law, and their keys in the catalogue."""

from __future__ import annotations

from datetime import date

from recht.rechtsstand import BEGINN_B

LEISTUNGEN_A = (
    ("teilhabe", "sozialhilfe", "Teilhabe am Leben in der Gemeinschaft", "§§ 53, 54 SGB XII"),
    ("grundsicherung", "sozialhilfe", "Grundsicherung", "§§ 41, 42 SGB XII"),
    ("pflegekasse", "pflegekasse", "Häusliche Pflegehilfe", "§ 36 SGB XI"),
    ("pflege", "sozialhilfe", "Hilfe zur Pflege", "§§ 61, 63 SGB XII"),
)
LEISTUNGEN_B = (
    ("teilhabe", "eingliederungshilfe", "Assistenz", "§§ 113, 78 SGB IX"),
    *LEISTUNGEN_A[1:],
)


# Which Leistung of the catalogue it is, by the short name and the law of the plan.
SCHLUESSEL = {
    "teilhabe": "b_assistenz",
    "grundsicherung": "sh_grundsicherung",
    "pflegekasse": "pk_pflegesachleistung",
    "pflege": "sh_hilfe_zur_pflege",
}


def schluessel_of(kurz: str, beginn: date) -> str:
    """Return the key of a Leistung of the Musterfall on the day, empty for another one."""
    if kurz == "teilhabe" and beginn < BEGINN_B:
        return "a_gemeinschaft_insgesamt"
    return SCHLUESSEL.get(kurz, "")
