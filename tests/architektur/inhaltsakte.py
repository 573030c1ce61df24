"""A case full of canaries: words that occur nowhere else, one for each kind of content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import islice, product
from typing import Any

import pikepdf
import pypdfium2
from django.test import Client
from django.urls import URLPattern, reverse

from cases.dateien.annahme import accept
from cases.dateien.grenzen import Grenzen
from cases.fall.services.notfallzugriff import open_notfallzugriff
from cases.fall.services.vermerk import Vermerkangaben, record_vermerk
from cases.models import (
    Abwesenheit,
    Anschrift,
    Auskunftssperre,
    Bankverbindung,
    Case,
    Schreiben,
    Schwerbehinderung,
    User,
    Vertretungsverhaeltnis,
    Zuweisung,
)
from cases.registry.routen import FALL, ROUTES
from cases.schreiben.services import druckstapel, versand
from cases.states.inhalt import TABELLE, Inhalt, Stufe
from cases.states.rolle import Rolle
from cases.states.zugang import Zugriffsgrund
from cases.unterlage.services.unterlage import Unterlagenangaben, file_unterlagen
from tests import fabriken, uhr
from tests.architektur.inhaltsorte import GERICHTSORT, UMZUG, add_orte
from tests.architektur.test_adressen import own_patterns
from tests.budget import fabriken as budget
from tests.cases.schreiben.serie.proben import make_serie, work

NAME = "Xanthippowski"
STRASSE = "Kanarienweg"
IBAN = "DE02500105170137075030"
WORTE: dict[Inhalt, tuple[str, ...]] = {
    Inhalt.PERSON: (NAME,),
    Inhalt.VERTRETUNG: ("Vogtländerin",),
    Inhalt.GESUNDHEIT: ("GdB 80",),
    Inhalt.ANSCHRIFT: (STRASSE, GERICHTSORT, UMZUG),
    Inhalt.BEMERKUNG: ("Kanariengrund", "Kanarienbemerkung"),
    Inhalt.NUMMERN: ("65170885J003",),
    Inhalt.KONTO: (IBAN, "5030"),
    Inhalt.BETRAEGE: ("1.077,43", "1077.43", "1077,43", "347,29", "347.29"),
    Inhalt.PLAN: ("Drei warme Mahlzeiten",),
    Inhalt.VERMERK: ("Kanarienvermerk",),
    Inhalt.UNTERLAGE_FACHLICH: ("Kanariengutachten", "kanarienfachlich"),
    Inhalt.UNTERLAGE_GELD: ("Kanariennachweis", "kanariengeld"),
    Inhalt.UNTERLAGE: ("Kanarienausweis", "kanariensonst"),
}
# Words that are searched for, with what finds them: a hit tells as much as the content itself.
SUCHWORTE: dict[str, Inhalt] = {
    STRASSE: Inhalt.ANSCHRIFT,
    IBAN: Inhalt.KONTO,
    "5030": Inhalt.KONTO,
    "1.077,43": Inhalt.BETRAEGE,
    "kanarienfachlich": Inhalt.UNTERLAGE_FACHLICH,
    "kanariengeld": Inhalt.UNTERLAGE_GELD,
    "kanariensonst": Inhalt.UNTERLAGE,
}


@dataclass
class Inhaltsakte:
    """The case and the numbers that its addresses are made of."""

    case: Case
    fallmanager: User
    leitung: User
    werte: dict[str, list[Any]] = field(default_factory=dict)


def make_inhaltsakte() -> Inhaltsakte:
    """Return a case with plan, budget, letters, papers and notes, each with its canary."""
    akte = budget.make_akte(budget.B)
    person = akte.case.leistungsberechtigte_person
    type(person).objects.filter(pk=person.pk).update(
        nachname=NAME, rentenversicherungsnummer="65170885J003"
    )
    person.refresh_from_db()
    Anschrift.objects.filter(leistungsberechtigte_person=person).update(strasse=f"{STRASSE} 7")
    Bankverbindung.objects.filter(leistungsberechtigte_person=person).delete()
    Bankverbindung.objects.create(
        leistungsberechtigte_person=person,
        iban=IBAN,
        iban_ende=IBAN[-4:],
        kontoinhaber="Emil",
        gueltig_ab=date(2000, 1, 1),
    )
    Schwerbehinderung.objects.create(
        leistungsberechtigte_person=person,
        gdb=80,
        merkzeichen=["TBl"],
        gueltig_ab=date(2000, 1, 1),
    )
    # Parents who live with the person: their address is hers.
    Vertretungsverhaeltnis.objects.create(
        leistungsberechtigte_person=person,
        art="vollmacht",
        vorname="Vera",
        nachname="Vogtländerin",
        strasse=f"{STRASSE} 7",
        plz="70999",
        ort="Musterau",
        aufgabenkreise=["vermoegen"],
        gericht=f"Amtsgericht {GERICHTSORT}",
        bemerkung="Kanarienbemerkung",
        gueltig_ab=date(2000, 1, 1),
    )
    _budget(akte)
    rest = Inhaltsakte(akte.case, akte.fallmanager, akte.leitung)
    rest.werte |= add_orte(akte)
    _papiere(rest)
    _briefe(rest)
    rest.werte |= {
        "version": [1],
        "ermittlung": [akte.plan.bedarfsermittlung_id],
        "leistung": [row.pk for row in akte.leistungen.values()],
        "nummer": [1, 2],
        "antrag": [row.pk for row in akte.case.antraege.all()],
        "frist": [row.pk for row in akte.case.fristen.all()[:1]],
        "angabe": [person.anschriften.get().pk],
        "akte": [akte.case.pk],
        "person": [akte.fallmanager.pk],
    }
    return rest


def _budget(akte: budget.Akte) -> None:
    budget.start(akte)
    grund = "Die Freizeitbegleitung übernimmt der Verein."
    betrag = Decimal("1077.43")
    budget.teil(akte, "teilhabe", "individuell", betrag=betrag, abweichung_grund=grund)
    budget.teil(
        akte, "grundsicherung", "individuell", betrag=Decimal("347.29"), abweichung_grund=grund
    )
    budget.teil(
        akte,
        "pflegekasse",
        "gutschein",
        parameter_schluessel="pflegesachleistung.grad2",
        stellungnahme_vom=akte.tage.plan,
    )
    budget.teil(akte, "pflege", "individuell", betrag=Decimal("413.00"), abweichung_grund=grund)
    for step in budget._STEPS:
        step(akte)


def _papiere(rest: Inhaltsakte) -> None:
    unterlagen = []
    for art, titel, text in (
        ("gutachten", "Kanariengutachten", "kanarienfachlich"),
        ("nachweis", "Kanariennachweis", "kanariengeld"),
        ("ausweis", "Kanarienausweis", f"kanariensonst {STRASSE}"),
    ):
        unterlagen += file_unterlagen(
            case=rest.case,
            dateien=[accept(text.encode(), f"{art}.txt", grenzen=Grenzen())],
            angaben=Unterlagenangaben(
                art=art, titel=titel, datum=uhr.HEUTE, eingegangen_am=uhr.HEUTE
            ),
            by=rest.fallmanager,
            zeitpunkt=uhr.JETZT,
        )
    vermerk = record_vermerk(
        case=rest.case,
        angaben=Vermerkangaben(
            art="telefonat", am=uhr.HEUTE, uhrzeit=None, beteiligte="", text="Kanarienvermerk"
        ),
        by=rest.fallmanager,
        zeitpunkt=uhr.JETZT,
    )
    rest.werte |= {"unterlage": [row.pk for row in unterlagen], "vermerk": [vermerk.pk]}


def _briefe(rest: Inhaltsakte) -> None:
    briefe = Schreiben.objects.filter(case=rest.case).exclude(art="gesamtplan")
    wege = {
        row.art: versand.send(schreiben=row, weg="post", by=rest.fallmanager, tag=uhr.HEUTE)
        for row in briefe
        if row.art in {"bescheid", "zielvereinbarung"}
    }
    # One of them is in a batch, the other waits.
    stapel = druckstapel.create_druckstapel(
        versand_ids=[wege["bescheid"].pk], by=rest.fallmanager, tag=uhr.HEUTE
    )
    rest.werte |= {
        "schreiben": [row.pk for row in briefe],
        "versand": [row.pk for row in wege.values()],
        "stapel": [stapel.pk],
    }
    serie = work(make_serie(rest.fallmanager, [rest.case]))
    rest.werte |= {"serie": [serie.pk], "brief": [serie.briefe.get().pk]}


def lock(rest: Inhaltsakte) -> None:
    """Set an Auskunftssperre for the person."""
    Auskunftssperre.objects.create(
        leistungsberechtigte_person=rest.case.leistungsberechtigte_person,
        art="auskunftssperre",
        grund="Kanariengrund",
        gueltig_ab=date(2026, 1, 1),
    )


@dataclass(frozen=True)
class Leserin:
    """Somebody with a role who sees the case on one ground, or on none."""

    user: User
    rolle: Rolle
    grund: str


_G = Zugriffsgrund
PAARE: tuple[tuple[Rolle, str], ...] = (
    (Rolle.FALLMANAGEMENT, _G.ZUSTAENDIG),
    (Rolle.FALLMANAGEMENT, _G.ZUWEISUNG),
    (Rolle.FALLMANAGEMENT, _G.VERTRETUNG),
    (Rolle.FALLMANAGEMENT, _G.TEAM),
    (Rolle.FALLMANAGEMENT, _G.NOTFALL),
    (Rolle.FALLMANAGEMENT, ""),
    (Rolle.LEITUNG, _G.LEITUNG),
    (Rolle.LEITUNG, _G.VERTRETUNG),
    (Rolle.LEITUNG, _G.NOTFALL),
    (Rolle.LEITUNG, ""),
    (Rolle.FACHDIENST, _G.ZUWEISUNG),
    (Rolle.FACHDIENST, _G.VERTRETUNG),
    (Rolle.FACHDIENST, _G.NOTFALL),
    (Rolle.FACHDIENST, ""),
    (Rolle.REVISION, _G.REVISION),
    (Rolle.KASSE, _G.ZAHLUNG),
    (Rolle.DATENSCHUTZ, ""),
    (Rolle.FACHADMINISTRATION, ""),
    (Rolle.BERECHTIGUNG, ""),
)


def make_leserin(rest: Inhaltsakte, nummer: int, rolle: Rolle, grund: str) -> Leserin:
    """Return somebody who sees the case on exactly this ground."""
    if grund == _G.ZUSTAENDIG:
        return Leserin(rest.fallmanager, rolle, grund)
    if grund == _G.LEITUNG:
        return Leserin(rest.leitung, rolle, grund)
    eigenes = rest.case.team if grund == _G.TEAM else fabriken.make_team(f"Team {nummer}")
    user = fabriken.make_user(f"leserin{nummer}", rolle, eigenes, leitet=rolle == Rolle.LEITUNG)
    if grund == _G.ZUWEISUNG:
        _assign(rest, user, rolle)
    elif grund == _G.VERTRETUNG:
        _stand_in(rest, nummer, user, rolle)
    elif grund == _G.NOTFALL:
        open_notfallzugriff(
            aktenzeichen=rest.case.aktenzeichen,
            grund="Klinik ruft an, Entlassung steht heute an",
            by=user,
            zeitpunkt=uhr.JETZT,
        )
    return Leserin(user, rolle, grund)


def _assign(rest: Inhaltsakte, user: User, rolle: Rolle) -> None:
    Zuweisung.objects.create(
        case=rest.case, user=user, rolle=rolle, von=uhr.HEUTE - timedelta(days=1), grund="Mitarbeit"
    )


def _stand_in(rest: Inhaltsakte, nummer: int, user: User, rolle: Rolle) -> None:
    if rolle == Rolle.LEITUNG:
        fort = rest.leitung
    elif rolle == Rolle.FACHDIENST:
        fort = fabriken.make_user(f"fort{nummer}", rolle, fabriken.make_team(f"Team F{nummer}"))
        _assign(rest, fort, rolle)
    else:
        fort = rest.fallmanager
    Abwesenheit.objects.create(
        user=fort,
        vertretung=user,
        von=uhr.HEUTE,
        bis=uhr.HEUTE + timedelta(days=5),
        eingetragen_von=fort,
    )


def urls_of(rest: Inhaltsakte, pattern: URLPattern) -> Iterator[str]:
    """Return the addresses of a page for this case: one for each row that it can show."""
    name = pattern.name or ""
    texte: dict[str, list[Any]] = {
        "art": ["xlsx"]
        if name.endswith("_tabelle")
        else ["anschriften", "bankverbindungen"]
        if name.startswith("angabe")
        else ["antragsformular", "einwilligung_vordruck", "leseauskunft"],
    }
    teile = []
    for arg in pattern.pattern.converters:
        werte = [rest.case.pk] if arg == "fall" else texte.get(arg) or rest.werte.get(arg, [1])
        teile.append([(arg, wert) for wert in werte])
    for wahl in product(*teile):
        yield reverse(name, kwargs=dict(wahl))


# Pages that only write or lead on: what they carry stands on the page they belong to.
_OHNE_SICHT = frozenset({"entwurf_sichern", "entwurf_verwerfen", "sitzung_verlaengern"})


def visits(rest: Inhaltsakte, leserin: Leserin) -> Iterator[tuple[str, str, Any]]:
    """Return (exit, word, answer) for every page of the role and every search with a canary.

    Who sees everything on several grounds is walked once; the others look at what they read.
    """
    client = Client()
    client.force_login(leserin.user)
    alles = leserin.grund and all(
        stufe == Stufe.VOLL for stufe in TABELLE[leserin.rolle, leserin.grund].values()
    )
    for pattern in own_patterns():
        row = ROUTES[pattern.name or ""]
        if leserin.rolle not in row.rollen or row.name in _OHNE_SICHT:
            continue
        if alles and leserin.grund != _G.ZUSTAENDIG and row.name not in _STICHPROBE:
            continue
        urls = urls_of(rest, pattern)
        if row.objekt == FALL and not leserin.grund:
            urls = islice(urls, 1)
        elif leserin.grund == _G.NOTFALL:
            # The second row of a page is closed by the same rule as the first.
            urls = islice(urls, 2)
        for url in urls:
            yield row.name, "", client.get(url)
    for wort in SUCHWORTE:
        yield from _searches(rest, client, leserin, wort)


_STICHPROBE = frozenset({"fall", "fall_person", "schreiben_pdf", "fall_chronik"})


def _searches(
    rest: Inhaltsakte, client: Client, leserin: Leserin, wort: str
) -> Iterator[tuple[str, str, Any]]:
    if leserin.rolle not in ROUTES["suche"].rollen:
        return
    ziele = [("suche", "suchtext", []), ("unterlagen_suche", "suchtext", [])]
    if leserin.grund and leserin.grund != _G.NOTFALL:
        fall = [rest.case.pk]
        ziele += [("chronik_suche", "text", fall), ("unterlagen_suche_fall", "suchtext", fall)]
    for name, feld, args in ziele:
        url = reverse(name, args=args)
        yield name, wort, client.post(url, {feld: wort}, follow=True)


def text_of(response: Any) -> str:
    """Return everything that an answer carries, in words: page, PDF with its files, table."""
    daten = response.getvalue() if response.streaming else response.content
    art = response.headers.get("Content-Type", "")
    # The length of an answer may hold any four digits.
    zeilen = response.headers.items()
    kopf = "\n".join(f"{k}: {v}" for k, v in zeilen if k != "Content-Length")
    if daten.startswith(b"%PDF"):
        return kopf + _pdf_text(daten)
    if daten.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(daten)) as mappe:
            return kopf + "\n".join(
                mappe.read(n).decode(errors="replace") for n in mappe.namelist()
            )
    return f"{kopf}\n{art}\n{daten.decode(errors='replace')}"


@cache
def _pdf_text(daten: bytes) -> str:
    with pypdfium2.PdfDocument(daten) as pdf:
        seiten = [seite.get_textpage().get_text_bounded() for seite in pdf]
    with pikepdf.open(io.BytesIO(daten)) as pdf:
        seiten += [
            anlage.get_file().read_bytes().decode(errors="replace")
            for anlage in pdf.attachments.values()
        ]
        seiten.append(str(pdf.docinfo))
    return "\n".join(seiten)
