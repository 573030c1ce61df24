"""What must hold for every input, not only for the examples."""

import json
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from recht.beitrag import EINKOMMENSARTEN, compute_beitrag
from recht.bekanntgabe import bekanntgabe
from recht.bemessung import Betrag, Teil, deckel, gesamtbudget, stunden
from recht.feiertag import LAENDER, feiertage, is_werktag
from recht.fristen import compute_frist
from recht.fristkatalog import katalog
from recht.geld import euro, format_euro, format_schlicht
from recht.kommandozeile import run_command
from recht.laenge import monatsende, plus_monate
from recht.norm import GESETZE, Norm
from recht.rechtsstand import rechtsstand_am
from recht.teilmonat import split_monat, teilmonat, unterbrechung
from recht.zeitraum import Zeitraum

TAGE = st.dates(date(2004, 1, 1), date(2030, 12, 31))
RECHT_B = st.dates(date(2020, 1, 1), date(2027, 12, 31))
LAND = st.sampled_from(sorted(LAENDER))
BETRAEGE = st.decimals(0, 100_000, places=2)
RUECKWAERTS = {"rueckwaerts", "monatsanfang", "jahresanfang_rueckwaerts"}
VORWAERTS = [
    regel.id
    for regel in katalog().values()
    if regel.code != "-"
    and not regel.laenge_noetig
    and not {f.rechnung for f in regel.fassungen.values()} & {*RUECKWAERTS, "bis_tag", "parameter"}
]
LAUFEND = [
    regel
    for regel in VORWAERTS
    if {f.rechnung for f in katalog()[regel].fassungen.values()} == {"laufend"}
]

MIT_PAUSEN = [regel for regel in LAUFEND if katalog()[regel].pausen]


def rechne(frist, tag, land, **angaben):
    assume(rechtsstand_am(tag) in katalog()[frist].fassungen and tag >= katalog()[frist].gilt_ab)
    return compute_frist(frist, tag, land, **angaben)


@given(st.sampled_from(VORWAERTS), TAGE, LAND)
def test_end_is_never_before_its_trigger(frist, tag, land):
    ergebnis = rechne(frist, tag, land)

    assert tag <= ergebnis.ende_rechnerisch <= ergebnis.ende
    assert is_werktag(ergebnis.wiedervorlage, land)


@given(st.sampled_from(VORWAERTS), TAGE, LAND)
def test_only_code_s_moves_and_then_to_the_first_working_day(frist, tag, land):
    ergebnis = rechne(frist, tag, land)
    uebersprungen = (ergebnis.ende - ergebnis.ende_rechnerisch).days

    assert bool(ergebnis.verschoben_wegen) == (uebersprungen > 0)
    if ergebnis.code == "S":
        assert is_werktag(ergebnis.ende, land)
        for versatz in range(uebersprungen):
            assert not is_werktag(ergebnis.ende_rechnerisch + timedelta(days=versatz), land)
    else:
        assert uebersprungen == 0


@given(st.sampled_from(LAUFEND), TAGE, LAND, LAND)
def test_more_holidays_never_move_an_end_earlier(frist, tag, wenige, mehr):
    jahre = range(tag.year, tag.year + 11)
    assume(all(set(feiertage(j, wenige)) <= set(feiertage(j, mehr)) for j in jahre))

    assert rechne(frist, tag, wenige).ende <= rechne(frist, tag, mehr).ende


@given(st.sampled_from(MIT_PAUSEN), TAGE, LAND, st.integers(0, 400), st.integers(0, 60))
def test_pause_never_moves_an_end_earlier(frist, tag, land, abstand, dauer):
    von = tag + timedelta(days=abstand)
    pause = (von, von + timedelta(days=dauer))
    ohne = rechne(frist, tag, land)
    mit = rechne(frist, tag, land, pausen=[pause])

    assert mit.ende_rechnerisch >= ohne.ende_rechnerisch
    assert mit.ende >= ohne.ende


@given(st.sampled_from(LAUFEND), TAGE, TAGE, LAND)
def test_later_trigger_never_ends_earlier(frist, tag, anderer, land):
    assume(rechtsstand_am(tag) == rechtsstand_am(anderer))
    frueh, spaet = sorted((tag, anderer))

    assert rechne(frist, frueh, land).ende <= rechne(frist, spaet, land).ende


@given(RECHT_B, LAND)
def test_bekanntgabe_is_the_third_or_fourth_day_and_never_moves(tag, land):
    ergebnis = bekanntgabe(tag, "post", land)

    assert (ergebnis.bekanntgabe - tag).days == (4 if tag >= date(2025, 1, 1) else 3)
    # Where the seat may have a holiday of its own, the warning can be about that one alone.
    ohne_sitzfrage = "Ob das am Sitz der Behörde gilt" not in ergebnis.warnung
    if ohne_sitzfrage or not is_werktag(ergebnis.bekanntgabe, land):
        assert bool(ergebnis.warnung) == (not is_werktag(ergebnis.bekanntgabe, land))
    assert is_werktag(ergebnis.widerspruch_bis, land)


@given(TAGE, st.integers(1, 120))
def test_months_keep_the_number_or_take_the_last_day(tag, monate):
    ende = plus_monate(tag, monate)

    assert (ende.year - tag.year) * 12 + ende.month - tag.month == monate
    assert ende.day == tag.day or (ende.day < tag.day and ende == monatsende(ende))


@given(BETRAEGE, st.dates(date(2004, 1, 1), date(2027, 12, 31)), st.data())
def test_parts_of_a_month_add_up_to_the_month(betrag, tag, daten):
    modus = daten.draw(st.sampled_from(["dreissigstel", "kalendertage"]))
    tage = daten.draw(st.lists(st.integers(2, monatsende(tag).day), max_size=5))
    beginne = [tag.replace(day=1), *(tag.replace(day=nummer) for nummer in tage)]

    teile = split_monat(Betrag(betrag, ()), beginne, modus)

    assert sum(teil.betrag for teil in teile) == betrag
    assert all(teil.betrag >= 0 for teil in teile)


@given(BETRAEGE, RECHT_B, st.sampled_from(["dreissigstel", "kalendertage", "voller_monat"]))
def test_share_is_never_more_than_the_month(betrag, tag, modus):
    assert 0 <= teilmonat(Betrag(betrag, ()), tag, modus).betrag <= betrag


@given(BETRAEGE, RECHT_B, st.integers(0, 90), st.integers(0, 90))
def test_interruption_never_pays_more_than_the_month(betrag, tag, dauer, weiter):
    pause = Zeitraum(tag, tag + timedelta(days=dauer))

    ergebnis = unterbrechung(Betrag(betrag, ()), tag, pause, weiter, "kalendertage")

    assert 0 <= ergebnis.betrag <= betrag


@given(BETRAEGE, BETRAEGE, BETRAEGE, RECHT_B)
def test_ceiling_is_never_exceeded_without_exception(bedarf, vergleich, daneben, tag):
    ergebnis = deckel(Betrag(bedarf, ()), vergleich, tag, daneben=daneben)

    assert ergebnis.betrag <= max(vergleich - daneben, 0)
    assert ergebnis.betrag + ergebnis.rest == bedarf
    assert ergebnis.gedeckelt == (ergebnis.rest > 0)


@given(st.decimals(0, 168, places=2), st.decimals(0, 200, places=2), RECHT_B)
def test_weekly_hours_equal_a_twelfth_of_the_year(anzahl, satz, tag):
    betrag = stunden(anzahl, satz, "woche", tag).betrag

    assert abs(betrag * 12 - anzahl * satz * 52) <= Decimal("0.06")


@given(
    st.lists(st.tuples(BETRAEGE, st.sampled_from(["geld", "gutschein"]), st.booleans()), min_size=1)
)
def test_gesamtbudget_is_money_and_vouchers(teile):
    ergebnis = gesamtbudget([Teil("x", "y", b, form, ergaenzend) for b, form, ergaenzend in teile])

    assert ergebnis.gesamt == ergebnis.geld + ergebnis.gutscheine == sum(t[0] for t in teile)
    assert ergebnis.ohne_ergaenzende == sum(t[0] for t in teile if not t[2])


@given(
    st.integers(2020, 2026),
    BETRAEGE,
    st.sampled_from(sorted(EINKOMMENSARTEN)),
    st.sampled_from([None, "unter_grenze", "ueber_grenze"]),
    st.integers(0, 5),
)
def test_beitrag_is_a_full_ten_below_two_percent(jahr, einkommen, art, partner, kinder):
    ergebnis = compute_beitrag(jahr, einkommen, art, partner=partner, kinder=kinder)
    genau = max(einkommen - ergebnis.grenze, 0) * 2 / 100

    assert ergebnis.beitrag % 10 == 0
    assert ergebnis.beitrag <= genau < ergebnis.beitrag + 10


@given(st.decimals(-1_000_000, 1_000_000, places=2))
def test_amount_survives_writing_and_reading(betrag):
    assert euro(format_euro(betrag)) == euro(format_schlicht(betrag)) == betrag


@given(
    st.sampled_from(GESETZE),
    st.integers(1, 999),
    st.sampled_from(["", "a", "c"]),
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(0, 9),
    st.booleans(),
)
def test_citation_survives_printing_and_parsing(gesetz, nummer, zusatz, absatz, satz, nr, alt):
    assume(gesetz != "DIN 5008")
    norm = Norm(
        gesetz,
        f"{nummer}{zusatz}",
        absatz=str(absatz or ""),
        satz=str(satz or ""),
        nummer=str(nr or ""),
        alte_fassung=alt,
    )

    assert Norm.parse(str(norm)) == norm


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda kinder: st.lists(kinder, max_size=3) | st.dictionaries(st.text(), kinder, max_size=3),
)
FELDER = st.dictionaries(
    st.sampled_from(
        ("frist", "ausloeser", "land", "pausen", "aufgabe", "weg", "stichtag", "positionen", "art")
    ),
    JSON | st.sampled_from(["F51", "2026-04-06", "BW", "post", "sv", "1.00"]),
)


@settings(max_examples=300)
@given(
    st.sampled_from(["fristen", "bekanntgabe", "bemessung", "beitrag"]),
    st.lists(JSON | FELDER, max_size=4),
)
def test_command_line_answers_every_item_of_any_list(befehl, items):
    status, ausgabe = run_command([befehl], lambda: json.dumps(items, allow_nan=False).encode())

    antworten = json.loads(ausgabe)
    assert len(antworten) == len(items)
    assert status == int(any("fehler" in antwort for antwort in antworten))
