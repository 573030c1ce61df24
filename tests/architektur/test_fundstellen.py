"""Every citation is in the dated index and in force wherever it can be read."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
import yaml

from recht.normen import check_fundstelle, normzeilen, zeilen_zu
from tests.fundstellen import SOLL, Stelle, alle, soll
from tests.fundstellen.code import aus_datei
from tests.fundstellen.daten import aus_text
from tests.fundstellen.vorlagen import aus_vorlage
from tests.fundstellen.zeiten import ENDE, IMMER, ZEITEN, ohne, schnitt

# Beginnings that a page compares with; they name no law because they cite none.
_OHNE_GESETZ = {("cases/antrag/views/zustaendigkeit.py", "")}


@pytest.fixture(scope="module")
def stellen() -> list[Stelle]:
    return alle()


def fehler_of(stelle: Stelle) -> str:
    """Why a place may not cite what it cites, empty when it may."""
    if not stelle.norm.gesetz:
        erlaubt = (stelle.datei, stelle.schluessel) in _OHNE_GESETZ
        return "" if erlaubt else f"{stelle.norm} nennt kein Gesetz."
    if stelle.erklaert:
        return "" if zeilen_zu(stelle.norm) else f"{stelle.norm} steht nicht im Verzeichnis."
    return next(filter(None, (check_fundstelle(stelle.norm, *zeit) for zeit in stelle.zeiten)), "")


def test_every_citation_is_in_force_where_it_can_be_read(stellen):
    falsch = [f"{s.datei}:{s.zeile}: {grund}" for s in stellen if (grund := fehler_of(s))]
    assert falsch == []
    je_art = Counter(s.datei.rpartition(".")[2] for s in stellen)
    assert je_art["yaml"] > 700
    assert je_art["py"] > 700
    assert je_art["html"] > 70


def test_index_holds_what_is_cited_and_nothing_else(stellen):
    zitiert = {zeile for stelle in stellen for zeile in zeilen_zu(stelle.norm)}
    assert [str(z.norm) for z in normzeilen() if z not in zitiert] == []


def test_citations_stand_where_they_stood(stellen):
    """A § that exists may still be the wrong one: what is cited where was read by a person.

    After a change that is meant: `python -m tests.fundstellen`, and read the difference.
    """
    war = yaml.safe_load(SOLL.read_text(encoding="utf-8"))
    ist = soll(stellen)
    assert {o: n for o, n in ist.items() if war.get(o, n) != n} == {}
    assert [ort for ort in war if ort not in ist] == []


GUARD = """
def guard(antrag):
    \"\"\"§ 14 Abs. 3 SGB IX: only the second carrier.\"\"\"
    return Hindernis("Nein.", {norm})
"""
JE_RECHT = 'norm_am(antrag.eingang, "{a}", "{b}")'
REGEL = """
- id: F04
  norm_a: {a}
  norm_ue: =B
  norm_b: {b}
"""
BRIEF = "{{% if d.alt %}}({a}){{% else %}}({b}){{% endif %}}"
TURBO_A, TURBO_B = "§ 14 Abs. 2 S. 5 SGB IX a.F.", "§ 14 Abs. 3 SGB IX"


def in_code(norm: str) -> list[Stelle]:
    return aus_datei("cases/antrag/guards/x.py", GUARD.format(norm=norm))


def in_daten(a: str = TURBO_A, b: str = TURBO_B) -> list[Stelle]:
    return list(aus_text("recht/fristkatalog/x.yaml", REGEL.format(a=a, b=b)))


def in_brief(a: str = "§ 14 Abs. 2 S. 5 SGB IX", b: str = TURBO_B) -> list[Stelle]:
    return list(aus_vorlage("templates/cases/x/schreiben.html", BRIEF.format(a=a, b=b)))


def test_right_citations_pass():
    for stellen in (in_code(JE_RECHT.format(a=TURBO_A, b=TURBO_B)), in_daten(), in_brief()):
        assert [fehler_of(s) for s in stellen if fehler_of(s)] == []
        assert len(stellen) >= 2


@pytest.mark.parametrize(
    ("stellen", "grund"),
    [
        # wrong number, Absatz, Satz, law
        (in_code('"§ 941 Abs. 3 SGB IX"'), "steht nicht im Verzeichnis"),
        (in_daten(b="§ 14 Abs. 9 SGB IX"), "steht nicht im Verzeichnis"),
        (in_brief(b="§ 14 Abs. 2 S. 9 SGB IX"), "steht nicht im Verzeichnis"),
        (in_daten(b="§ 14 Abs. 3 SGB XII"), "steht nicht im Verzeichnis"),
        (in_code('"§ 14 Abs. 3"'), "nennt kein Gesetz"),
        # the law of another Rechtsstand
        (in_code('"§ 14 Abs. 3 SGB IX"'), "galt am 01.01.2005 nicht"),
        (in_code(JE_RECHT.format(a=TURBO_B, b=TURBO_B)), "galt am 01.01.2005 nicht"),
        (in_code(JE_RECHT.format(a=TURBO_A, b=TURBO_A)), "galt am 01.01.2018 nicht"),
        (in_daten(b="§ 3 Abs. 5 BudgetV"), "galt am 01.01.2018 nicht"),
        (in_daten(a="§ 121 SGB IX"), "galt am 01.01.2005 nicht"),
        (in_brief(a="§ 29 Abs. 4 SGB IX", b="§ 29 Abs. 4 SGB IX"), "galt am 01.01.2005 nicht"),
        (in_brief(b="§ 58 SGB XII"), "galt am 01.01.2018 nicht"),
        # not yet, no longer, another meaning behind the same number, no old wording
        (in_daten(b="§ 121 Abs. 4 Nr. 7 SGB IX"), "galt am 01.01.2018 nicht"),
        (in_code('"§ 14 Abs. 2 S. 4 SGB IX"'), "sagt seit dem 01.01.2018 etwas anderes"),
        (in_daten(a="§ 26 Abs. 7 SGB X a.F."), "gilt noch"),
        (in_daten(b="§ 18c Abs. 1 S. 1 SGB XI"), "galt am 01.01.2018 nicht"),
    ],
)
def test_planted_fault_is_found(stellen, grund):
    assert any(grund in fehler_of(stelle) for stelle in stellen)


FUNKTION = """
_AB = date(2018, 5, 25)
RECHT = {{Rechtsstand.A: "{a}", Rechtsstand.B: "{b}"}}
@gilt_in(Rechtsstand.B)
def neu(): return "{b}"
def wahl(stand, tag):
    if stand is Rechtsstand.A:
        return "{a}"
    if stand is not Rechtsstand.B:
        return "{ue}"
    alt = stand in frage or not stand is Rechtsstand.B
    spaet = "Art. 17 DSGVO" if tag >= _AB else "§ 84 SGB X"
    return f"({b}) {{spaet}}"
"""


def test_conditions_of_the_code_give_the_days():
    text = FUNKTION.format(a="§ 58 SGB XII", b="§ 121 SGB IX", ue="§ 144 SGB XII")
    je_norm: dict[str, set] = {}
    for s in aus_datei("cases/x.py", text):
        je_norm.setdefault(str(s.norm), set()).add(s.zeiten)
    assert je_norm["§ 58 SGB XII"] == {(ZEITEN["A"],)}
    assert je_norm["§ 144 SGB XII"] == {(ZEITEN["UE"],)}
    assert je_norm["§ 121 SGB IX"] == {(ZEITEN["B"],)}
    assert je_norm["Art. 17 DSGVO"] == {(ZEITEN["B"],)}
    assert je_norm["§ 84 SGB X"] == {()}


def test_days_are_cut_and_joined():
    von, bis = IMMER[0]
    tag = date(2020, 1, 1)
    assert schnitt(IMMER, ((tag, tag),)) == ((tag, tag),)
    ein_tag = timedelta(days=1)
    assert ohne(IMMER, ((tag, tag),)) == ((von, tag - ein_tag), (tag + ein_tag, bis))
    assert ohne(IMMER, IMMER) == ()
    assert ohne(((tag, ENDE),), ((von, tag - ein_tag),)) == ((tag, ENDE),)
