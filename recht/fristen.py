"""The one engine that computes every Frist of the catalogue and can say why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from recht.eingabe import WOCHENTAGE, check_tag, write_datum, write_monat, write_tag
from recht.fehler import EingabeUngueltig
from recht.feiertag import (
    EIN_TAG,
    JAHR_BIS,
    check_land,
    feiertag_name,
    is_werktag,
    letzter_werktag_bis,
    letzter_werktag_vor,
    naechster_werktag,
    sitzfrage,
)
from recht.fristkatalog import FREI, Fassung, Fristregel, fristregel, katalog
from recht.fristrechnung import RECHNUNGEN, Auftrag, bis_tag, verlaengere
from recht.grad import GRADE, schwaechster
from recht.laenge import Laenge, read_laenge
from recht.ortsfeiertag import LAENDER_MIT_ORTSFEIERTAG, vermuteter_sitz
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand, rechtsstand_am

__all__ = ["Fristergebnis", "Fristregel", "Laenge", "compute_frist", "katalog"]

_RUECKWAERTS = frozenset({"rueckwaerts", "monatsanfang", "jahresanfang_rueckwaerts"})
_SAMSTAG = 5


@dataclass(frozen=True, slots=True)
class Fristergebnis:
    """A computed Frist. ``ende_rechnerisch`` and ``ende`` are None where there is no length."""

    frist: str
    bezeichnung: str
    ausloeser: date
    ende_rechnerisch: date | None
    ende: date | None
    verschoben_wegen: str
    wiedervorlage: date
    norm: str
    rechtsstand: Rechtsstand
    code: str
    schritte: tuple[Schritt, ...]
    anzeige: str
    vorwarnung: date | None = None
    grad: str = ""
    # What a reader must know before relying on the day; empty when there is nothing.
    warnung: str = ""


def compute_frist(
    frist: str,
    ausloeser: date,
    land: str,
    *,
    rechtsstand: Rechtsstand | None = None,
    pausen: Sequence[tuple[date, date]] = (),
    tagesbeginn: bool | None = None,
    laenge: Laenge | str | None = None,
    vorlauf_tage: int | None = None,
    geltend_bis: date | None = None,
    fester_tag: bool = False,
    verlaengert_bis: date | None = None,
) -> Fristergebnis:
    """Compute one Frist of the catalogue for a trigger day in a Land or at a ``Sitz``.

    Where the end hangs on a local holiday of which the seat is not known, the result says so.
    ``rechtsstand`` follows the trigger day unless the Verfahren has another one. ``pausen`` are
    inclusive ranges that do not count (Hemmung). ``tagesbeginn`` counts the trigger day itself.
    ``laenge`` replaces the length where the authority or the agreement sets it; ``geltend_bis``
    gives the last day instead. Each of the three is refused where the catalogue does not allow it
    for this Frist. ``fester_tag``: that day was notified with reference to
    § 26 Abs. 3 S. 2 SGB X and does not move. ``verlaengert_bis`` is the later last day where the
    catalogue allows an extension (§ 190 BGB). Errors: every ``RechtFehler`` of the inputs.
    """
    regel = fristregel(frist)
    check_land(land)
    stand = rechtsstand_am(ausloeser)
    if rechtsstand is not None:
        stand = rechtsstand
    fassung = regel.fassung(stand, ausloeser)
    eigene = read_laenge(laenge) if isinstance(laenge, str) else laenge
    _check_angaben(regel, fassung, eigene, pausen, geltend_bis, vorlauf_tage)
    auftrag = Auftrag(
        regel=regel,
        fassung=fassung,
        ausloeser=ausloeser,
        land=land,
        tagesbeginn=regel.tagesbeginn if tagesbeginn is None else tagesbeginn,
        laenge=fassung.laenge if eigene is None else eigene,
        festgelegt=eigene is not None,
        pausen=tuple(pausen),
        geltend_bis=geltend_bis,
    )
    ergebnis = _ergebnis(auftrag, stand, fester_tag, vorlauf_tage, verlaengert_bis)
    if ergebnis.ende is None or land not in LAENDER_MIT_ORTSFEIERTAG:
        return ergebnis
    andere = replace(auftrag, land=vermuteter_sitz(land))
    anders = _ergebnis(andere, stand, fester_tag, vorlauf_tage, verlaengert_bis)
    return _mit_sitzvorbehalt(auftrag, ergebnis, anders)


def _ergebnis(
    auftrag: Auftrag,
    stand: Rechtsstand,
    fester_tag: bool,
    vorlauf_tage: int | None,
    verlaengert_bis: date | None,
) -> Fristergebnis:
    regel, fassung, land = auftrag.regel, auftrag.fassung, auftrag.land
    rechnung = RECHNUNGEN[fassung.rechnung] if auftrag.geltend_bis is None else bis_tag
    rechnerisch, schritte = rechnung(auftrag)
    if verlaengert_bis is not None:
        rechnerisch = verlaengere(regel, rechnerisch, verlaengert_bis, schritte)
    schritte[0] = replace(schritte[0], grad=schwaechster((schritte[0].grad, fassung.grad)))
    if fassung.einstellbar:
        schritte.append(Schritt(f"Grundlage dieser Regel: {GRADE[fassung.grad]}."))
    ende, wegen = rechnerisch, ""
    if rechnerisch is not None:
        if regel.code == "S" and not fester_tag:
            ende, wegen = _verschiebe(rechnerisch, land, regel.verschiebung_norm, schritte)
        else:
            schritte.append(_bleibt(regel, rechnerisch, fester_tag))
    vorlauf = regel.vorlauf_tage if vorlauf_tage is None else vorlauf_tage
    wiedervorlage = _wiedervorlage(auftrag, ende, vorlauf)
    schritte.append(Schritt(f"Wiedervorlage am {write_tag(wiedervorlage)}."))
    return Fristergebnis(
        regel.id,
        regel.bezeichnung,
        auftrag.ausloeser,
        rechnerisch,
        ende,
        wegen,
        wiedervorlage,
        fassung.norm,
        stand,
        regel.code,
        tuple(schritte),
        _anzeige(regel, fassung, ende),
        _vorwarnung(regel, ende, land),
        fassung.grad,
    )


def _mit_sitzvorbehalt(
    auftrag: Auftrag, ergebnis: Fristergebnis, anders: Fristergebnis
) -> Fristergebnis:
    """Say so where the end hangs on a local holiday of which the seat is not known."""
    if ergebnis.ende is None or anders.ende is None or ergebnis.ende == anders.ende:
        return ergebnis
    # Arbeitstage are counted from the trigger on; every other Frist only looks at its last day.
    zaehlt = auftrag.laenge is not None and auftrag.laenge.einheit == "arbeitstage"
    von, land = auftrag.ausloeser if zaehlt else ergebnis.ende, auftrag.land
    frage, norm = sitzfrage(von, anders.ende, land)
    warnung = f"{frage}; gilt es dort, endet die Frist am {write_tag(anders.ende)}."
    *davor, wiedervorlage = ergebnis.schritte
    schritte = (*davor, Schritt(warnung, norm), wiedervorlage)
    return replace(ergebnis, schritte=schritte, warnung=warnung)


def _check_angaben(
    regel: Fristregel,
    fassung: Fassung,
    laenge: Laenge | None,
    pausen: Sequence[tuple[date, date]],
    geltend_bis: date | None,
    vorlauf_tage: int | None,
) -> None:
    if vorlauf_tage is not None and vorlauf_tage < 0:
        raise EingabeUngueltig(
            f"Ein Vorlauf von {vorlauf_tage} Tagen ist nicht möglich; zulässig sind 0 und mehr.",
            "vorlauf_tage",
        )
    if laenge is not None:
        _check_laenge(regel, fassung, laenge, geltend_bis)
    if geltend_bis is not None:
        check_tag(geltend_bis, "Letzter Tag")
        if not regel.letzter_tag:
            raise EingabeUngueltig(
                f"Für die Frist {regel.id} ({regel.bezeichnung}) ist ein eigener letzter Tag nicht"
                f" zulässig; ihr Ende folgt aus {fassung.norm}.",
                "geltend_bis",
            )
    if pausen:
        _check_pausen(regel, fassung, pausen, geltend_bis)


def _check_laenge(
    regel: Fristregel, fassung: Fassung, laenge: Laenge, geltend_bis: date | None
) -> None:
    """The length of the law counts, unless the catalogue lets another one stand in its place."""
    name = f"{regel.id} ({regel.bezeichnung})"
    if geltend_bis is not None:
        raise EingabeUngueltig(
            f"Für die Frist {name} ist entweder eine Länge oder ein letzter Tag zulässig, nicht"
            " beides.",
            "laenge",
        )
    if FREI in regel.eigene_laengen or str(laenge) in regel.eigene_laengen:
        return
    if not regel.eigene_laengen:
        raise EingabeUngueltig(
            f"Für die Frist {name} kann keine Länge angegeben werden; sie folgt aus"
            f" {fassung.norm}.",
            "laenge",
        )
    raise EingabeUngueltig(
        f"Für die Frist {name} ist die Länge {laenge} nicht zulässig; nach {fassung.norm} gilt"
        f" {fassung.laenge}, in besonderen Fällen {' oder '.join(regel.eigene_laengen)}.",
        "laenge",
    )


def _check_pausen(
    regel: Fristregel,
    fassung: Fassung,
    pausen: Sequence[tuple[date, date]],
    geltend_bis: date | None,
) -> None:
    name = f"{regel.id} ({regel.bezeichnung})"
    if not regel.pausen:
        raise EingabeUngueltig(
            f"Die Frist {name} läuft durch: Pausen sind nicht zulässig, weil keine Vorschrift"
            f" vorsieht, dass sie ruht ({fassung.norm}).",
            "pausen",
        )
    if geltend_bis is not None:
        raise EingabeUngueltig(
            f"Die Frist {name} endet an einem festen Tag; Pausen sind nur bei Fristen mit einer"
            " Länge zulässig.",
            "pausen",
        )
    for von, bis in pausen:
        check_tag(von, "Beginn der Pause")
        check_tag(bis, "Ende der Pause")
        if bis < von or bis.year > JAHR_BIS:
            raise EingabeUngueltig(
                f"Die Pause vom {write_datum(von)} bis {write_datum(bis)} ist nicht"
                f" möglich; das Ende darf nicht vor dem Beginn und nicht nach {JAHR_BIS} liegen.",
                "pausen",
            )


def _verschiebe(ende: date, land: str, norm: str, schritte: list[Schritt]) -> tuple[date, str]:
    """Move an end to the next working day and name every skipped day."""
    if is_werktag(ende, land):
        return ende, ""
    gruende = []
    while not is_werktag(ende, land):
        wochentag, feiertag = WOCHENTAGE[ende.weekday()], feiertag_name(ende, land)
        zusatz = f" ({feiertag})" if feiertag else ""
        if feiertag and ende.weekday() < _SAMSTAG:
            gruende.append(feiertag)
        else:
            gruende.append(wochentag + zusatz)
        schritte.append(
            Schritt(f"{write_tag(ende)}{zusatz}: kein Werktag, das Ende rückt weiter.", norm)
        )
        ende += EIN_TAG
    schritte.append(Schritt(f"Ende der Frist: {write_tag(ende)}.", norm))
    return ende, ", ".join(gruende)


def _bleibt(regel: Fristregel, ende: date, fester_tag: bool) -> Schritt:
    if regel.code == "S":
        return Schritt(
            "Der Tag wurde als bestimmter Tag mit Hinweis auf diese Vorschrift mitgeteilt;"
            " er verschiebt sich nicht.",
            "§ 26 Abs. 3 S. 2 SGB X",
        )
    if regel.code == "Q":
        return Schritt(
            f"Ob sich das Ende ({write_datum(ende)}) auf einen Werktag verschiebt, ist nicht"
            " gesichert. Es zählt der unverschobene Tag; die Wiedervorlage liegt davor."
        )
    return Schritt(
        f"Der Tag bleibt {write_tag(ende)}: er verschiebt sich nicht auf einen Werktag.",
        regel.unverschoben_norm,
    )


def _wiedervorlage(auftrag: Auftrag, ende: date | None, vorlauf: int) -> date:
    """A working day with lead time before the end, but not before the trigger."""
    ausloeser, land, rechnung = auftrag.ausloeser, auftrag.land, auftrag.fassung.rechnung
    frueheste = naechster_werktag(ausloeser, land)
    if ende is None or (rechnung in _RUECKWAERTS):
        return frueheste
    if rechnung == "monat":
        ende = naechster_werktag(ende.replace(day=1), land)
    tag = letzter_werktag_bis(ende - timedelta(days=vorlauf), land)
    if auftrag.regel.code == "Q" and rechnung != "monat" and tag == ende:
        tag = letzter_werktag_vor(ende, land)
    if rechnung == "tag" and ende == ausloeser:
        # The trigger is the future day itself; the reminder has to come before it.
        return tag
    return max(tag, frueheste)


def _vorwarnung(regel: Fristregel, ende: date | None, land: str) -> date | None:
    """An early working day for Fristen whose preparation takes weeks."""
    if ende is None or not regel.vorwarnung_tage:
        return None
    return letzter_werktag_bis(ende - timedelta(days=regel.vorwarnung_tage), land)


def _anzeige(regel: Fristregel, fassung: Fassung, ende: date | None) -> str:
    if ende is None:
        return regel.anzeige
    return write_monat(ende) if fassung.rechnung == "monat" else write_datum(ende)
