"""A file as an old system writes it: learned, words said once, days offered, re-work, take-back."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from openpyxl import Workbook

from cases.austausch.queries.nacharbeit import progress_of
from cases.austausch.queries.woerter import open_words
from cases.austausch.services import austausch, bestandsfall
from cases.frist.services.wiedervorlage import end_wiedervorlage
from cases.models import Case, Importprofil, Importstapel, LeistungsberechtigtePerson, Wiedervorlage
from cases.person.services.person import update_person
from cases.states.tafel import SchrittUnzulaessig
from tests import uhr
from tests.cases.austausch.bausteine import as_csv, finish, make_stapel, upload, zeile
from tests.cases.austausch.test_lesart import ALT
from tests.cases.austausch.test_uebernahme import faults, post, take_over
from tests.cases.verzeichnis.bausteine import make_admin
from tests.fabriken import make_fall, make_person

pytestmark = pytest.mark.django_db


def say(client, stapel: Importstapel, **woerter: str) -> Importstapel:
    """Choose a meaning for unknown words, by word."""
    felder = {
        f"wort_{nummer}": woerter[wort.strip(".").lower()]
        for nummer, (_, wort, _) in enumerate(open_words(stapel))
        if wort.strip(".").lower() in woerter
    }
    antwort = post(client, "importstapel_woerter", stapel, **felder)
    assert antwort.status_code == 302, antwort.context["form"].errors
    return finish(stapel)


def test_words_are_said_once_and_the_next_file_knows_them(client, leitung, fallmanager):
    rows = [
        zeile(zustand="lfd."),
        zeile(aktenzeichen="ALT-2", zustand="lfd.", fallmanagement="Alt, Klara"),
        zeile(aktenzeichen="ALT-3", zustand="unklar"),
    ]
    stapel = make_stapel(client, leitung, *rows)
    assert [tuple(w) for w in open_words(stapel)] == [
        ("zustand", "lfd.", 2),
        ("fallmanagement", "Alt, Klara", 1),
        ("zustand", "unklar", 1),
    ]
    gewaehlt = {"lfd": "leistung_laeuft", "alt, klara": fallmanager.username}
    stapel = say(client, stapel, **gewaehlt)
    assert list(faults(stapel)) == [4]
    assert [wort for _, wort, _ in open_words(stapel)] == ["unklar"]
    naechster = make_stapel(client, leitung, zeile(aktenzeichen="ALT-9", zustand="LFD."))
    assert naechster.zeilen.get().state == "gueltig"


def test_saying_words_keeps_what_was_decided_about_persons(client, leitung, fallmanager):
    make_fall(fallmanager, person=make_person("Altbestand", vorname="Erika"))
    rows = [zeile(), zeile(aktenzeichen="ALT-2", nachname="Ganzanders", zustand="lfd.")]
    stapel = make_stapel(client, leitung, *rows)
    eins = stapel.zeilen.get(nummer=2)
    post(client, "importstapel_entscheiden", stapel, **{f"zeile_{eins.pk}": "neu"})
    stapel = say(client, stapel, lfd="leistung_laeuft")
    eins.refresh_from_db()
    assert eins.entscheidung == "neu"
    assert stapel.zeilen.get(nummer=3).state == "gueltig"


def test_saying_words_keeps_that_two_rows_are_one_person(client, leitung, fallmanager):
    rows = [
        zeile(),
        zeile(aktenzeichen="ALT-2", strasse="Anderer Weg 2"),
        zeile(aktenzeichen="ALT-3", vorname="Zora", nachname="Ganzanders", zustand="lfd."),
    ]
    stapel = make_stapel(client, leitung, *rows)
    zwei = stapel.zeilen.get(nummer=3)
    assert zwei.entscheidung == "offen"
    post(client, "importstapel_entscheiden", stapel, **{f"zeile_{zwei.pk}": "zeile:2"})
    stapel = say(client, stapel, lfd="leistung_laeuft")
    zwei.refresh_from_db()
    assert (zwei.entscheidung, zwei.wie_zeile) == ("zeile", 2)
    drei = stapel.zeilen.get(nummer=4)
    assert drei.entscheidung in ("neu", "offen")
    stapel.zeilen.filter(pk=drei.pk).update(entscheidung="neu")
    take_over(client, stapel)
    assert (Case.objects.count(), LeistungsberechtigtePerson.objects.count()) == (3, 2)


def test_running_cases_without_a_day_are_counted_and_get_the_offered_one(
    client, leitung, fallmanager
):
    rows = [
        zeile(),
        zeile(aktenzeichen="ALT-2", vorname="Zora", nachname="Anders", geburtsdatum="02.02.1950"),
        zeile(aktenzeichen="ALT-3", vorname="Udo", nachname="Weiter", zustand="zuständig"),
    ]
    stapel = make_stapel(client, leitung, *rows)
    assert stapel.summen["geprueft"]["ohne_tag"] == 2
    ab, bis = stapel.vorlage_ab, stapel.vorlage_bis
    assert ab == uhr.HEUTE + timedelta(days=28)
    seite = client.get(reverse("importstapel", args=[stapel.pk])).text
    assert "2 laufende Fälle haben in der Datei weder Frist noch Wiedervorlage" in seite
    take_over(client, stapel)
    tage = list(Wiedervorlage.objects.order_by("am").values_list("am", flat=True))
    assert len(tage) == 2
    assert all(ab <= tag <= bis + timedelta(days=2) and tag.weekday() < 5 for tag in tage)


def test_offered_days_are_changed_or_refused(client, leitung, fallmanager):
    stapel = make_stapel(client, leitung, zeile())
    tag = uhr.HEUTE + timedelta(days=7)
    daten = {"ab": tag, "bis": tag, "by": leitung, "tag": uhr.HEUTE}
    assert austausch.set_vorlage(stapel=stapel, **daten).vorlage_ab == tag
    with pytest.raises(SchrittUnzulaessig, match="vor heute"):
        austausch.set_vorlage(stapel=stapel, **{**daten, "ab": uhr.HEUTE - timedelta(days=1)})
    assert austausch.set_vorlage(stapel=stapel, **{**daten, "ab": None}).vorlage_bis is None
    take_over(client, stapel)
    assert Wiedervorlage.objects.count() == 0


def test_rework_list_counts_down(client, leitung, fallmanager):
    stapel = take_over(client, make_stapel(client, leitung, zeile(behinderungsart="")))
    assert (progress_of(stapel).alle, progress_of(stapel).offen) == (1, 1)
    seite = client.get(reverse("importstapel_nacharbeit", args=[stapel.pk])).text
    assert "Durchsicht nach der Übernahme steht noch aus" in seite
    assert "Behinderungsart ist nicht festgestellt" in seite
    vorlage = Wiedervorlage.objects.get()
    end_wiedervorlage(wiedervorlage=vorlage, by=fallmanager, tag=uhr.HEUTE)
    werte = {"behinderungsart": "seelisch"}
    update_person(case=vorlage.case, werte=werte, by=fallmanager, tag=uhr.HEUTE)
    seite = client.get(reverse("importstapel_nacharbeit", args=[stapel.pk])).text
    # Nothing reminds of it any more: that is a point of its own.
    assert "weder Frist noch Wiedervorlage" in seite


def take_to_known(client, leitung, fallmanager, **felder: str):
    """Take over one row whose person is there already; return the batch and the person."""
    person = make_person("Altbestand", vorname="Erika", telefon="", email="")
    make_fall(fallmanager, person=person)
    stapel = make_stapel(client, leitung, zeile(plz="70999", anrede="Herr", iban="", **felder))
    row = stapel.zeilen.get()
    wahl = {f"zeile_{row.pk}": f"vorhanden:{person.pk}", f"angaben_{row.pk}": ["anschrift"]}
    client.post(reverse("importstapel_entscheiden", args=[stapel.pk]), wahl)
    return take_over(client, stapel), LeistungsberechtigtePerson.objects.get(pk=person.pk)


def test_take_back_removes_facts_that_the_import_has_added(client, leitung, fallmanager):
    stapel, person = take_to_known(
        client, leitung, fallmanager, telefon="07999 4711", strasse="Neuer Weg 9"
    )
    assert person.telefon == "07999 4711"
    assert person.anschrift_am(uhr.HEUTE).strasse == "Neuer Weg 9"
    post(client, "importstapel_zuruecknehmen", stapel)
    stapel = finish(stapel)
    person = LeistungsberechtigtePerson.objects.get(pk=person.pk)
    assert (stapel.state, person.telefon, person.faelle.count()) == ("zurueckgenommen", "", 1)
    wohnt = person.anschrift_am(uhr.HEUTE)
    assert (wohnt.strasse != "Neuer Weg 9", wohnt.gueltig_bis) == (True, None)
    assert stapel.zeilen.get().bleibt_weil == ""


def test_facts_changed_since_stay_and_are_named(client, leitung, fallmanager):
    stapel, person = take_to_known(client, leitung, fallmanager, telefon="07999 4711")
    anderer = person.faelle.exclude(importzeile__stapel=stapel).get()
    neu = {"telefon": "07999 1"}
    update_person(case=anderer, werte=neu, by=fallmanager, tag=uhr.HEUTE)
    post(client, "importstapel_zuruecknehmen", stapel)
    stapel = finish(stapel)
    row = stapel.zeilen.get()
    assert (row.state, row.bleibt_weil) == (
        "zurueckgenommen",
        "Seither geänderte Angaben der Person: Telefon.",
    )
    seite = client.get(reverse("importstapel", args=[stapel.pk]) + "?zeilen=bleibt").text
    assert "Seither geänderte Angaben der Person: Telefon." in seite


def test_one_row_that_cannot_be_does_not_take_the_others_along(client, leitung, fallmanager):
    namen = ("Alt", "Bert", "Cent", "Dorn", "Ernst")
    rows = [
        zeile(aktenzeichen=f"ALT-{n}", nachname=name, geburtsdatum=f"0{n + 1}.02.1970")
        for n, name in enumerate(namen)
    ]
    stapel = make_stapel(client, leitung, *rows)
    fremd = make_fall(fallmanager)
    fremd.aktenzeichen = "ALT-3"
    fremd.save()
    take_over(client, stapel)
    states = list(stapel.zeilen.order_by("nummer").values_list("state", flat=True))
    assert states == ["uebernommen"] * 3 + ["fehler"] + ["uebernommen"]
    assert LeistungsberechtigtePerson.objects.filter(nachname__in=namen).count() == 4
    assert faults(stapel) == {5: {"": ["Das Aktenzeichen ist inzwischen vergeben."]}}


def test_a_slice_that_dies_is_done_again_as_a_whole(client, leitung, fallmanager, monkeypatch):
    stapel = make_stapel(client, leitung, zeile(), zeile(aktenzeichen="ALT-2"))
    austausch.start_uebernahme(stapel=stapel, by=leitung, now=uhr.JETZT)

    def die(*_rows: object) -> None:
        raise MemoryError("voll")

    with monkeypatch.context() as kaputt:
        kaputt.setattr(austausch, "write_rows", die)
        with pytest.raises(MemoryError, match="voll"):
            finish(stapel)
    assert Case.objects.count() == 0
    assert finish(stapel).state == "uebernommen"
    assert Case.objects.count() == 2


def test_totals_row_is_left_out_and_sums_are_of_all_rows(client, leitung, fallmanager):
    gesamt = {"aktenzeichen": "Summe", "betrag": "1.684,20"}
    rows = [zeile(), zeile(aktenzeichen="ALT-2", zustand="geplant"), gesamt]
    stapel = make_stapel(client, leitung, *rows, soll_zeilen="2", soll_betrag="1.684,20")
    assert stapel.zeilen.get(nummer=4).state == "ausgelassen"
    assert (stapel.summen["datei"]["zeilen"], stapel.summen["geprueft"]["zeilen"]) == (2, 1)
    seite = client.get(reverse("importstapel", args=[stapel.pk])).text
    assert seite.count("stimmt") == 2


def test_profile_is_learned_from_a_sample_and_used(client, leitung, fallmanager):
    client.force_login(make_admin())
    datei = SimpleUploadedFile("alt.csv", ALT.encode("cp1252"))
    antwort = client.post(reverse("importprofil_lernen"), {"name": "Altsystem", "datei": datei})
    assert antwort.status_code == 302, antwort.context["form"].errors
    profil = Importprofil.objects.get(name="Altsystem")
    assert (profil.aktiv, profil.plz_nullen) == (False, True)
    assert profil.zuordnung["fallmanagement"] == "SB"
    assert profil.woerter == {"zustand": {"lfd.": "leistung_laeuft"}}
    seite = client.get(antwort["Location"]).text
    assert "Zustand: lfd. = Leistung läuft" in seite
    profil.aktiv = True
    profil.save()
    upload(client, leitung, ALT.encode("cp1252"), profil=profil.pk)
    stapel = Importstapel.objects.latest("pk")
    assert list(faults(stapel)[5]) == ["fallmanagement"]
    stapel = say(client, stapel, alt=fallmanager.username)
    take_over(client, stapel)
    person = Case.objects.get(aktenzeichen="A-1").leistungsberechtigte_person
    assert f"{person.geburtsdatum}" == "1985-04-17"
    assert person.anschriften.get().plz == "01067"


def test_sheet_is_chosen_by_its_headings_or_by_name(client, leitung, fallmanager):
    zeilen = as_csv(zeile()).decode("utf-8-sig").split("\r\n")
    kopf, werte = zeilen[0].split(";"), zeilen[1].split(";")
    mappe, puffer = Workbook(), BytesIO()
    mappe.active.title = "Deckblatt"
    mappe.active.append(["Auswertung", "vom 01.03.2026"])
    blatt = mappe.create_sheet("Fälle")
    blatt.append(["Stand 01.03.2026"])
    blatt.append(kopf)
    blatt.append(werte)
    mappe.save(puffer)
    upload(client, leitung, puffer.getvalue(), "alt.xlsx")
    stapel = Importstapel.objects.latest("pk")
    assert "Blatt „Fälle“" in stapel.gelesen_als
    assert stapel.zeilen.get().nummer == 3
    antwort = upload(client, leitung, puffer.getvalue(), "alt.xlsx", blatt="Tabelle9")
    satz = "Ein Tabellenblatt „Tabelle9“ gibt es nicht. Es gibt: „Deckblatt“, „Fälle“."
    assert satz in antwort.text


def test_bulk_writing_leaves_the_same_traces_as_a_single_step(client, leitung, fallmanager):
    """History, Chronik, Fristen and the place in the search are those of a case typed in."""
    tag = f"{uhr.HEUTE:%d.%m.%Y}"
    stapel = make_stapel(
        client, leitung, zeile(zustand="Antrag eingegangen", eroeffnet_am=tag, iban="")
    )
    take_over(client, stapel)
    case = Case.objects.get()
    person = case.leistungsberechtigte_person
    assert list(case.ereignisse.order_by("pk").values_list("art", flat=True)) == [
        "bestandsuebernahme",
        "antrag",
    ]
    for row in (case, person, person.anschriften.get(), case.antraege.get(), *case.fristen.all()):
        events = type(row).pgh_event_model.objects.filter(pgh_obj_id=row.pk)
        assert events.count() == 1, row
    assert person.suchzeile is not None
    assert case.antraege.get().bogen is not None


def test_a_conflict_in_the_database_is_a_fault_of_its_row(
    client, leitung, fallmanager, monkeypatch
):
    zweite = zeile(aktenzeichen="ALT-2", nachname="Zweiter", geburtsdatum="02.03.1960")
    stapel = make_stapel(client, leitung, zeile(), zweite)
    echt = bestandsfall.create_personen

    def clash(neue: list) -> None:
        if any(person.nachname == "Zweiter" for person, _ in neue):
            raise IntegrityError
        echt(neue)

    monkeypatch.setattr(bestandsfall, "create_personen", clash)
    take_over(client, stapel)
    assert list(faults(stapel)) == [3]
    assert "inzwischen eingetragen" in faults(stapel)[3][""][0]


def test_message_for_a_state_offers_only_what_is_taken(client, leitung, fallmanager):
    """Each word that the message names is one with which the row is in order."""
    stapel = make_stapel(client, leitung, zeile(zustand="irgendwas"))
    text = faults(stapel)[2]["zustand"][0]
    angebot = text.split("Möglich sind:")[1].strip(" .").split(", ")
    assert len(angebot) == 4
    for wort in angebot:
        ende = "01.02.2020" if "beendet" in wort else ""
        stapel = make_stapel(client, leitung, zeile(zustand=wort.strip("„“"), beendet_am=ende))
        assert faults(stapel) == {}, wort
