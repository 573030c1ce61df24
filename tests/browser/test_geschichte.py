"""One case through all floors in the browser, as three people, to the mail in the mailbox.

Four parts, one after the other; what lies before a part is told through the services.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command

from budget.bescheid.schreiben.wunsch import wuensche_of
from budget.bescheid.services.wirksamkeit import begin_wirkungen
from cases.models import Case, Frist, Schreiben
from tests import uhr
from tests.browser.conftest import Seite
from tests.fabriken import make_fallmanager, make_leitung, make_team
from vorfuehrung.behoerde import create_behoerde
from vorfuehrung.geschichte import tell
from vorfuehrung.musterfall import EINGLIEDERUNGSHILFE, PFLEGEKASSE, STAND_B
from vorfuehrung.vorlage import Fallvorlage, Stand, Zeitplan

pytestmark = pytest.mark.django_db(transaction=True)


def fill(seite: Seite, werte: dict[str, Any]) -> None:
    """Fill fields by name: text, list, radio or box."""
    for name, wert in werte.items():
        feld = seite.page.locator(f"main [name='{name}']")
        art = feld.first.get_attribute("type")
        if feld.first.evaluate("e => e.tagName") == "SELECT":
            feld.select_option(label=wert) if not wert.startswith("=") else feld.select_option(
                wert[1:]
            )
        elif art == "radio":
            seite.page.locator(f"main [name='{name}'][value='{wert}']").check()
        elif art == "checkbox":
            feld.set_checked(bool(wert))
        else:
            feld.fill(str(wert))


def send(seite: Seite) -> None:
    """Press the main button of the form in the page."""
    seite.ohne_barrieren()
    seite.weiter(seite.page.locator("main form button.kern-btn--primary[type=submit]").first)
    fehler = seite.page.locator("main .fw-fehlerliste, main [aria-invalid=true]")
    assert fehler.count() == 0, seite.text()


def step(seite: Seite, path: str, werte: dict[str, Any] | None = None) -> None:
    """Open a form, fill it, send it."""
    assert seite.offen(path) == 200, path
    fill(seite, werte or {})
    send(seite)


class Erzaehlung:
    """The story so far: who sits where, and which case it is about."""

    def __init__(self, fallmanager: Seite, leitung: Seite, kollegin: Seite) -> None:
        self.fm, self.leitung, self.kollegin = fallmanager, leitung, kollegin
        self.heute = uhr.HEUTE
        self.fall = ""

    def tag(self, tage: int = 0) -> str:
        return f"{self.heute + timedelta(days=tage):%d.%m.%Y}"

    @property
    def case(self) -> Case:
        return Case.objects.get()

    def antrag(self) -> None:
        self.fm.offen("/antrag/neu/")
        fill(self.fm, {"nachname": "Mustermann", "vorname": "Max"})
        self.fm.klick("Person suchen")
        fill(
            self.fm,
            {
                "anrede": "Herr",
                "vorname": "Max",
                "nachname": "Mustermann",
                "geburtsdatum": "04.05.1968",
                "strasse": "Lindenweg 12",
                "plz": "70999",
                "ort": "Musterau",
                "email": "max.mustermann@post.example",
                "email_zugang": True,
                "eingang": self.tag(-3),
                "begehren": "Assistenz in der eigenen Wohnung",
                "persoenliches_budget": True,
            },
        )
        send(self.fm)
        self.fall = f"/faelle/{self.case.pk}"
        assert self.fm.page.url.endswith("/zustaendigkeit/")
        self.fm.offen(f"{self.fall}/")
        assert "Zuständigkeitsprüfung" in self.fm.text()
        self.fm.page.get_by_text("Warum dieses Datum?").first.click()
        assert "SGB X" in self.fm.text()

    def konto(self) -> None:
        step(
            self.fm,
            f"{self.fall}/person/bankverbindungen/neu/",
            {"iban": "DE89 3704 0044 0532 0130 00", "gueltig_ab": self.tag(-3)},
        )

    def zustaendigkeit(self) -> None:
        self.fm.offen(f"{self.fall}/zustaendigkeit/")
        self.fm.klick("Geführte Prüfung beginnen")
        antworten = {"herkunft": "erster", "eilfall": "nein", "gruppen": "b_soziale_teilhabe"}
        antworten |= {"vorrang": "nein", "bezug": "nein", "wohnform": "ambulant"}
        for name, wert in (antworten | {"aufenthalt": "hier"}).items():
            self.fm.page.locator(f"main [name='{name}'][value='{wert}']").check()
        send(self.fm)
        assert "Wir sind leistender Träger" in self.fm.text()
        assert "§ 98" in self.fm.page.input_value("main [name=begruendung]")
        send(self.fm)
        assert self.case.state == "zustaendig"

    def bedarf(self) -> None:
        felder = {
            f"{code}_{name}": text
            for code, texte in STAND_B.befunde.items()
            for name, text in zip(
                ("beeintraechtigung", "ressourcen", "wunsch", "bedarf"), texte, strict=True
            )
        }
        self.fm.offen(f"{self.fall}/bedarf/neu/")
        self.fm.page.evaluate(
            "document.querySelectorAll('main form details').forEach(d => d.open = true)"
        )
        fill(self.fm, {"datum": self.tag(), "instrument": "BEI_BW", **felder})
        send(self.fm)
        ermittlung = self.case.bedarfsermittlungen.get()
        step(self.fm, f"{self.fall}/bedarf/{ermittlung.pk}/abschliessen/")

    def plan(self) -> None:
        step(
            self.fm,
            f"{self.fall}/gesamtplan/neu/",
            {"anlass": "erste Planung", "datum": self.tag()},
        )
        plan = f"{self.fall}/gesamtplan/1"
        step(
            self.fm,
            f"{plan}/inhalte/",
            {f"inhalt_{key}": text for key, text in STAND_B.planinhalte.items()},
        )
        for ziel in STAND_B.ziele:
            werte = {
                "lebensbereich": "=" + ziel.lebensbereich,
                "text": ziel.text,
                "kriterium": ziel.kriterium,
                "bis": self.tag(365),
            }
            step(self.fm, f"{plan}/ziele/neu/", werte)
        self.leistungen(plan)
        step(self.fm, f"{plan}/vorlegen/")
        assert "eine zweite Person" in self.fm.text()

    def leistungen(self, plan: str) -> None:
        for traeger, schluessel, bezeichnung in (
            (EINGLIEDERUNGSHILFE, "b_assistenz", "Assistenzleistungen"),
            (PFLEGEKASSE, "pk_pflegesachleistung", "Pflegesachleistung im Pflegegrad 2"),
        ):
            self.fm.offen(f"{plan}/leistungen/neu/")
            self.fm.page.locator("main [name=teilhabeziel]").select_option(index=1)
            werte = {
                "leistungstraeger": traeger,
                "katalogschluessel": f"={schluessel}",
                "bezeichnung": bezeichnung,
                "leistungsform": "=persoenliches_budget",
                "umfang": "6 Stunden in der Woche",
                "beginn": f"{self.beginn:%d.%m.%Y}",
            }
            fill(self.fm, werte)
            send(self.fm)

    @property
    def beginn(self) -> Any:
        return (self.heute.replace(day=1) + timedelta(days=32)).replace(day=1)

    def plan_freigeben(self) -> None:
        path = f"{self.fall}/gesamtplan/1/freigeben/"
        assert self.fm.offen(path) == 403
        self.leitung.offen("/")
        assert self.case.aktenzeichen in self.leitung.text()
        step(self.leitung, path)
        assert self.case.gesamtplaene.get().state == "freigegeben"

    def budget(self) -> None:
        step(
            self.fm,
            f"{self.fall}/budget/neu/",
            {
                "beginn": f"{self.beginn:%d.%m.%Y}",
                "vergleichssumme": "2.480,00",
                "absprachen": "Mit allen abgestimmt.",
            },
        )
        assistenz, sicherung, pflege, hilfe = self.case.gesamtplaene.get().leistungen.order_by("id")
        path = f"{self.fall}/budget/teilbudget"
        step(
            self.fm,
            f"{path}/{assistenz.pk}/",
            {"bemessungsart": "stunden", "stunden_1": "6", "satz_1": "42,50"},
        )
        for leistung, betrag in ((sicherung, "330,00"), (hilfe, "413,00")):
            step(
                self.fm,
                f"{path}/{leistung.pk}/",
                {
                    "bemessungsart": "individuell",
                    "betrag": betrag,
                    "abweichung_grund": "Berechnung des Sozialamts vom Vortag.",
                },
            )
        step(
            self.fm,
            f"{path}/{pflege.pk}/",
            {
                "bemessungsart": "gutschein",
                "parameter_schluessel": "=pflegesachleistung.grad2",
                "stellungnahme_vom": self.tag(),
            },
        )
        self.fm.offen(f"{self.fall}/budget/")
        assert "2.644,00" in self.fm.text()
        self.fm.klick("Bemessung abschließen")

    def zielvereinbarung(self) -> None:
        self.fm.offen(f"{self.fall}/budget/")
        self.fm.ohne_barrieren()
        self.fm.klick("Zielvereinbarung entwerfen")
        self.fm.offen(f"{self.fall}/zielvereinbarung/")
        self.fm.ohne_barrieren()
        self.fm.klick("Zur Unterschrift ausfertigen")
        step(
            self.fm,
            f"{self.fall}/zielvereinbarung/unterschriften/",
            {"person_am": self.tag(), "traeger_am": self.tag()},
        )

    def bescheid(self) -> None:
        step(
            self.fm,
            f"{self.fall}/bescheid/neu/",
            {"begruendung": STAND_B.begruendung, **self._antworten()},
        )
        step(self.fm, f"{self.fall}/bescheid/vorlegen/")
        assert self.fm.offen(f"{self.fall}/bescheid/freigabe/") == 403
        step(self.leitung, f"{self.fall}/bescheid/freigabe/")
        assert self.leitung.offen(f"{self.fall}/bescheid/") == 200

    def _antworten(self) -> dict[str, str]:
        """Return an answer to each wish; the first is not followed."""
        wuensche = wuensche_of(self.case.persoenliche_budgets.get())
        antworten = {}
        for nummer, wunsch in enumerate(wuensche):
            antworten[f"antwort_{wunsch.schluessel}"] = "=gefolgt" if nummer else "=nicht"
            antworten[f"grund_{wunsch.schluessel}"] = "So ist es im Gesamtplan abgesprochen."
        assert antworten
        return antworten

    def versenden(self) -> None:
        schreiben = Schreiben.objects.get(art="bescheid")
        step(self.fm, f"{self.fall}/schreiben/{schreiben.pk}/versand/", {"weg": "elektronisch"})
        # Before that it can be called back.
        with time_machine.travel(uhr.JETZT + timedelta(minutes=settings.RUECKRUF_MINUTEN + 30)):
            call_command("abgleich")


@pytest.fixture
def erzaehle(neue_seite) -> Callable[..., Erzaehlung]:
    """Return how a part of the story begins: told so far, and these people at their screens."""
    create_behoerde()
    users = {
        "fallmanager": make_fallmanager(),
        "leitung": make_leitung(),
        "kollegin": make_fallmanager("kollegin", make_team("Team Süd")),
    }
    seiten = {name: neue_seite() for name in users}

    def begin(*wer: str, bis: Stand | None = None) -> Erzaehlung:
        e = Erzaehlung(**seiten)
        if bis is not None:
            fallmanager, leitung = users["fallmanager"], users["leitung"]
            g = tell(_vorlage(e), fallmanager=fallmanager, leitung=leitung, bis=bis)
            e.fall = f"/faelle/{g.case.pk}"
        for name in wer:
            seiten[name].anmelden(name)
        return e

    return begin


def _vorlage(e: Erzaehlung) -> Fallvorlage:
    """The model case of these days: everything happens today, only the Antrag came before."""
    tage = dict.fromkeys(Zeitplan.__annotations__, e.heute) | {
        "eingang": e.heute - timedelta(days=3),
        "beginn": e.beginn,
        "ende": None,
    }
    person = replace(STAND_B.person, email="max.mustermann@post.example")
    return replace(STAND_B, person=person, zeit=Zeitplan(**tage))


def _nothing_in_the_console(*seiten: Seite) -> None:
    # The browser itself notes the answers 403; nothing else may stand in its console.
    assert [m for s in seiten for m in s.meldungen if "403" not in m] == []


def test_from_the_application_to_the_assessed_need(erzaehle):
    e = erzaehle("fallmanager")
    for teil in (e.antrag, e.konto, e.zustaendigkeit, e.bedarf):
        teil()
    assert e.case.state == "bedarf_ermittelt"
    _nothing_in_the_console(e.fm)


def test_from_the_need_to_the_released_plan(erzaehle):
    e = erzaehle("fallmanager", "leitung", bis=Stand.BEDARF)
    e.plan()
    e.plan_freigeben()
    _nothing_in_the_console(e.fm, e.leitung)


def test_from_the_plan_to_the_signed_zielvereinbarung(erzaehle):
    e = erzaehle("fallmanager", bis=Stand.PLAN_FREI)
    e.budget()
    e.zielvereinbarung()
    _nothing_in_the_console(e.fm)


def test_from_the_zielvereinbarung_to_the_mail_in_the_mailbox(erzaehle, postfach):
    e = erzaehle("fallmanager", "leitung", "kollegin", bis=Stand.VEREINBART)
    e.bescheid()
    e.versenden()
    bescheid = Schreiben.objects.get(art="bescheid")
    pdf, *anlagen = [teil.get_content() for teil in postfach.mails[0].iter_attachments()]
    assert postfach.empfaenger == [["max.mustermann@post.example"]]
    assert hashlib.sha256(pdf).hexdigest() == bescheid.pdf_sha256
    assert [hashlib.sha256(anlage).hexdigest() for anlage in anlagen] == [
        Schreiben.objects.get(art=art).pdf_sha256 for art in ("zielvereinbarung", "gesamtplan")
    ]
    assert "Mustermann" not in postfach.mails[0]["Subject"]
    assert e.kollegin.offen(f"{e.fall}/") == 404
    # § 39 Abs. 1 SGB X: in effect on the fourth day, as the daily run finds.
    assert e.case.state == "geplant"
    begin_wirkungen(tag=bescheid.versand_liste.get().bekanntgabe)
    e.fm.offen(f"{e.fall}/fristen/")
    e.fm.ohne_barrieren()
    e.fm.passt_in(320)
    regeln = set(Frist.objects.values_list("regel", flat=True))
    assert regeln >= {"F01", "F04", "F30", "F31", "F34", "F35", "F51"}
    assert e.case.state == "leistung_laeuft"
    _nothing_in_the_console(e.fm, e.leitung)
