"""The way through one case: a new person to the recorded Bekanntgabe, counted in a browser.

Two people play it with real forms; nothing is opened by its address. What is counted is what the
hand does: clicks, pages that the browser loads, fields that are filled or chosen. A field that the
program has filled already counts nothing. The log-in counts nothing either.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from playwright.sync_api import sync_playwright

from bench.datenbank import empty_database, url_of_database
from bench.platz import Platz, Zaehler
from bench.tabelle import Messung
from budget.models import PersoenlichesBudget
from cases.models import LeistungsberechtigtePerson, Versand
from vorfuehrung.behoerde import create_behoerde, create_users
from werkzeug import orte
from werkzeug.dienste import running, wait_for
from werkzeug.starten import free_port, healthy

KLICKS, SEITEN, FELDER = 45, 40, 60
# Two parts of the way have a limit of their own: clicks from the first to the last station of each.
TEILE = (
    ("Vom Bedarf zum freigegebenen Gesamtplan", "Bedarf", "Freigabe des Gesamtplans", 15),
    ("Vom Gesamtplan zum freigegebenen Bescheid", "Bemessung", "Freigabe des Bescheids", 15),
)
PLANFELDER = 25
# What the person says herself: the wish in the talk, the two goals.
EIGENE_WORTE = 3

# What the talk has found stands in the plan without typing.
RESSOURCE = "Die Schwester hilft am Wochenende."
BEFUNDE = {
    "d6": {
        "beeintraechtigung": "Einkaufen, Kochen und Reinigen gelingen nur mit Anleitung.",
        "foerderfaktoren": RESSOURCE,
        "wunsch": "Ich möchte in meiner Wohnung bleiben.",
        "bedarf": "Anleitung im Haushalt, sechs Stunden in der Woche.",
    },
    "d5": {
        "beeintraechtigung": "Waschen und Anziehen gelingen morgens nur mit Hilfe.",
        "bedarf": "Hilfe an jedem Morgen.",
    },
}
INHALTE = {
    "verfahren_wirkungskontrolle": "Gespräch mit dem BEI_BW; die Wirkung wird nach sechs Monaten "
    "an den Kriterien der Ziele gemessen.",
    "aktivitaeten": "Herr Wegener führt den Haushalt mit Anleitung.",
    "wunsch_wahlrecht": "Eine pauschale Geldleistung wird nicht gewünscht.",
    "gutachten": "Gutachten des Gesundheitsamts vom Juli 2026.",
    "barmittel": "Über die Barmittel wurde beraten.",
    "krankenhausbegleitung": "Derzeit nicht erforderlich.",
    "einbeziehung_dienste": "Der Pflegedienst wurde auf Wunsch angehört.",
    "wunsch_wahlrecht_budget": "Herr Wegener möchte Zeiten und Personen selbst bestimmen.",
}
ZIELE = (
    {
        "lebensbereich": "d6",
        "text": "Ich führe meinen Haushalt selbst.",
        "kriterium": "Drei warme Mahlzeiten in der Woche mit höchstens einer Erinnerung.",
    },
    {
        "lebensbereich": "d5",
        "text": "Ich bin morgens rechtzeitig fertig.",
        "kriterium": "An sechs von sieben Tagen vor acht Uhr.",
    },
)
# By the number of the goal; what is not named follows from catalogue and Antrag.
LEISTUNGEN: dict[int, tuple[dict[str, str], ...]] = {
    1: (
        {"schluessel": "b_assistenz", "umfang": "6 Stunden in der Woche"},
        {"schluessel": "sh_grundsicherung", "umfang": "Leistungen zum Lebensunterhalt"},
    ),
    2: (
        {
            "traeger": "AOK Musterland – Pflegekasse",
            "schluessel": "pk_pflegesachleistung",
            "umfang": "Körperbezogene Pflege an jedem Morgen",
        },
    ),
}
# To each wish of the plan the Bescheid says what is done with it; that the budget is granted it
# says itself.
WUENSCHE = {
    "bedarf_d6": "Die Assistenz kommt in die Wohnung.",
    "inhalt_wunsch_wahlrecht": "Es wird keine pauschale Geldleistung bewilligt.",
    "inhalt_wunsch_wahlrecht_budget": "",
}
TEILBUDGETS = (
    ("stunden", {"stunden_1": "6", "satz_1": "42,50"}),
    (
        "individuell",
        {
            "betrag": "330,00",
            "nachweisart": "kein_nachweis",
            "abweichung_grund": "Bescheid der Grundsicherung vom 2. November 2026.",
        },
    ),
    ("gutschein", {"parameter_schluessel": "pflegesachleistung.grad2"}),
)


class Geschichte:
    """The story: Fallmanagement and Sachgebietsleitung, from the intake to the Bekanntgabe."""

    name = "Wegener"
    geboren = "04.05.1968"

    def __init__(self, fallmanagement: Platz, leitung: Platz, heute: date) -> None:
        self.fm, self.leitung, self.heute = fallmanagement, leitung, heute

    def stationen(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return the stations in their order."""
        return (
            ("Person und Antrag", self.aufnahme),
            ("Zuständigkeit", self.zustaendigkeit),
            ("Bedarf", self.bedarf),
            ("Gesamtplan", self.plan),
            ("Freigabe des Gesamtplans", self.freigabe_plan),
            ("Bemessung", self.budget),
            ("Zielvereinbarung", self.zielvereinbarung),
            ("Bescheid", self.bescheid),
            ("Freigabe des Bescheids", self.freigabe_bescheid),
            ("Versand und Bekanntgabe", self.versand),
        )

    def tag(self, tage: int = 0) -> str:
        """Return a day as it is typed."""
        return f"{self.heute + timedelta(days=tage):%d.%m.%Y}"

    @property
    def beginn(self) -> str:
        """Return the first of the next month."""
        naechster = (self.heute.replace(day=1) + timedelta(days=32)).replace(day=1)
        return f"{naechster:%d.%m.%Y}"

    def aufnahme(self) -> None:
        """Person and Antrag on one page; the Zuständigkeit is next."""
        p = self.fm
        p.click("Neuer Antrag")
        p.fill(nachname=self.name, vorname="Jonas")
        p.click("Person suchen")
        p.fill(
            anrede="herr",
            geburtsdatum=self.geboren,
            strasse="Lindenweg 12",
            plz="70999",
            ort="Musterau",
            telefon="07999 1234",
            behinderungsart="koerperlich",
            pflegegrad="grad_2",
            iban="DE89 3704 0044 0532 0130 00",
            eingang=self.tag(-3),
            begehren="Assistenz in der eigenen Wohnung als Persönliches Budget",
            persoenliches_budget=True,
        )
        p.send()

    def zustaendigkeit(self) -> None:
        """The guided check, then the finding."""
        p = self.fm
        p.click("Geführte Prüfung beginnen")
        p.fill(
            herkunft="erster",
            eilfall="nein",
            gruppen="b_soziale_teilhabe",
            vorrang="nein",
            bezug="nein",
            wohnform="ambulant",
            aufenthalt="hier",
        )
        p.send()
        p.send()

    def bedarf(self) -> None:
        """The talk and what it has shown, closed at once."""
        p = self.fm
        p.click("Bedarf ermitteln")
        p.fill(datum=self.tag())
        for code, befunde in BEFUNDE.items():
            p.unfold(f"{code}_bedarf")
            p.fill(**{f"{code}_{name}": text for name, text in befunde.items()})
        p.click("Abschließen und Gesamtplan anlegen")

    def plan(self) -> None:
        """Contents, goals with their Leistungen, handed in."""
        p = self.fm
        p.send()
        p.fill(**{f"inhalt_{name}": text for name, text in INHALTE.items()})
        p.click("Speichern und Ziel hinzufügen")
        for nummer, ziel in enumerate(ZIELE, 1):
            p.fill(**ziel)
            for leistung in LEISTUNGEN[nummer]:
                p.click("Speichern und Leistung hinzufügen")
                self._leistung(leistung)
            if nummer < len(ZIELE):
                p.click("Speichern und weiteres Ziel")
        p.click("Speichern und zur Vorlage")
        p.send()

    def freigabe_plan(self) -> None:
        """A second person releases the plan."""
        p = self.leitung
        p.click("Mein Tag", exact=True)
        p.click_row(self.name, "prüfen und freigeben")
        p.send()

    def budget(self) -> None:
        """Frame, one Teilbudget after the other, Bemessung closed."""
        p = self.fm
        p.click("Budget", exact=True)
        p.click("Persönliches Budget anlegen")
        p.fill(
            beginn=self.beginn,
            vergleichssumme="2.480,00",
            absprachen="Mit der Pflegekasse und der Person am Telefon abgestimmt.",
        )
        p.click("Speichern und Beträge festsetzen")
        for nummer, (art, werte) in enumerate(TEILBUDGETS, 1):
            p.fill(bemessungsart=art, **werte)
            if art == "gutschein":
                p.fill(stellungnahme_vom=self.tag())
            letztes = nummer == len(TEILBUDGETS)
            p.click(
                "Speichern und Bemessung abschließen"
                if letztes
                else "Speichern und nächstes Teilbudget"
            )

    def zielvereinbarung(self) -> None:
        """Draft, print, signatures."""
        p = self.fm
        p.click("Zielvereinbarung entwerfen")
        p.click("Speichern und zur Unterschrift ausfertigen")
        p.click("Unterschriften vermerken")
        p.fill(person_am=self.tag(), traeger_am=self.tag())
        p.click("Vermerken und Bescheid entwerfen")

    def bescheid(self) -> None:
        """Draft and hand in."""
        p = self.fm
        for wunsch, grund in WUENSCHE.items():
            p.fill(**{f"antwort_{wunsch}": "gefolgt", f"grund_{wunsch}": grund})
        p.click("Speichern und zur Vorlage")
        p.click("Zur Freigabe vorlegen")

    def freigabe_bescheid(self) -> None:
        """A second person releases the Bescheid."""
        p = self.leitung
        p.click("Mein Tag", exact=True)
        p.click_row(self.name, "Bescheid freigeben")
        p.click("Freigeben")

    def versand(self) -> None:
        """A letter; the day of posting gives the Bekanntgabe."""
        p = self.fm
        p.click("Mein Tag", exact=True)
        p.click_row(self.name, "Bescheid versenden")
        p.fill(weg="post", aufgabe_am=self.tag())
        p.send()
        if "/versand/" not in p.page.url:
            raise RuntimeError(f"{p.page.url}: {p.page.inner_text('main')[:800]}")

    def _leistung(self, leistung: dict[str, str]) -> None:
        p = self.fm
        if "traeger" in leistung:
            p.choose("leistungstraeger", leistung["traeger"])
        p.fill(
            katalogschluessel=leistung["schluessel"],
            umfang=leistung["umfang"],
            beginn=self.beginn,
        )


def recorded() -> list[str]:
    """Return which facts of the story are not on record; an empty list is what counts.

    A short way that loses something would please every limit.
    """
    person = LeistungsberechtigtePerson.objects.get(nachname=Geschichte.name)
    case = person.faelle.get()
    heute, antrag = timezone.localdate(), case.antraege.get()
    plan = case.gesamtplaene.get()
    budget = PersoenlichesBudget.objects.get(case=case)
    bescheid = budget.bescheide.get()
    versand = Versand.objects.get(schreiben__case=case, schreiben__art="bescheid")
    saetze = {
        "Anschrift": person.anschrift_am(heute).strasse == "Lindenweg 12",
        "Telefon": person.telefon == "07999 1234",
        "Bankverbindung": bool(person.iban_am(heute)),
        "Behinderungsart": person.behinderungsart == "koerperlich",
        "Pflegegrad": person.pflegeeinstufungen.get().stand == "grad_2",
        "Antrag": antrag.persoenliches_budget and (heute - antrag.eingang).days == 3,
        "Zuständigkeit": antrag.zustaendigkeitspruefung.antworten["wohnform"] == "ambulant",
        "Bedarf": case.bedarfsermittlungen.get().abgeschlossen_am == heute,
        "Ziele": plan.teilhabeziele.count() == len(ZIELE),
        "Leistungen": plan.leistungen.count() == len(TEILBUDGETS),
        "Wunsch": any(b.wunsch for b in case.bedarfsermittlungen.get().bedarfe.all()),
        "Ressource": any(RESSOURCE in i.text for i in plan.planinhalte.all()),
        "Inhalte": {i.text for i in plan.planinhalte.all()} >= set(INHALTE.values()),
        "Freigabe des Plans": plan.freigegeben_von_id not in (None, plan.erstellt_von_id),
        "Beträge": budget.summe() == Decimal("2231.00"),
        "Unterschriften": budget.zielvereinbarungen.get().unterzeichnet_person_am == heute,
        "Freigabe des Bescheids": bescheid.freigegeben_von_id
        not in (None, bescheid.erstellt_von_id),
        "Bekanntgabe": versand.bekanntgabe is not None and versand.aufgabe_am == heute,
    }
    return [name for name, steht in saetze.items() if not steht]


def play(adresse: str, password: str) -> Zaehler:
    """Play the story in a browser against a running program; return what it took."""
    zaehler = Zaehler()
    with sync_playwright() as tool:
        browser = tool.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox"],
        )
        plaetze = [Platz(browser.new_context().new_page(), zaehler) for _ in range(2)]
        for platz, username in zip(plaetze, ("fallmanager", "leitung"), strict=True):
            platz.log_in(adresse, username, password)
        for name, station in Geschichte(*plaetze, timezone.localdate()).stationen():
            station()
            zaehler.station(name)
        browser.close()
    return zaehler


@contextmanager
def _program() -> Iterator[tuple[str, str]]:
    """Start the application on a database of its own; yield its address and the password."""
    password = secrets.token_urlsafe(12)
    with empty_database("weg"):
        create_behoerde()
        create_users(password)
        host = f"127.0.0.1:{free_port(18_100)}"
        command = [str(orte.PYTHON), "-m", "gunicorn", "config.wsgi:application", "--bind", host]
        command += ["--threads", "4", "--no-control-socket"]
        env = {**os.environ, "DATABASE_URL": url_of_database()}
        with running("bench-weg", command, env=env, cwd=orte.PROJECT) as web:
            wait_for("bench-weg", web, lambda: healthy(host))
            yield f"http://{host}", password


def _parts(zaehler: Zaehler) -> Iterator[Messung]:
    namen = [name for name, *_ in zaehler.stationen]
    for titel, von, bis, grenze in TEILE:
        teil = zaehler.stationen[namen.index(von) : namen.index(bis) + 1]
        yield Messung(f"{titel} – Klicks", sum(klicks for _, klicks, *_ in teil), "", grenze)
        if von == "Bedarf":
            felder = sum(zahl for *_, zahl in teil) - EIGENE_WORTE
            yield Messung(f"{titel} – Felder außer eigenen Worten", felder, "", PLANFELDER)


def measure() -> Iterator[Messung]:
    """Play the story from an empty database; raise when a fact of it is missing afterwards."""
    with _program() as (adresse, password):
        zaehler = play(adresse, password)
        if fehlend := recorded():
            raise RuntimeError(f"Nicht festgehalten: {', '.join(fehlend)}")
        for name, klicks, seiten, felder in zaehler.stationen:
            yield Messung(f"{name} – Klicks, davon {seiten} Seiten, {felder} Felder", klicks, "")
        yield from _parts(zaehler)
        yield Messung("Der ganze Weg – Klicks", zaehler.klicks, "", KLICKS)
        yield Messung("Der ganze Weg – Seiten", zaehler.seiten, "", SEITEN)
        yield Messung("Der ganze Weg – ausgefüllte Felder", zaehler.felder, "", FELDER)
