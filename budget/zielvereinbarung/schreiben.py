"""The Zielvereinbarung as a letter: its first wording, and the data that are printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format

from budget.bemessung.schreiben import entscheidungen_daten, summen_of, teilbudget_zeilen
from budget.models import PersoenlichesBudget, Teilbudget, Zielvereinbarung
from budget.states import Auszahlungsform, Nachweisart, Vereinbarungszustand
from budget.states.vereinbarung import Arbeitgebernachweisart
from budget.verfahren.queries import get_budget
from budget.zielvereinbarung.queries import Wortlaut, zielvereinbarung_of
from cases.behoerde.queries.eigener_wert import aufenthalt_mitteilen, teilmonat_modus
from cases.behoerde.queries.gesetzeswert import werte_des_rechts
from cases.behoerde.queries.sitz import sitz
from cases.models import Behoerde, Case, User
from cases.models.vorschlag import Vorschlagstext
from cases.person.guards.adressat import unterschriften_am, vertreter_am
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.schreiben.satz.brief import kopf_daten, unterschriftszeile
from cases.schreiben.services.schreiben import empfaenger_of, wohnanschrift_of
from cases.states.inhalt import BRIEF, Inhalt
from gesamtplan.models.zielbezug import is_serving
from recht.entscheidungstext import write_liste
from recht.fehler import RechtFehler
from recht.fristen import compute_frist
from recht.fristkennung import Regel
from recht.geld import format_euro, format_schlicht
from recht.inhalte import Pflichtinhalt, pflichtinhalte
from recht.laenge import plus_monate
from recht.pflege import PFLEGEGELD, fortzahlung_wochen
from recht.rechtsstand import Rechtsstand

ART = "zielvereinbarung"
TITEL = "Zielvereinbarung zum Persönlichen Budget"
NEBENABREDEN = ("arbeitgebermodell", "probe_bis", "probe_gespraech_am")
# From this day the limit of a Minijob follows the Mindestlohn by a formula.
_DYNAMISCH_AB = date(2022, 10, 1)

UNTERBRECHUNG = Pflichtinhalt(
    schluessel="unterbrechung",
    nummer="5",
    bezeichnung="Angefangene Monate, Unterbrechungen, Restmittel",
    hinweis="Was gilt für Teilmonate, bei einem Aufenthalt im Krankenhaus und für nicht "
    "verbrauchtes Geld?",
    norm="KVJS-Leitfaden 2010 Nr. 3.5",
    grad="U",
)


def inhalte_am(stichtag: date) -> tuple[Pflichtinhalt, ...]:
    """Return the contents of a Zielvereinbarung on a day: the required ones, then usual ones."""
    return (*pflichtinhalte("zielvereinbarung", stichtag), UNTERBRECHUNG)


def first_wording(
    budget: PersoenlichesBudget, ziele: Iterable[str], gespraech_monate: int
) -> dict[str, str]:
    """Return a first text per content that a Fallmanager can use as it is or change."""
    abstand = "halbjährlich" if gespraech_monate == 6 else "einmal im Jahr"
    erstes = date_format(plus_monate(budget.beginn, gespraech_monate), "F Y")
    liste = "\n".join(f"– {ziel}" for ziel in ziele)
    ermittelt = budget.gesamtplan.bedarfsermittlung.datum
    return {
        "ziele": f"Vereinbart sind die Ziele des Gesamtplans:\n{liste}".strip(),
        "nachweis": _nachweis_text(list(budget.teilbudgets.all()), abstand),
        "qualitaetssicherung": (
            f"Beide Seiten sprechen {abstand} miteinander, das erste Mal im {erstes}. Sie gehen "
            "jedes Ziel aus Abschnitt 1 durch: ob erreicht ist, woran es zu erkennen ist, wie "
            "zufrieden die leistungsberechtigte Person mit der Unterstützung ist und ob das "
            "Teilbudget dafür ausreicht. Der Leistungsträger schreibt das Ergebnis auf und gibt "
            "der leistungsberechtigten Person eine Abschrift."
        ),
        "hoehe": (
            f"Die Teilbudgets decken den Bedarf, der am {_lang(ermittelt)} ermittelt ist, "
            "einschließlich der Beratung und Unterstützung beim Umgang mit dem Persönlichen "
            "Budget. Ändert sich der Bedarf wesentlich, werden die Teilbudgets neu bemessen."
        ),
        "unterbrechung": _unterbrechung_text(budget),
    }


def _unterbrechung_text(budget: PersoenlichesBudget) -> str:
    """Return what holds for parts of a month, a stay in hospital and money that is left."""
    tage = aufenthalt_mitteilen(budget.beginn)
    in_geld = [
        t
        for t in budget.teilbudgets.all()
        if t.auszahlungsform == Auszahlungsform.GELD and not t.ergaenzend
    ]
    geld = _namen(t for t in in_geld if t.katalogschluessel not in PFLEGEGELD)
    pflegegeld = _namen(t for t in in_geld if t.katalogschluessel in PFLEGEGELD)
    bis = budget.ende or budget.gesamtplan.ueberpruefung_am
    saetze = [
        f"Beginnt oder endet das Persönliche Budget während eines Monats, {_teilung(budget)}.",
        "Ein Aufenthalt im Krankenhaus oder in einer Rehabilitationseinrichtung von mehr als "
        f"{tage} Tagen ist mitzuteilen.",
    ]
    if geld:
        saetze.append(
            f"Bis zum {tage}. Tag wird weitergezahlt. Danach ruht die Auszahlung für "
            f"{geld}, soweit die Einrichtung die Unterstützung übernimmt; Löhne und "
            "andere Kosten, die in dieser Zeit weiterlaufen, werden auf Nachweis gezahlt."
        )
    if pflegegeld:
        wochen = fortzahlung_wochen(budget.beginn)
        saetze.append(
            f"Für {pflegegeld} gilt das Gesetz: Es läuft in den ersten {wochen.wert} Wochen eines "
            "Aufenthalts im Krankenhaus oder in einer Rehabilitationseinrichtung weiter und ruht "
            f"danach ({wochen.norm})."
        )
    saetze.append(
        "Nicht verbrauchtes Geld darf "
        f"{f'bis zum {_lang(bis)}' if bis else 'bis zur nächsten Feststellung des Bedarfs'} für "
        "die Ziele dieser Vereinbarung angespart werden. Was dann noch da ist, nennt die "
        "leistungsberechtigte Person dem Leistungsträger; beide Seiten legen schriftlich fest, "
        "wofür es verwendet wird, und bis dahin bleibt es für diese Ziele bestimmt. Zurückfordern "
        "kann der Leistungsträger Geld nur durch einen Bescheid, vor dem er sie anhört."
    )
    return " ".join(saetze)


def _teilung(budget: PersoenlichesBudget) -> str:
    """Return how a month that is not full is paid, as the authority has set it."""
    return {
        "dreissigstel": "wird für jeden Tag ein Dreißigstel gezahlt",
        "kalendertage": "wird für jeden Tag der entsprechende Teil des Kalendermonats gezahlt",
        "voller_monat": "wird der ganze Monat gezahlt",
    }[teilmonat_modus(budget.beginn) or "dreissigstel"]


def _ziele_of(budget: PersoenlichesBudget) -> list[str]:
    """Return each goal with its criterion and the Teilbudgets that serve it.

    One that serves several goals has its extent and amount at the first of them and nowhere else.
    """
    # A benefit beside the budget, as Grundsicherung, is not bound to a goal.
    offen = [teil for teil in budget.teilbudgets.all() if not teil.ergaenzend]
    genannt: set[int] = set()
    saetze = []
    for ziel in budget.gesamtplan.teilhabeziele.all():
        dafuer = [teil for teil in offen if is_serving(teil.leistung, ziel)]
        neue = [_mit_betrag(teil) for teil in dafuer if teil.pk not in genannt]
        auch = _namen(teil for teil in dafuer if teil.pk in genannt)
        genannt |= {teil.pk for teil in dafuer}
        saetze.append(
            f"{ziel.text.strip()} Daran ist es zu erkennen: {ziel.kriterium.strip()}"
            + (f" Dafür bestimmt: {'; '.join(neue)}." if neue else "")
            + (f" Auch dafür bestimmt, im selben Umfang und Betrag: {auch}." if auch else "")
        )
    return saetze


def _mit_betrag(teilbudget: Teilbudget) -> str:
    leistung = teilbudget.leistung
    umfang = leistung.umfang.strip().rstrip(".")
    return f"„{leistung.bezeichnung}“, {umfang}, {format_euro(teilbudget.betrag)} im Monat"


def vorschlaege_of(budget: PersoenlichesBudget, gespraech_monate: int) -> dict[str, str]:
    """Return what the facts of the budget propose now, by key of the content."""
    return first_wording(budget, _ziele_of(budget), gespraech_monate)


def texte_of(zielvereinbarung: Zielvereinbarung) -> dict[str, Vorschlagstext]:
    """Return the texts by key of the content; those of a draft follow the facts."""
    rows = {i.schluessel: i for i in zielvereinbarung.vereinbarungsinhalte.all()}
    if zielvereinbarung.state != Vereinbarungszustand.ENTWURF:
        return {key: Vorschlagstext(key, i.text, None, i.text) for key, i in rows.items()}
    jetzt = vorschlaege_of(zielvereinbarung.persoenliches_budget, zielvereinbarung.gespraech_monate)
    return {
        key: Vorschlagstext(key, i.text, i.vorschlag or None, jetzt.get(key, ""))
        for key, i in rows.items()
    }


def werte_of_entwurf(zielvereinbarung: Zielvereinbarung) -> dict[str, Any]:
    """Return what the form of a draft shows and stores: rhythm and texts by their key."""
    texte = {key: text.gilt for key, text in texte_of(zielvereinbarung).items()}
    nebenabreden = {name: getattr(zielvereinbarung, name) for name in NEBENABREDEN}
    return {"gespraech_monate": zielvereinbarung.gespraech_monate, **nebenabreden, **texte}


def _belegte(teilbudgets: Iterable[Teilbudget]) -> str:
    """Return the Leistungen to which something is to be shown."""
    belegt = [t for t in teilbudgets if t.nachweisart != Nachweisart.KEIN_NACHWEIS]
    return _namen(belegt)


def _namen(teilbudgets: Iterable[Teilbudget]) -> str:
    """Return Leistungen as a sentence lists them, empty where there are none."""
    namen = [f"„{t.leistung.bezeichnung}“" for t in teilbudgets]
    return write_liste(namen) if namen else ""


def _lang(tag: date) -> str:
    return str(date_format(tag, "j. F Y"))


def _nachweis_text(teilbudgets: list[Teilbudget], abstand: str) -> str:
    frei = all(t.nachweisart == Nachweisart.KEIN_NACHWEIS for t in teilbudgets)
    if frei:
        return (
            "Die Verwendung des Geldes muss nicht belegt werden. Ob der Bedarf gedeckt ist, wird "
            "in den vereinbarten Gesprächen festgestellt."
        )
    return (
        f"Die leistungsberechtigte Person zeigt {abstand} zu {_belegte(teilbudgets)}, dass der "
        "Bedarf gedeckt ist. Welcher Nachweis zu welchem Teilbudget gehört, steht in der "
        "folgenden Tabelle. Die Unterlagen werden drei Jahre aufbewahrt und auf Verlangen "
        "vorgelegt."
    )


def zielvereinbarung_daten(
    *, zielvereinbarung: Zielvereinbarung, datum: date, empfaenger: list[str], zeichnet: User
) -> dict[str, Any]:
    """Return all that is printed; `datum` is the day of the Ausfertigung."""
    budget = zielvereinbarung.persoenliches_budget
    case = budget.case
    person = case.leistungsberechtigte_person
    behoerde = Behoerde.objects.get(pk=1)
    stand = budget.rechtsstand
    texte = {key: text.gilt for key, text in texte_of(zielvereinbarung).items()}
    zeilen = teilbudget_zeilen(budget)
    bindung = compute_frist(Regel.BINDUNG_BUDGET, budget.bindung_ab, sitz(), rechtsstand=stand)
    return {
        "kopf": kopf_daten(
            case=case,
            empfaenger=empfaenger,
            datum=datum,
            ansprechpartner=case.caseworker,
            betreff=TITEL,
        ),
        "rechtsstand": stand.value,
        "version": zielvereinbarung.version,
        "gueltig_ab": zielvereinbarung.gueltig_ab.isoformat(),
        "gueltig_bis": _iso(zielvereinbarung.gueltig_bis),
        "person": {
            "name": person.voller_name,
            "geburtsdatum": person.geburt,
            "anschrift": ", ".join(wohnanschrift_of(case, datum)),
            "vertreten_durch": [
                {"name": row.voller_name, "als": str(row.get_art_display())}
                for row in vertreter_am(person, datum)
            ],
        },
        "gesamtplan": {
            "version": budget.gesamtplan.version,
            "datum": budget.gesamtplan.datum.isoformat(),
        },
        "texte": {schluessel: absaetze(text) for schluessel, text in texte.items()},
        "teilbudgets": zeilen,
        "belegte": _belegte(budget.teilbudgets.all()),
        "nachweis_naeher": any(zeile["nachweis"] for zeile in zeilen),
        "summen": summen_of(budget),
        "entscheidungen": entscheidungen_daten(budget, behoerde),
        "gespraech_monate": zielvereinbarung.gespraech_monate,
        "minijob": minijob_of(budget.beginn),
        **_probe_und_arbeitgeber(zielvereinbarung),
        "bindung_ab": budget.bindung_ab.isoformat(),
        "bindung_bis": _iso(bindung.ende),
        "alt": stand is Rechtsstand.A,
        "parteien": [
            *unterschriften_am(person, datum, f"oder wer {person.voller_name} vertritt"),
            unterschriftszeile(zeichnet),
        ],
    }


def _probe_und_arbeitgeber(zielvereinbarung: Zielvereinbarung) -> dict[str, Any]:
    arten = Arbeitgebernachweisart.labels if zielvereinbarung.arbeitgebermodell else ()
    return {
        "arbeitgebernachweise": [str(label) for label in arten],
        "probe_bis": _iso(zielvereinbarung.probe_bis),
        "probe_gespraech_am": _iso(zielvereinbarung.probe_gespraech_am),
    }


def wortlaut_of(zielvereinbarung: Zielvereinbarung) -> Wortlaut:
    """Return what it says: of a printed one what was printed, of a draft what would be."""
    schreiben = zielvereinbarung.schreiben
    texte = {key: text.gilt for key, text in texte_of(zielvereinbarung).items()}
    if schreiben is None:
        zeilen = teilbudget_zeilen(zielvereinbarung.persoenliches_budget)
    else:
        zeilen = schreiben.daten.get("teilbudgets", [])
    return Wortlaut(zielvereinbarung, texte, zeilen)


def absaetze(text: str) -> list[str]:
    """Return the lines of a text that carry words, as paragraphs."""
    return [zeile.strip() for zeile in text.splitlines() if zeile.strip()]


def _iso(tag: date | None) -> str:
    return tag.isoformat() if tag else ""


def minijob_of(stichtag: date) -> dict[str, str]:
    """Return the norm of the limit, which changes with the years, and its amount on the day.

    The agreement runs on while the amount changes, so it names the norm first.
    """
    grenze = ""
    norm = _minijobnorm(stichtag)
    with suppress(RechtFehler):
        grenze = format_schlicht(werte_des_rechts().am("minijob_grenze", stichtag).wert)
    return {"norm": norm, "grenze": grenze, "tag": stichtag.isoformat()}


def _minijobnorm(stichtag: date) -> str:
    """The limit stands in Abs. 1a since it follows the Mindestlohn (1.10.2022)."""
    return "§ 8 Abs. 1a SGB IV" if stichtag >= _DYNAMISCH_AB else "§ 8 Abs. 1 Nr. 1 SGB IV"


def _finde(case: Case, teile: Mapping[str, int]) -> Zielvereinbarung | None:
    budget = get_budget(case)
    return zielvereinbarung_of(budget) if budget else None


def _daten(anlass: Schreibanlass) -> dict[str, Any]:
    return zielvereinbarung_daten(
        zielvereinbarung=anlass.gegenstand,
        datum=anlass.tag,
        empfaenger=empfaenger_of(anlass.case, anlass.tag),
        # Who prints it signs it: no release lies between.
        zeichnet=anlass.zeichnet or anlass.by,
    )


SCHREIBENART = Schreibenart(
    ART,
    "Zielvereinbarung",
    "budget/zielvereinbarung/schreiben.html",
    daten=_daten,
    titel_of=lambda anlass: TITEL,
    finde=_finde,
    seite=lambda anlass: reverse("zielvereinbarung", args=[anlass.case.pk]),
    einmal=True,
    zeigt_teil="zielvereinbarung",
    ausloeser="die Zielvereinbarung wird ausgefertigt",
    norm="§ 29 Abs. 4 SGB IX",
    inhalte=BRIEF | {Inhalt.BETRAEGE, Inhalt.PLAN},
)
