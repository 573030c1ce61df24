"""Legal preconditions of the Gesamtplan: one function each, citation first.

The functions read the parts of a version through its relations, so that a page that has read
them along asks no further query.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.urls import reverse

from cases.guards import konten_der_person
from cases.models import Leistungstraeger, User
from cases.registry.schritt import Hindernis
from cases.registry.textstelle import has_platzhalter, platzhalter_in
from cases.states.fall import FALL, planfreigabe_of
from gesamtplan.models import Bedarfsermittlung, Gesamtplan
from gesamtplan.models.doppelung import doppelte_paare
from gesamtplan.models.pflichtinhalt import inhaltszeilen
from gesamtplan.models.plannorm import (
    bedarfsnorm_of,
    entscheidungsnorm_of,
    fortschreibungsnorm_of,
    leistungsnorm_of,
    norm_of,
    zielnorm_of,
)
from gesamtplan.models.zielbezug import is_serving, nummern_in_worten
from gesamtplan.states import Anmerkungsstand, Ermittlungszustand, Planzustand
from recht.entscheidung import BEZEICHNUNG, Zuordnung, allowed_rollen
from recht.fristen import compute_frist
from recht.fristkennung import Regel
from recht.leistung import leistung_of
from recht.rechtsstand import Rechtsstand, norm_am, rechtsstand_am


def _url(plan: Gesamtplan, name: str, anker: str = "") -> str:
    return reverse(name, args=[plan.case_id, plan.version]) + (f"#{anker}" if anker else "")


def datum_url(plan: Gesamtplan) -> str:
    """Return where the date of a version is typed."""
    return _url(plan, "gesamtplan_inhalte", "id_datum")


def bedarf_abgeschlossen(plan: Gesamtplan) -> Hindernis | None:
    """§ 120 Abs. 1 SGB IX: what is needed is determined before the plan is drawn up."""
    if plan.bedarfsermittlung.state == Ermittlungszustand.ABGESCHLOSSEN:
        return None
    return Hindernis(
        f"Die {plan.bedarfsermittlung} ist noch nicht abgeschlossen.",
        bedarfsnorm_of(plan),
        reverse("bedarf", args=[plan.case_id]),
    )


def pflichtinhalte_vollstaendig(plan: Gesamtplan) -> Hindernis | None:
    """§ 121 Abs. 4 SGB IX: the plan holds at least the contents named there."""
    missing = [z.inhalt for z in inhaltszeilen(plan) if z.verlangt and not z.erfuellt]
    if not missing:
        return None
    names = "; ".join(inhalt.bezeichnung for inhalt in missing)
    anzahl = "Ein Pflichtinhalt fehlt" if len(missing) == 1 else f"{len(missing)} Inhalte fehlen"
    return Hindernis(
        f"{anzahl}: {names}.",
        missing[0].norm if len(missing) == 1 else norm_of(plan),
        _url(plan, "gesamtplan_inhalte", f"id_inhalt_{missing[0].schluessel}"),
    )


def platzhalter_ausgefuellt(plan: Gesamtplan) -> Hindernis | None:
    """§ 121 Abs. 4 SGB IX: what the plan says is said in full; an open placeholder says nothing."""
    titel = {zeile.inhalt.schluessel: zeile.inhalt.bezeichnung for zeile in inhaltszeilen(plan)}
    for inhalt in plan.planinhalte.all():
        if has_platzhalter(inhalt.text):
            offen = ", ".join(f"[[{name}]]" for name in platzhalter_in(inhalt.text)) or "[["
            return Hindernis(
                f"{titel.get(inhalt.schluessel, inhalt.schluessel)}: Noch nicht ausgefüllt ist "
                f"{offen}.",
                norm_of(plan),
                _url(plan, "gesamtplan_inhalte", f"id_inhalt_{inhalt.schluessel}"),
            )
    return None


def mindestens_ein_ziel(plan: Gesamtplan) -> Hindernis | None:
    """§ 19 Abs. 2 S. 2 Nr. 6 SGB IX: the plan names goals that can be reached."""
    if plan.teilhabeziele.all():
        return None
    return Hindernis(
        "Der Plan nennt noch kein Teilhabeziel.",
        zielnorm_of(plan),
        _url(plan, "teilhabeziel_neu"),
    )


def ziele_ueberpruefbar(plan: Gesamtplan) -> Hindernis | None:
    """§ 19 Abs. 2 S. 2 Nr. 6 SGB IX: each goal says by what and when it can be checked."""
    vague = [z for z in plan.teilhabeziele.all() if not z.kriterium.strip() or z.bis < plan.datum]
    if not vague:
        return None
    numbers = ", ".join(str(ziel.nummer) for ziel in vague)
    url = reverse("teilhabeziel_bearbeiten", args=[plan.case_id, plan.version, vague[0].nummer])
    feld = "bis" if vague[0].kriterium.strip() else "kriterium"
    return Hindernis(
        f"Ziel {numbers}: Es fehlt, woran die Erreichung zu erkennen ist, oder der Zeitpunkt liegt "
        "vor dem Datum des Plans.",
        zielnorm_of(plan),
        f"{url}#id_{feld}",
    )


def leistungen_den_zielen_zugeordnet(plan: Gesamtplan) -> Hindernis | None:
    """§ 121 Abs. 4 Nr. 3 SGB IX: kind, content and extent of the Leistungen serve the goals."""
    if plan.leistungen.all():
        return None
    return Hindernis(
        "Der Plan nennt noch keine Leistung, die einem Ziel dient.",
        leistungsnorm_of(plan),
        _url(plan, "leistung_neu"),
    )


def planleistungen_zugeordnet(plan: Gesamtplan) -> Hindernis | None:
    """§ 121 Abs. 4 Nr. 3 SGB IX: of which kind a Leistung is says its key in the catalogue."""
    for leistung in plan.leistungen.all():
        hindernis = schluessel_passt(
            leistung.katalogschluessel, leistung.leistungstraeger, leistung.beginn
        )
        text = hindernis.text if hindernis else ""
        if not leistung.katalogschluessel:
            text = (
                f"„{leistung.bezeichnung}“ ist keiner Leistung des Katalogs zugeordnet. Davon "
                "hängt ab, wer entscheidet und was die Voraussetzungen sind."
            )
        if text:
            url = reverse("leistung_bearbeiten", args=[plan.case_id, plan.version, leistung.pk])
            return Hindernis(text, leistungsnorm_of(plan), url)
    return None


def leistungen_ueberschneiden_sich_nicht(plan: Gesamtplan) -> Hindernis | None:
    """§ 121 Abs. 4 Nr. 3 SGB IX: extent and duration are clear; one kind is not given twice."""
    paar = next(doppelte_paare(plan.leistungen.all()), None)
    if paar is None:
        return None
    eine, andere = paar
    gemeinsam = nummern_in_worten(z for z in eine.ziele if is_serving(andere, z))
    return Hindernis(
        f"„{eine.bezeichnung}“ und „{andere.bezeichnung}“ sind dieselbe Leistung desselben "
        f"Trägers für Ziel {gemeinsam} und überschneiden sich ab dem "
        f"{andere.beginn:%d.%m.%Y}. Beenden Sie die eine am Tag davor.",
        leistungsnorm_of(plan),
        reverse("leistung_bearbeiten", args=[plan.case_id, plan.version, andere.pk]),
    )


def leistungen_im_zeitraum(plan: Gesamtplan) -> Hindernis | None:
    """§ 121 Abs. 4 Nr. 3 SGB IX: a Leistung of the plan is given while the plan is in force."""
    for row in plan.leistungen.all():
        vorbei = row.ende is not None and row.ende < plan.datum
        danach = plan.ueberpruefung_am is not None and row.beginn > plan.ueberpruefung_am
        if not vorbei and not danach:
            continue
        text = (
            f"„{row.bezeichnung}“ endet am {row.ende:%d.%m.%Y}, vor dem Datum des Plans. Was "
            "bisher geleistet wurde, gehört zu den bisherigen Maßnahmen."
            if vorbei
            else f"„{row.bezeichnung}“ beginnt am {row.beginn:%d.%m.%Y} und damit erst nach der "
            "Überprüfung des Plans."
        )
        url = reverse("leistung_bearbeiten", args=[plan.case_id, plan.version, row.pk])
        return Hindernis(text, leistungsnorm_of(plan), f"{url}#id_{'ende' if vorbei else 'beginn'}")
    return None


def menge_mit_einheit(
    menge: Decimal | None, einheit: str, satz: Decimal | None, stichtag: date
) -> Hindernis | None:
    """§ 121 Abs. 4 Nr. 3 SGB IX: an extent is a number of something, a price is per unit of it."""
    norm = norm_am(
        stichtag, "§ 58 SGB XII", "§ 121 Abs. 4 Nr. 3 SGB IX", ue="§ 144 Abs. 4 Nr. 3 SGB XII"
    )
    if (menge is None) != (not einheit):
        fehlt = "die Menge" if menge is None else "die Einheit"
        return Hindernis(f"Menge und Einheit gehören zusammen; es fehlt {fehlt}.", norm)
    if menge is not None and menge <= 0:
        return Hindernis("Die Menge muss größer als null sein.", norm)
    if satz is not None and menge is None:
        return Hindernis("Ein Preis je Einheit braucht eine Menge.", norm)
    return None


def ueberpruefung_binnen_zwei_jahren(plan: Gesamtplan, land: str) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: reviewed after two years at the latest; until 2017 as planned."""
    if plan.ueberpruefung_am is None:
        text = "Legen Sie fest, wann der Plan spätestens überprüft wird."
        return Hindernis(
            text, norm_of(plan), _url(plan, "gesamtplan_inhalte", "id_ueberpruefung_am")
        )
    if rechtsstand_am(plan.datum) == Rechtsstand.A:
        return None
    latest = compute_frist(Regel.UEBERPRUEFUNG_GESAMTPLAN, plan.datum, land)
    if latest.ende is None or plan.ueberpruefung_am <= latest.ende:
        return None
    return Hindernis(
        f"Die Überprüfung am {plan.ueberpruefung_am:%d.%m.%Y} liegt nach dem spätesten Tag, "
        f"dem {latest.ende:%d.%m.%Y}.",
        str(latest.norm),
        _url(plan, "gesamtplan_inhalte", "id_ueberpruefung_am"),
    )


def planstand_nicht_in_der_zukunft(plan: Gesamtplan, stichtag: date) -> Hindernis | None:
    """§ 121 Abs. 1 SGB IX: the plan is drawn up after the determination, not ahead of its date."""
    if plan.datum <= stichtag:
        return None
    return Hindernis(
        f"Das Datum des Plans, der {plan.datum:%d.%m.%Y}, liegt in der Zukunft.",
        norm_of(plan),
        datum_url(plan),
    )


def freigabe_durch_zweite_person(plan: Gesamtplan, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz zu § 121 SGB IX: who wrote the plan does not release it."""
    parts, konten = [], konten_der_person(by)
    if plan.erstellt_von_id in konten:
        parts.append("angelegt")
    if plan.bearbeitet_von_id in konten:
        parts.append("zuletzt bearbeitet")
    elif not parts and plan.events.filter(bearbeitet_von__in=konten).exists():
        parts.append("mitgeschrieben")
    if plan.vorgelegt_von_id in konten:
        parts.append("vorgelegt")
    if not parts:
        return None
    first = ", ".join(parts[:-1])
    words = f"{first} und {parts[-1]}" if first else parts[-1]
    return Hindernis(
        f"Sie haben diesen Plan {words}. Freigeben muss ihn eine andere Person mit "
        "Leitungsaufgaben.",
        "Vier-Augen-Grundsatz",
    )


def anmerkungen_beantwortet(plan: Gesamtplan) -> Hindernis | None:
    """Vier-Augen-Grundsatz zu § 121 SGB IX: what the second person has remarked is answered."""
    offen = sum(a.state == Anmerkungsstand.OFFEN for a in plan.anmerkungen.all())
    return _open_remarks(plan, offen, "noch nicht beantwortet")


def anmerkungen_erledigt(plan: Gesamtplan) -> Hindernis | None:
    """Vier-Augen-Grundsatz zu § 121 SGB IX: a version with open remarks is not released."""
    offen = sum(a.state != Anmerkungsstand.ERLEDIGT for a in plan.anmerkungen.all())
    return _open_remarks(plan, offen, "noch nicht erledigt")


def _open_remarks(plan: Gesamtplan, offen: int, was: str) -> Hindernis | None:
    if not offen:
        return None
    worte = "Eine Anmerkung ist" if offen == 1 else f"{offen} Anmerkungen sind"
    return Hindernis(
        f"{worte} {was}.", "Vier-Augen-Grundsatz", _url(plan, "gesamtplan_version", "anmerkungen")
    )


def fassung_nicht_freigegeben(plan: Gesamtplan) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: a released version never changes, nor do the remarks on it."""
    if plan.state != Planzustand.FREIGEGEBEN:
        return None
    return Hindernis(f"{plan} ist freigegeben und bleibt, wie er ist.", norm_of(plan))


def vorlage_der_eigenen_hand(vorgelegt_von_id: int | None, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: back comes what one has submitted oneself; others return it."""
    if vorgelegt_von_id == by.pk:
        return None
    return Hindernis("Zurückziehen kann die Vorlage nur, wer sie vorgelegt hat.")


def fall_bereit_fuer_freigabe(plan: Gesamtplan) -> Hindernis | None:
    """§ 120 Abs. 2 SGB IX: the plan comes before the decision that rests on it."""
    if plan.case.state in FALL.uebergang(planfreigabe_of(plan.case.state)).von:
        return None
    return Hindernis(
        f"Der Fall ist im Zustand „{plan.case.get_state_display()}“. Freigegeben wird ein Plan "
        "nach der Bedarfsermittlung, oder solange die Leistung läuft.",
        entscheidungsnorm_of(plan),
        reverse("fall", args=[plan.case_id]),
    )


def grundlage_abgeschlossen(
    case_id: int, ermittlung: Bedarfsermittlung | None, tag: date
) -> Hindernis | None:
    """§ 120 Abs. 1 SGB IX: the plan rests on a need that has been determined."""
    if ermittlung is not None:
        return None
    return Hindernis(
        "Schließen Sie zuerst die Bedarfsermittlung ab. Auf ihr beruht der Gesamtplan.",
        norm_am(tag, "§ 58 SGB XII", "§ 120 Abs. 1 SGB IX", ue="§ 143a Abs. 1 SGB XII"),
        reverse("bedarf", args=[case_id]),
    )


def noch_kein_plan(plan: Gesamtplan | None) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: an existing plan is continued, not made anew."""
    if plan is None:
        return None
    return Hindernis(
        "Für diesen Fall gibt es schon einen Gesamtplan. Bitte schreiben Sie ihn fort.",
        fortschreibungsnorm_of(plan),
    )


def fassung_freigegeben(plan: Gesamtplan) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: what is continued is the plan in force."""
    if plan.state == Planzustand.FREIGEGEBEN:
        return None
    return Hindernis(
        "Fortgeschrieben wird eine freigegebene Fassung. Diese ist im Zustand "
        f"„{plan.get_state_display()}“.",
        fortschreibungsnorm_of(plan),
    )


def fassung_ist_die_neueste(neuere: Gesamtplan | None) -> Hindernis | None:
    """§ 121 Abs. 2 SGB IX: only the newest version is continued; others have been already."""
    if neuere is None:
        return None
    word = "freigegeben" if neuere.state == Planzustand.FREIGEGEBEN else "in Arbeit"
    return Hindernis(
        f"Es gibt schon eine neuere Fassung ({neuere}), {word}.", fortschreibungsnorm_of(neuere)
    )


def schluessel_passt(
    schluessel: str, traeger: Leistungstraeger, stichtag: date
) -> Hindernis | None:
    """§ 120 Abs. 2 S. 2 SGB IX: a Leistung is one that the law of the day has, of its carrier.

    An empty key is no fault here: closing the Bemessung asks for it.
    """
    norm = norm_am(
        stichtag,
        "§ 35 Abs. 1 SGB X",
        "§ 120 Abs. 2 S. 2 SGB IX",
        ue="§ 143a Abs. 2 S. 2 SGB XII",
    )
    eintrag = leistung_of(schluessel)
    if eintrag is None:
        return None
    if not eintrag.gilt_am(stichtag):
        return Hindernis(
            f"„{eintrag.bezeichnung}“ ({eintrag.norm}) gibt es nach dem Recht am "
            f"{stichtag:%d.%m.%Y} nicht.",
            norm,
        )
    if eintrag.passt_zu(traeger.art, stichtag, eigener=traeger.eigener):
        return None
    return Hindernis(
        f"„{eintrag.bezeichnung}“ ({eintrag.norm}) ist keine Leistung von {traeger.name} "
        f"({traeger.get_art_display()}).",
        norm,
    )


def entscheidung_moeglich(
    zuordnung: Zuordnung, rolle: str, grund: str, stichtag: date
) -> Hindernis | None:
    """§ 15 SGB IX: who decides is settled by law; it leaves few choices, each with a reason."""
    norm = norm_am(stichtag, "§ 17 Abs. 4 SGB IX a.F.", "§ 15 SGB IX")
    erlaubt = allowed_rollen(zuordnung, stichtag)
    if rolle not in erlaubt:
        moeglich = " oder ".join(f"„{BEZEICHNUNG[r]}“" for r in erlaubt)
        return Hindernis(f"Nach dem Gesetz entscheidet hier {moeglich}.", norm)
    if rolle != erlaubt[0] and not grund.strip():
        return Hindernis(
            f"Im Regelfall entscheidet hier „{BEZEICHNUNG[erlaubt[0]]}“. Bitte begründen Sie, "
            "warum es anders ist.",
            norm,
        )
    return None
