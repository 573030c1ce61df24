"""Import of existing cases: check, duplicates, sums, taking over, taking back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from cases.austausch.queries.austausch import fehler_of, real_sums
from cases.austausch.services import austausch
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import (
    Case,
    Ereignis,
    Importstapel,
    Importzeile,
    LeistungsberechtigtePerson,
    Lesezugriff,
    Listenabruf,
)
from cases.states.tafel import SchrittUnzulaessig
from tests import uhr
from tests.cases.austausch.bausteine import (
    as_csv,
    as_xlsx,
    finish,
    make_profil,
    make_stapel,
    read_xlsx,
    upload,
    zeile,
)
from tests.fabriken import EINGANGSFRISTEN, make_fall, make_leitung, make_person, make_team

pytestmark = pytest.mark.django_db


def post(client, name: str, stapel: Importstapel, **felder: str):
    return client.post(reverse(name, args=[stapel.pk]), felder)


def take_over(client, stapel: Importstapel) -> Importstapel:
    post(client, "importstapel_uebernehmen", stapel)
    return finish(stapel)


def faults(stapel: Importstapel) -> dict[int, dict[str, list[str]]]:
    return {z.nummer: fehler_of(z) for z in stapel.zeilen.filter(state="fehler")}


def test_dry_run_writes_no_case(client, leitung, fallmanager):
    stapel = make_stapel(client, leitung, zeile())
    assert (stapel.state, stapel.zeilen.get().state) == ("geprueft", "gueltig")
    assert (Case.objects.count(), LeistungsberechtigtePerson.objects.count()) == (0, 0)


FALSCH = {
    "geburtsdatum": ("31.02.1985", "„31.02.1985“ gibt es nicht: Der Februar 1985 hat 28 Tage."),
    "iban": ("DE89370400440532013001", "Die Prüfziffer der IBAN stimmt nicht."),
    "plz": ("1067", "Fehlt die Null"),
    "fallmanagement": ("niemand", "„niemand“ ist kein eindeutiger Name"),
    "team": ("Team West", "„Team West“ ist nicht das Team dieses Stapels."),
    "zustand": ("Gesamtplan erstellt", "lässt sich nicht übernehmen"),
    "eroeffnet_am": ("01.01.2199", "liegt in der Zukunft"),
    "aktenzeichen": ("", "Diese Angabe fehlt."),
    "beendet_am": ("01.02.2020", "nicht beendet"),
    "betrag": ("viel", "„viel“ ist kein Betrag."),
    "wiedervorlage_am": ("01.02.2020", "schon vorbei"),
}


@pytest.mark.parametrize("feld", FALSCH)
def test_each_wrong_cell_gets_its_message(client, leitung, fallmanager, feld):
    wert, text = FALSCH[feld]
    stapel = make_stapel(client, leitung, zeile(**{feld: wert}))
    fehler = faults(stapel)[2]
    assert list(fehler) == [feld]
    assert text in fehler[feld][0]


def test_aktenzeichen_stands_once_in_file_and_program(client, leitung, fallmanager):
    first = make_stapel(client, leitung, zeile())
    take_over(client, first)
    stapel = make_stapel(
        client,
        leitung,
        zeile(),
        zeile(aktenzeichen="ALT-2", vorname="Zora", nachname="Anders", geburtsdatum="01.01.1950"),
        zeile(aktenzeichen="ALT-2", vorname="Udo", nachname="Weiter", geburtsdatum="02.03.1960"),
    )
    assert faults(stapel) == {
        2: {"aktenzeichen": ["Dieses Aktenzeichen ist in Fallwerk schon vergeben."]},
        4: {"aktenzeichen": ["Dieses Aktenzeichen steht schon in Zeile 3."]},
    }


def test_row_becomes_a_case_with_its_old_number(client, leitung, fallmanager):
    stapel = take_over(client, make_stapel(client, leitung, zeile(team="Team Nord")))
    case = Case.objects.get()
    person = case.leistungsberechtigte_person
    assert stapel.state == "uebernommen"
    assert (case.aktenzeichen, case.state) == ("ALT-2019-1", "leistung_laeuft")
    assert (case.caseworker, case.team) == (fallmanager, leitung.team)
    assert f"{case.eroeffnet_am}" == "2019-05-02"
    assert (person.voller_name, person.behinderungsart) == ("Erika Altbestand", "koerperlich")
    assert str(person.anschriften.get()) == "Lindenweg 12, 01067 Musterau"
    assert person.iban_am(uhr.HEUTE) == "DE89370400440532013000"
    assert case.ereignisse.filter(art="bestandsuebernahme").count() == 1


FRISTEN = {
    "Antrag eingegangen": ["F01", "F04", "F54"],
    "zuständig": ["F04", "F54"],
    "Leistung läuft": [],
}


@pytest.mark.parametrize("zustand", FRISTEN)
def test_only_open_procedures_get_fristen(client, leitung, fallmanager, zustand):
    tag = f"{uhr.HEUTE:%d.%m.%Y}"
    take_over(client, make_stapel(client, leitung, zeile(zustand=zustand, eroeffnet_am=tag)))
    fristen = Case.objects.get().fristen.filter(regel__in=EINGANGSFRISTEN).order_by("regel")
    assert list(fristen.values_list("regel", flat=True)) == FRISTEN[zustand]


def test_ended_case_keeps_its_end(client, leitung, fallmanager):
    row = zeile(zustand="beendet", beendet_am="31.12.2021")
    take_over(client, make_stapel(client, leitung, row))
    case = Case.objects.get()
    assert (case.state, f"{case.beendet_am}", case.beendet_art) == (
        "beendet",
        "2021-12-31",
        "sonstiges",
    )


def test_second_start_takes_nothing_over_twice(client, leitung, fallmanager):
    stapel = make_stapel(client, leitung, zeile())
    austausch.start_uebernahme(stapel=stapel, by=leitung, now=uhr.JETZT)
    with pytest.raises(SchrittUnzulaessig, match="im Zustand „wird übernommen“ nicht möglich"):
        austausch.start_uebernahme(stapel=stapel, by=leitung, now=uhr.JETZT)
    finish(stapel)
    finish(stapel)
    assert Case.objects.count() == 1
    assert upload(client, leitung, b"x").status_code == 422


def test_same_file_is_not_taken_over_again(client, leitung, fallmanager):
    take_over(client, make_stapel(client, leitung, zeile()))
    antwort = upload(client, leitung, as_csv(zeile()))
    assert "schon übernommen" in antwort.content.decode()
    assert Importstapel.objects.count() == 1


def test_known_person_is_proposed_and_gets_the_case(client, leitung, fallmanager):
    person = make_person("Altbestand", vorname="Erika")
    make_fall(fallmanager, person=person)
    stapel = make_stapel(client, leitung, zeile(plz="70999", anrede="Herr"))
    row = stapel.zeilen.get()
    assert (row.vorschlag, row.entscheidung) == ("vorhanden", "offen")
    post(client, "importstapel_uebernehmen", stapel)
    assert Case.objects.count() == 1
    post(client, "importstapel_entscheiden", stapel, schritt="vorschlaege")
    take_over(client, stapel)
    assert person.faelle.count() == 2
    assert LeistungsberechtigtePerson.objects.count() == 1


def test_decision_can_be_another_person_or_none(client, leitung, fallmanager):
    make_fall(fallmanager, person=make_person("Altbestand", vorname="Erika"))
    stapel = make_stapel(client, leitung, zeile(), zeile(aktenzeichen="ALT-2"))
    eins, zwei = stapel.zeilen.order_by("nummer")
    felder = {f"zeile_{eins.pk}": "neu", f"zeile_{zwei.pk}": "auslassen"}
    post(client, "importstapel_entscheiden", stapel, **felder)
    take_over(client, stapel)
    states = list(stapel.zeilen.order_by("nummer").values_list("state", flat=True))
    assert states == ["uebernommen", "ausgelassen"]
    assert LeistungsberechtigtePerson.objects.count() == 2


def test_decision_of_a_colleague_is_not_overwritten(client, leitung, fallmanager):
    make_fall(fallmanager, person=make_person("Altbestand", vorname="Erika"))
    stapel = make_stapel(client, leitung, zeile(), zeile(aktenzeichen="ALT-2"))
    eins, zwei = stapel.zeilen.order_by("nummer")
    shown = {f"gesehen_{row.pk}": "offen" for row in (eins, zwei)}
    post(client, "importstapel_entscheiden", stapel, **shown, **{f"zeile_{eins.pk}": "auslassen"})
    late = {f"zeile_{row.pk}": "neu" for row in (eins, zwei)}
    antwort = post(client, "importstapel_entscheiden", stapel, **shown, **late)
    decided = stapel.zeilen.order_by("nummer").values_list("entscheidung", flat=True)
    assert list(decided) == ["auslassen", "neu"]
    seite = client.get(antwort["Location"])
    assert "Inzwischen hat jemand anders über diese Zeilen entschieden: 2 (" in seite.text
    assert f'name="gesehen_{eins.pk}" value="auslassen"' in seite.text


def test_person_outside_the_proposals_cannot_be_chosen(client, leitung, fallmanager):
    fremd = make_person("Ganzanders")
    stapel = make_stapel(client, leitung, zeile())
    row = stapel.zeilen.get()
    post(client, "importstapel_entscheiden", stapel, **{f"zeile_{row.pk}": f"vorhanden:{fremd.pk}"})
    row.refresh_from_db()
    assert (row.entscheidung, row.person) == ("neu", None)


def test_two_rows_of_one_person_become_one_person(client, leitung, fallmanager):
    stapel = make_stapel(client, leitung, zeile(), zeile(aktenzeichen="ALT-2"))
    take_over(client, stapel)
    assert (Case.objects.count(), LeistungsberechtigtePerson.objects.count()) == (2, 1)


def test_sums_of_old_and_new(client, leitung, fallmanager):
    rows = [zeile(), zeile(aktenzeichen="ALT-2", zustand="beendet", beendet_am="01.02.2021")]
    stapel = make_stapel(client, leitung, *rows, soll_zeilen="2", soll_betrag="1.684,21")
    assert stapel.soll == {"zeilen": 2, "betrag": "1684.21"}
    stapel = take_over(client, stapel)
    datei = stapel.summen["geprueft"]
    assert (datei["zeilen"], datei["personen"], datei["laufend"]) == (2, 1, 1)
    assert Decimal(datei["betrag"]) == Decimal("1684.20")
    assert real_sums(stapel)["zustaende"] == {"leistung_laeuft": 1, "beendet": 1}
    text = client.get(reverse("importstapel", args=[stapel.pk])).content.decode()
    assert text.count("weicht ab") == 1
    assert text.count("stimmt") == 1


def test_error_workbook_is_corrected_and_taken(client, leitung, fallmanager):
    stapel = make_stapel(client, leitung, zeile(), zeile(aktenzeichen="ALT-2", plz="=1+1"))
    antwort = client.get(reverse("importstapel_fehler", args=[stapel.pk]))
    kopf, row = read_xlsx(antwort.content)
    assert kopf[-2:] == ["Zeile", "Fehler"]
    assert (row[kopf.index("Postleitzahl")], row[-2]) == ("=1+1", "3")
    row[kopf.index("Postleitzahl")] = "70999"
    antwort = upload(client, leitung, as_xlsx(kopf, row), "fehler.xlsx")
    neu = Importstapel.objects.latest("pk")
    assert antwort.status_code == 302
    assert neu.zeilen.get().state == "gueltig"
    assert Listenabruf.objects.filter(route="importstapel_fehler").count() == 1


def test_untouched_cases_go_and_their_persons(client, leitung, fallmanager):
    stapel = take_over(client, make_stapel(client, leitung, zeile()))
    client.get(reverse("fall", args=[Case.objects.get().pk]))
    post(client, "importstapel_zuruecknehmen", stapel)
    stapel = finish(stapel)
    row = stapel.zeilen.get()
    assert (stapel.state, row.state) == ("zurueckgenommen", "zurueckgenommen")
    assert (Case.objects.count(), LeistungsberechtigtePerson.objects.count()) == (0, 0)
    assert (Ereignis.objects.count(), Lesezugriff.objects.count()) == (0, 0)
    assert '"leitung"' in row.abrufe
    assert make_stapel(client, leitung, zeile()).zeilen.get().state == "gueltig"


def test_case_with_work_stays_and_says_why(client, leitung, fallmanager):
    stapel = make_stapel(client, leitung, zeile(), zeile(aktenzeichen="ALT-2"))
    take_over(client, stapel)
    case = Case.objects.get(aktenzeichen="ALT-2")
    note(case, fallmanager)
    post(client, "importstapel_zuruecknehmen", stapel)
    stapel = finish(stapel)
    bleibt = stapel.zeilen.get(state="uebernommen")
    assert (stapel.state, list(Case.objects.all())) == ("uebernommen", [case])
    assert bleibt.bleibt_weil == "Seit der Übernahme wurde in dem Fall gearbeitet."
    assert case.leistungsberechtigte_person.pk is not None


def note(case: Case, by) -> None:
    heute = uhr.HEUTE
    create_wiedervorlage(case=case, user=by, am=heute, anlass="Rückruf", by=by, tag=heute)


def test_discarded_batch_keeps_no_cell(client, leitung, fallmanager):
    stapel = make_stapel(client, leitung, zeile())
    post(client, "importstapel_verwerfen", stapel)
    stapel.refresh_from_db()
    assert (stapel.state, stapel.dateiname, Importzeile.objects.count()) == ("verworfen", "", 0)


def test_batch_of_another_team_does_not_exist(client, leitung, fallmanager):
    stapel = make_stapel(client, leitung, zeile())
    client.force_login(make_leitung("andere", make_team("Team Süd")))
    for name in ("importstapel", "importstapel_fehler"):
        assert client.get(reverse(name, args=[stapel.pk])).status_code == 404


def test_cells_are_encrypted_in_the_database(client, leitung, fallmanager):
    make_stapel(client, leitung, zeile(plz="x"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT i::text FROM cases_importzeile i")
        text = cursor.fetchone()[0]
        cursor.execute("SELECT e::text FROM cases_importzeileevent e")
        text += cursor.fetchone()[0]
    assert "Altbestand" not in text


def test_missing_columns_are_named(client, leitung):
    antwort = upload(client, leitung, b"Aktenzeichen;Vorname\r\n1;Erika\r\n")
    text = antwort.content.decode()
    assert "In der Datei fehlen Spalten, die das Profil nennt: „Nachname“" in text


def test_other_way_of_writing_days(client, leitung, fallmanager):
    profil = make_profil()
    profil.datumsform = "amerikanisch"
    profil.save()
    row = zeile(geburtsdatum="04/17/1985", eroeffnet_am="05/02/2019")
    take_over(client, make_stapel(client, leitung, row))
    case = Case.objects.get()
    assert f"{case.eroeffnet_am} {case.leistungsberechtigte_person.geburtsdatum}" == (
        "2019-05-02 1985-04-17"
    )
