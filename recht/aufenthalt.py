"""Where somebody lives, and what follows from it: § 98 SGB IX, before 2020 § 98 SGB XII."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from recht.aufenthaltsfragen import besondere_norm, norm_ungeklaert
from recht.eingabe import write_datum
from recht.fristkennung import Regel
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand, gilt_in, rechtsstand_am
from recht.zustaendigkeitsfragen import Angaben, fristende, frueherer_bezug_zaehlt


def oertliche_schritte(angaben: Angaben, eingang: date, land: str) -> list[Schritt]:
    """The reasons for the local Zuständigkeit, as far as the answers go."""
    if rechtsstand_am(eingang) is Rechtsstand.B:
        return list(_neu(angaben, eingang, land))
    return list(_alt(angaben, rechtsstand_am(eingang), land))


def massgeblicher_aufenthalt(angaben: Angaben, stand: Rechtsstand) -> tuple[str, str]:
    """In words which residence decides, for a letter, and where the law says so."""
    if stand is Rechtsstand.B:
        if angaben.aufenthalt == "keiner":
            return "dem tatsächlichen Aufenthalt", "§ 98 Abs. 2 S. 3 SGB IX"
        norm = besondere_norm(angaben.besonderheit, stand) or "§ 98 Abs. 1 S. 1 SGB IX"
        return "dem gewöhnlichen Aufenthalt", norm
    if angaben.wohnform == "ambulant":
        return "dem tatsächlichen Aufenthalt", "§ 98 Abs. 1 S. 1 SGB XII"
    if angaben.wohnform == "abw":
        wer = "der Zuständigkeit vor dem Einzug in das betreute Wohnen"
        return wer, "§ 98 Abs. 5 S. 1 SGB XII"
    if angaben.wohnform == "tag_und_nacht":
        wer = "dem gewöhnlichen Aufenthalt vor der Aufnahme"
        return wer, besondere_norm(angaben.besonderheit, stand) or "§ 98 Abs. 2 S. 1 SGB XII"
    return "dem Aufenthalt", "§ 98 SGB XII"


@gilt_in(Rechtsstand.B)
def _neu(angaben: Angaben, eingang: date, land: str) -> Iterator[Schritt]:
    """§ 98 SGB IX."""
    if angaben.bestand_2019 == "ja":
        yield Schritt(
            "Die Leistung wurde schon am 31.12.2019 bezogen: Zuständig ist der Träger, der es am "
            "01.01.2020 nach den Regeln der Sozialhilfe war.",
            "§ 98 Abs. 5 S. 1 SGB IX",
        )
    if angaben.bezug == "laeuft":
        yield Schritt(
            "Die Leistung läuft: Wer zuständig war, bleibt es bis zum Ende des Leistungsbezugs. "
            "Ein Umzug ändert daran nichts.",
            "§ 98 Abs. 1 S. 3 SGB IX",
        )
    if angaben.bezug == "beendet" and angaben.bezug_unterbrochen == "ja":
        yield Schritt(
            "Krankenhaus oder medizinische Rehabilitation beenden den Leistungsbezug nicht; die "
            "Zuständigkeit besteht fort.",
            "§ 98 Abs. 1 S. 5 SGB IX",
        )
    elif angaben.bezug == "beendet" and angaben.bezug_bis is not None:
        bis = write_datum(
            fristende(Regel.ENDE_ZUSTAENDIGKEIT, angaben.bezug_bis, land, Rechtsstand.B)
        )
        bleibt = frueherer_bezug_zaehlt(angaben, eingang, land)
        yield Schritt(
            f"Letzter Leistungsbezug am {write_datum(angaben.bezug_bis)}; sechs Monate ohne "
            f"Leistung enden am {bis}. "
            + (
                "Der Antrag kam vorher: Der bisherige Träger bleibt zuständig."
                if bleibt
                else "Der Antrag kam danach: Die Zuständigkeit ist neu festzustellen."
            ),
            "§ 98 Abs. 1 S. 4 SGB IX",
        )
    if angaben.aufenthalt:
        wann = "am Tag des ersten Antrags"
        if angaben.besonderheit == "geburt":
            wann = "der Mutter bei der Geburt des Kindes"
        elif angaben.wohnform == "tag_und_nacht" or angaben.besonderheit == "vollzug":
            wann = _zeitraum_davor(angaben, land, Rechtsstand.B)
        yield _aufenthalt(angaben, Rechtsstand.B, f"Es zählt der gewöhnliche Aufenthalt {wann}.")
    if angaben.aufenthalt == "keiner":
        yield Schritt(
            "Ohne gewöhnlichen Aufenthalt im Inland ist der Träger am tatsächlichen Aufenthalt "
            "zuständig, und zwar endgültig.",
            norm_ungeklaert("keiner", Rechtsstand.B),
        )


@gilt_in(Rechtsstand.A, Rechtsstand.UE)
def _alt(angaben: Angaben, stand: Rechtsstand, land: str) -> Iterator[Schritt]:
    """§ 98 SGB XII and, in Baden-Württemberg, the agreement on the Herkunftsprinzip."""
    if angaben.wohnform == "ambulant" and angaben.tatsaechlich:
        hier = angaben.tatsaechlich == "hier"
        yield Schritt(
            "Ambulante Leistung: Zuständig ist der Träger, in dessen Bereich sich die Person "
            f"tatsächlich aufhält, also {'wir' if hier else 'ein anderer Träger'}.",
            "§ 98 Abs. 1 S. 1 SGB XII",
        )
        return
    if not angaben.aufenthalt:
        return
    if angaben.wohnform == "abw":
        text = (
            "Ambulant betreutes Wohnen: Zuständig bleibt der Träger, der vor dem Eintritt in diese "
            "Wohnform zuletzt zuständig war oder gewesen wäre."
        )
    elif angaben.besonderheit == "geburt":
        text = "Stationäre Leistung: Es zählt der gewöhnliche Aufenthalt der Mutter."
    else:
        text = (
            "Stationäre Leistung: Es zählt der gewöhnliche Aufenthalt "
            f"{_zeitraum_davor(angaben, land, stand)}."
        )
    yield _aufenthalt(angaben, stand, text)
    if land == "BW" and stand is Rechtsstand.A:
        yield Schritt(
            "In Baden-Württemberg gilt das Herkunftsprinzip nach der Vereinbarung der Stadt- und "
            "Landkreise seit dem 01.01.2005 durchgängig, auch beim Persönlichen Budget.",
            "KVJS-Leitfaden 2010 Nr. 2.7",
        )


def _zeitraum_davor(angaben: Angaben, land: str, stand: Rechtsstand) -> str:
    if angaben.aufnahme_am is None:
        return "in den zwei Monaten vor der Aufnahme"
    von = write_datum(fristende(Regel.AUFENTHALT_VOR_AUFNAHME, angaben.aufnahme_am, land, stand))
    bis = write_datum(angaben.aufnahme_am - timedelta(days=1))
    return f"zuletzt in den zwei Monaten vor der Aufnahme ({von} bis {bis})"


def _aufenthalt(angaben: Angaben, stand: Rechtsstand, text: str) -> Schritt:
    wo = {
        "hier": "Er war in unserem Bereich.",
        "anderswo": "Er war im Bereich eines anderen Trägers.",
        "ungeklaert": "Er ist noch nicht geklärt.",
        "keiner": "Er ist im Inland nicht vorhanden oder nicht zu ermitteln.",
    }
    if angaben.wohnform == "abw":
        wo |= {"hier": "Das sind wir.", "anderswo": "Das ist ein anderer Träger."}
    besonders = besondere_norm(angaben.besonderheit, stand)
    norm = {"abw": "§ 98 Abs. 5 SGB XII", "tag_und_nacht": "§ 98 Abs. 2 S. 1 SGB XII"}
    return Schritt(
        f"{text} {wo[angaben.aufenthalt]}",
        besonders
        or ("§ 98 Abs. 1 S. 1 SGB IX" if stand is Rechtsstand.B else norm[angaben.wohnform]),
    )
