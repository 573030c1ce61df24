"""One case through all floors in the browser, as three people, to the mail in the mailbox."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from cases.models import Case, Frist, Schreiben
from tests import uhr
from tests.browser.conftest import Seite
from tests.fabriken import make_fallmanager, make_leitung, make_team
from vorfuehrung.behoerde import create_behoerde
from vorfuehrung.musterfall import EINGLIEDERUNGSHILFE, PFLEGEKASSE, STAND_B

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
        self.fm.klick("Antrag einer neuen Person")
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
        for antworten in (
            {"herkunft": "erster", "eilfall": "nein", "gruppen": "b_soziale_teilhabe"},
            {"vorrang": "nein", "bezug": "nein"},
            {"wohnform": "ambulant"},
            {"aufenthalt": "hier"},
        ):
            for name, wert in antworten.items():
                self.fm.page.locator(f"main [name='{name}'][value='{wert}']").check()
            send(self.fm)
        assert "Wir sind leistender Träger" in self.fm.text()
        assert "§ 98" in self.fm.page.input_value("main [name=begruendung]")
        send(self.fm)
        assert self.case.state == "zustaendig"

    def bedarf(self) -> None:
        step(
            self.fm,
            f"{self.fall}/bedarf/neu/",
            {"datum": self.tag(), "instrument": "BEI_BW", "beteiligte": "Herr Mustermann"},
        )
        ermittlung = self.case.bedarfsermittlungen.get()
        felder = {
            f"{code}_{name}": text
            for code, texte in STAND_B.befunde.items()
            for name, text in zip(
                ("beeintraechtigung", "ressourcen", "wunsch", "bedarf"), texte, strict=True
            )
        }
        self.fm.offen(f"{self.fall}/bedarf/{ermittlung.pk}/bearbeiten/")
        self.fm.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        fill(self.fm, felder)
        send(self.fm)
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
        for traeger, bezeichnung, norm in (
            (EINGLIEDERUNGSHILFE, "Assistenzleistungen", "§ 113 Abs. 2 Nr. 2, § 78 SGB IX"),
            (PFLEGEKASSE, "Pflegesachleistung im Pflegegrad 2", "§ 36 SGB XI"),
        ):
            self.fm.offen(f"{plan}/leistungen/neu/")
            self.fm.page.locator("main [name=teilhabeziel]").select_option(index=1)
            werte = {
                "leistungstraeger": traeger,
                "bezeichnung": bezeichnung,
                "norm": norm,
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
            {"beginn": f"{self.beginn:%d.%m.%Y}", "vergleichssumme": "2.400,00"},
        )
        assistenz, pflege = self.case.gesamtplaene.get().leistungen.order_by("id")
        path = f"{self.fall}/budget/teilbudget"
        step(
            self.fm,
            f"{path}/{assistenz.pk}/",
            {"bemessungsart": "individuell", "betrag": "1.105,00"},
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
        assert "1.901,00" in self.fm.text()
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
            {"person_am": self.tag(), "person_durch": "Max Mustermann", "traeger_am": self.tag()},
        )

    def bescheid(self) -> None:
        step(self.fm, f"{self.fall}/bescheid/neu/", {"begruendung": STAND_B.begruendung})
        step(self.fm, f"{self.fall}/bescheid/vorlegen/")
        assert self.fm.offen(f"{self.fall}/bescheid/freigabe/") == 403
        step(self.leitung, f"{self.fall}/bescheid/freigabe/")
        assert self.leitung.offen(f"{self.fall}/bescheid/") == 200

    def versenden(self) -> None:
        schreiben = Schreiben.objects.get(art="bescheid")
        step(self.fm, f"{self.fall}/schreiben/{schreiben.pk}/versand/", {"weg": "elektronisch"})
        call_command("abgleich")


@pytest.fixture
def erzaehlung(neue_seite):
    create_behoerde()
    make_fallmanager()
    make_leitung()
    make_fallmanager("kollegin", make_team("Team Süd"))
    seiten = []
    for name in ("fallmanager", "leitung", "kollegin"):
        seite = neue_seite()
        seite.anmelden(name)
        seiten.append(seite)
    return Erzaehlung(*seiten)


def test_from_the_application_to_the_mail_in_the_mailbox(erzaehlung, postfach):
    e = erzaehlung
    for teil in (e.antrag, e.konto, e.zustaendigkeit, e.bedarf, e.plan):
        teil()
    for teil in (e.plan_freigeben, e.budget, e.zielvereinbarung, e.bescheid, e.versenden):
        teil()
    bescheid = Schreiben.objects.get(art="bescheid")
    pdf, *anlagen = [teil.get_content() for teil in postfach.mails[0].iter_attachments()]
    assert postfach.empfaenger == [["max.mustermann@post.example"]]
    assert hashlib.sha256(pdf).hexdigest() == bescheid.pdf_sha256
    assert [hashlib.sha256(anlage).hexdigest() for anlage in anlagen] == [
        Schreiben.objects.get(art=art).pdf_sha256 for art in ("zielvereinbarung", "gesamtplan")
    ]
    assert "Mustermann" not in postfach.mails[0]["Subject"]
    assert e.kollegin.offen(f"{e.fall}/") == 404
    e.fm.offen(f"{e.fall}/fristen/")
    e.fm.ohne_barrieren()
    e.fm.passt_in(320)
    regeln = set(Frist.objects.values_list("regel", flat=True))
    assert regeln >= {"F01", "F04", "F30", "F31", "F34", "F35", "F51"}
    assert e.case.state == "leistung_laeuft"
    # The browser itself notes the two answers 403; nothing else may stand in its console.
    assert [m for s in (e.fm, e.leitung) for m in s.meldungen if "403" not in m] == []
    assert len(e.fm.gesehen) >= 20
