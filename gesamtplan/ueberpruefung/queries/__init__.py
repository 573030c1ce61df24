"""Reads of reviews: one with its parts, all of a case side by side, reports that are late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from cases.dateien.grenzen import Ablehnung
from cases.export.zeichen import clean_text, name_zeichen, unprintable
from cases.models import Case, Leistungserbringer, User
from cases.queries.kurzzeile import Kurzquelle, columns
from cases.registry.routen import adresse
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.states.rolle import Rolle
from gesamtplan.models import (
    Gesamtplan,
    Leistung,
    Planvereinbarung,
    Teilhabeziel,
    Ueberpruefung,
    Verlaufsbericht,
    Zielbewertung,
)
from gesamtplan.models.angaben import Bewertung, Bewertungsstelle, Sprecher
from gesamtplan.models.berichtsbogen import (
    ALLGEMEIN,
    AUFBAU,
    TEILE,
    Bogenfeld,
    read_feldname,
)
from gesamtplan.models.zielbezug import zielkennungen_of
from gesamtplan.states import Planzustand, Zielstatus
from gesamtplan.states.ueberpruefung import Pruefstand, Stimme, named_provider
from gesamtplan.states.vereinbarung import Vereinbarungsstand

_VERFEHLT = (Zielstatus.NICHT_ERREICHT, Zielstatus.ENTFALLEN)
#: Characters of one answer of a form; more is a report of its own.
BOGENTEXT = 10_000


def with_parts(rows: QuerySet[Ueberpruefung]) -> QuerySet[Ueberpruefung]:
    """Read goals, ratings and reports along: four more queries, however many rows."""
    return rows.select_related("gesamtplan", "case", "bearbeitet_von").prefetch_related(
        "gesamtplan__teilhabeziele",
        Prefetch("zielbewertungen", Zielbewertung.objects.select_related("leistungserbringer")),
        Prefetch("verlaufsberichte", Verlaufsbericht.objects.select_related("leistungserbringer")),
    )


def ueberpruefungen_of(case: Case) -> QuerySet[Ueberpruefung]:
    """Return the reviews of a case with their parts, the newest first."""
    return with_parts(Ueberpruefung.objects.filter(case=case))


def ueberpruefung_of(case: Case, ueberpruefung_id: int) -> Ueberpruefung | None:
    """Return one review of the case, None when it belongs to another case."""
    return ueberpruefungen_of(case).filter(pk=ueberpruefung_id).first()


def open_ueberpruefung(case: Case) -> Ueberpruefung | None:
    """Return the review in work, None when there is none."""
    return Ueberpruefung.objects.filter(case=case, state=Pruefstand.OFFEN).first()


def plan_in_force(case: Case) -> Gesamtplan | None:
    """Return the newest released version."""
    rows = Gesamtplan.objects.filter(case=case, state=Planzustand.FREIGEGEBEN)
    return rows.order_by("-version").first()


def bericht_of(case: Case, bericht_id: int) -> Verlaufsbericht | None:
    """Return a report of a review of this case, None when it belongs to another case."""
    rows = Verlaufsbericht.objects.filter(ueberpruefung__case=case, pk=bericht_id)
    return rows.select_related(
        "leistungserbringer",
        "unterlage",
        "ueberpruefung__gesamtplan",
        "ueberpruefung__case__leistungsberechtigte_person",
        "ueberpruefung__case__caseworker",
    ).first()


def missed_goals(row: Ueberpruefung) -> list[int]:
    """Return the numbers of the goals that some voice sees as not, or not any more, to be reached.

    One sign is enough (§ 122 S. 3 SGB IX); nobody has to share it.
    """
    verfehlt = {eine.kennung for eine in row.zielbewertungen.all() if eine.status in _VERFEHLT}
    return [z.nummer for z in row.gesamtplan.teilhabeziele.all() if z.kennung in verfehlt]


def binding_vereinbarung(plan: Gesamtplan) -> Planvereinbarung | None:
    """Return the agreement with the person about the goals that both have signed, if any."""
    return Planvereinbarung.objects.filter(
        gesamtplan=plan, state=Vereinbarungsstand.GESCHLOSSEN
    ).first()


def sprecher_of(row: Ueberpruefung) -> dict[UUID, list[Sprecher]]:
    """Return by goal whose voices are heard: the person, each provider by name, the Fallmanagement.

    Of the providers speak those whose Leistung serves the goal, those who were asked for a report
    and serve no goal by name, and those who have said something already. Where nobody is known,
    the provider has no name. One query beside the parts of the review.
    """
    je_ziel = _providers_by_goal(row)
    dienende = {pk for namen in je_ziel.values() for pk in namen}
    gefragt = {
        bericht.leistungserbringer_id: bericht.leistungserbringer.name
        for bericht in row.verlaufsberichte.all()
        if bericht.leistungserbringer_id not in dienende
    }
    ohne_namen = set()
    for eine in row.zielbewertungen.all():
        if eine.leistungserbringer is not None:
            namen = je_ziel.setdefault(eine.kennung, {})
            namen[eine.leistungserbringer.pk] = eine.leistungserbringer.name
        elif eine.stimme == Stimme.LEISTUNGSERBRINGER:
            ohne_namen.add(eine.kennung)
    return {
        ziel.kennung: _sprecher(
            ziel.kennung, je_ziel.get(ziel.kennung, {}) | gefragt, ziel.kennung in ohne_namen
        )
        for ziel in row.gesamtplan.teilhabeziele.all()
    }


def _providers_by_goal(row: Ueberpruefung) -> dict[UUID, dict[int, str]]:
    leistungen = Leistung.objects.filter(gesamtplan=row.gesamtplan_id, angebot__isnull=False)
    found: dict[UUID, dict[int, str]] = {}
    for leistung in leistungen.select_related("teilhabeziel", "angebot__leistungserbringer"):
        if leistung.angebot is not None:
            erbringer = leistung.angebot.leistungserbringer
            for kennung in zielkennungen_of(leistung):
                found.setdefault(kennung, {})[erbringer.pk] = erbringer.name
    return found


def _sprecher(kennung: UUID, namen: Mapping[int, str], ohne_namen: bool) -> list[Sprecher]:
    erbringer = Stimme.LEISTUNGSERBRINGER
    reihe = [Sprecher(Bewertungsstelle(kennung, Stimme.PERSON.value), str(Stimme.PERSON.label))]
    reihe += [
        Sprecher(Bewertungsstelle(kennung, erbringer.value, pk), named_provider(name))
        for pk, name in sorted(namen.items(), key=lambda paar: (paar[1], paar[0]))
    ]
    if ohne_namen or not namen:
        reihe.append(Sprecher(Bewertungsstelle(kennung, erbringer.value), named_provider("")))
    management = Stimme.FALLMANAGEMENT
    return [
        *reihe,
        Sprecher(Bewertungsstelle(kennung, management.value), str(management.label)),
    ]


def said_by_provider(bericht: Verlaufsbericht) -> dict[UUID, Bewertung]:
    """Return by goal what stands there in the voice of the provider of a report."""
    return {
        eine.kennung: Bewertung(eine.status, eine.grund, eine.getan)
        for eine in bericht.ueberpruefung.zielbewertungen.all()
        if eine.leistungserbringer_id == bericht.leistungserbringer_id
    }


def bogen_of(
    bericht: Verlaufsbericht, felder: Mapping[str, str]
) -> tuple[str, dict[UUID, Bewertung]]:
    """Return what a filled-in form says: beside the goals, and by goal.

    `felder` is what `cases.dateien.aufruf.read_form_apart` has read. Raises Ablehnung with the
    reason when the file is not the form that was sent with this request, nothing stands in it, or
    what stands in it cannot be taken.
    """
    gelesen = {feld: wert for name, wert in felder.items() if (feld := read_feldname(name))}
    ziele = {ziel.kennung: ziel for ziel in bericht.ueberpruefung.gesamtplan.teilhabeziele.all()}
    _refuse_foreign(bericht, list(gelesen), ziele)
    if not any(gelesen.values()):
        raise Ablehnung("Der Bogen ist nicht ausgefüllt.")
    werte = {(feld.ziel, feld.teil): wert for feld, wert in gelesen.items()}
    je_ziel = {
        kennung: Bewertung(
            _status(ziel, werte[kennung, "status"]),
            _text(f"Ziel {ziel.nummer}", werte[kennung, "grund"]),
            _text(f"Ziel {ziel.nummer}", werte[kennung, "getan"]),
        )
        for kennung, ziel in ziele.items()
    }
    return _text("Was zu keinem Ziel gehört", werte[None, ALLGEMEIN]), je_ziel


def _refuse_foreign(
    bericht: Verlaufsbericht, felder: Sequence[Bogenfeld], ziele: Mapping[UUID, Teilhabeziel]
) -> None:
    """Raise Ablehnung unless the fields are those of this request, each once and none besides."""
    if not felder:
        raise Ablehnung("Diese Datei ist kein Bogen, den Fallwerk gesetzt hat.")
    if any(feld.aufbau != AUFBAU for feld in felder):
        raise Ablehnung(
            "Dieser Bogen stammt aus einer anderen Fassung des Programms. Bitte schicken Sie dem "
            "Leistungserbringer das Schreiben neu, oder tragen Sie den Bericht von Hand ein."
        )
    fassung = bericht.ueberpruefung.gesamtplan.version
    if not {feld.ziel for feld in felder} & set(ziele):
        raise Ablehnung("Dieser Bogen gehört zu einem anderen Gesamtplan.")
    if alte := {feld.fassung for feld in felder} - {fassung}:
        raise Ablehnung(
            f"Dieser Bogen gehört zur Fassung {min(alte)} des Gesamtplans. Überprüft wird die "
            f"Fassung {fassung}; ihre Ziele können anders lauten."
        )
    if any(feld.bericht != bericht.pk for feld in felder):
        raise Ablehnung(
            "Dieser Bogen gehört zu einer anderen Anforderung: einem anderen Leistungserbringer "
            "oder einer früheren Überprüfung."
        )
    erwartet = {(kennung, teil) for kennung in ziele for teil in TEILE} | {(None, ALLGEMEIN)}
    if {(feld.ziel, feld.teil) for feld in felder} != erwartet:
        raise Ablehnung("Der Bogen ist verändert: Ihm fehlen Felder, oder er hat fremde.")


def _status(ziel: Teilhabeziel, wert: str) -> str:
    if wert and wert not in Zielstatus.values:
        raise Ablehnung(
            f"Ziel {ziel.nummer}: Der Bogen nennt eine Einschätzung, die es nicht gibt."
        )
    return wert


def _text(wo: str, wert: str) -> str:
    """Return a text as it can be printed; raises Ablehnung for letters that cannot."""
    text = clean_text(wert).text.strip()
    if len(text) > BOGENTEXT:
        raise Ablehnung(f"{wo}: Der Text hat mehr als {BOGENTEXT} Zeichen.")
    if fehlend := unprintable(text):
        raise Ablehnung(
            f"{wo}: Diese Zeichen lassen sich in Schreiben nicht drucken: {name_zeichen(fehlend)}. "
            "Bitte tragen Sie den Bericht von Hand ein."
        )
    return text


def providers_of(plan: Gesamtplan) -> QuerySet[Leistungserbringer]:
    """Return who may be asked: those who give a Leistung of the plan, else all, by name."""
    alle = Leistungserbringer.objects.filter(zusammengefuehrt_in__isnull=True).order_by("name")
    eigene = alle.filter(angebote__planleistungen__gesamtplan=plan).distinct()
    return eigene if eigene.exists() else alle


def _late_reports(user: User, stichtag: date) -> QuerySet[Verlaufsbericht] | None:
    if not user.has_rolle(Rolle.FALLMANAGEMENT):
        return None
    return columns(
        Verlaufsbericht.objects.filter(
            ueberpruefung__case__caseworker=user,
            ueberpruefung__state=Pruefstand.OFFEN,
            eingegangen_am__isnull=True,
            bis__lt=stichtag,
        ).order_by("bis", "pk"),
        nummer="ueberpruefung",
        seit="bis",
        fall="ueberpruefung__case",
        person="ueberpruefung__case__leistungsberechtigte_person",
        aktenzeichen="ueberpruefung__case__aktenzeichen",
        text="leistungserbringer__name",
        marke="erinnert_am",
    )


def _late_row(zeile: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    erinnert = bool(zeile.marke)
    return Arbeitszeile(
        gruppe="Berichte der Leistungserbringer",
        titel=f"Bericht von {zeile.text} {'steht weiter aus' if erinnert else 'anmahnen'}",
        fall=zeile.aktenzeichen,
        name=zeile.name,
        url=adresse("ueberpruefung_anzeigen", zeile.fall or 0, zeile.nummer),
        seit=zeile.seit,
        zustand="erinnert" if erinnert else "überfällig",
        farbe="warning" if erinnert else "danger",
    )


BERICHTSQUELLE = Kurzquelle(_late_reports, _late_row)
