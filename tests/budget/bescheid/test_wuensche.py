"""To each wish an answer with its reason (§ 35 Abs. 1 SGB X, § 8 Abs. 2 S. 3 SGB IX)."""

from __future__ import annotations

import pytest

from budget.bescheid.forms.bescheid import BescheidForm
from budget.bescheid.schreiben.wunsch import (
    Wunsch,
    needs_grund,
    offene_wuensche,
    wuensche_of,
    wunsch_daten,
)
from budget.bescheid.services.bescheid import submit_bescheid, update_bescheid
from cases.states.tafel import SchrittUnzulaessig
from recht.entscheidung import Entscheidungsrolle
from tests.budget import fabriken
from tests.budget.test_schreiben import bescheid_text
from tests.uhr import HEUTE

pytestmark = pytest.mark.django_db
HAUSHALT, SCHACH = "Möchte selbst kochen.", "Möchte Schach spielen."
PLAN = "Wünscht das Persönliche Budget."


@pytest.fixture
def akte():
    akte = fabriken.make_akte(
        fabriken.B,
        befunde={
            "d6": {
                "wunsch": HAUSHALT,
                "bedarf": "Anleitung beim Kochen.",
                "ressourcen": "Deckt den Tisch selbst.",
            },
            "d9": {"wunsch": SCHACH},
            "d4": {"bedarf": "Begleitung.", "wunsch": " "},
        },
        planinhalte={"wunsch_wahlrecht_budget": PLAN},
    )
    return fabriken.insert_entworfen(fabriken.insert_vereinbart(akte))


def _budget(akte):
    budget = type(akte.budget).objects.get(pk=akte.budget.pk)
    akte.bescheid.persoenliches_budget = budget
    return budget


def _form(akte, **werte):
    daten = {
        "erste_auszahlung": "01.05.2026",
        "begruendung": "Dem Antrag wird entsprochen.",
        **werte,
    }
    form = BescheidForm(daten, budget=_budget(akte), heute=HEUTE)
    form.is_valid()
    return form


def _save(akte, form):
    akte.bescheid = update_bescheid(
        bescheid=akte.bescheid,
        by=akte.fallmanager,
        tag=akte.tage.unterschrift,
        einkommen_vermoegen="Kein Beitrag.",
        **{k: v for k, v in form.eingaben.items() if k != "einkommen_vermoegen"},
    )


def test_each_wish_of_bedarf_and_plan_is_asked(akte):
    assert [(w.schluessel, w.text) for w in wuensche_of(_budget(akte))] == [
        ("bedarf_d6", HAUSHALT),
        ("bedarf_d9", SCHACH),
        ("inhalt_wunsch_wahlrecht_budget", PLAN),
    ]
    felder = _form(akte).fields
    assert "antwort_bedarf_d6" in felder
    assert "grund_inhalt_wunsch_wahlrecht_budget" in felder
    assert "„Assistenz“ (nach Bedarf)" in felder["antwort_bedarf_d6"].help_text
    budget = "Bewilligt ist dafür das Persönliche Budget."
    assert felder["antwort_inhalt_wunsch_wahlrecht_budget"].help_text == budget


def test_what_only_others_decide_grants_no_budget(akte):
    budget = _budget(akte)
    teile = list(budget.teilbudgets.all())
    for teil in teile:
        teil.entscheidung = Entscheidungsrolle.EIGENE_ENTSCHEIDUNG.value
    budget._prefetched_objects_cache = {"teilbudgets": teile}
    assert wuensche_of(budget)[-1].dafuer == ""


@pytest.mark.parametrize(
    ("werte", "feld"),
    [
        ({"antwort_bedarf_d6": "nicht"}, "grund_bedarf_d6"),
        ({"antwort_bedarf_d6": "teilweise"}, "grund_bedarf_d6"),
        # Nothing is granted there: only a reason tells how the wish is followed.
        ({"antwort_bedarf_d9": "gefolgt"}, "grund_bedarf_d9"),
    ],
)
def test_an_answer_that_says_nothing_alone_needs_its_reason(akte, werte, feld):
    assert feld in _form(akte, **werte).errors
    assert feld not in _form(akte, **werte, **{feld: "Weil es passt."}).errors
    assert "grund_bedarf_d6" not in _form(akte, antwort_bedarf_d6="gefolgt").errors
    # The Bescheid grants the budget that is wished.
    budget = "inhalt_wunsch_wahlrecht_budget"
    assert f"grund_{budget}" not in _form(akte, **{f"antwort_{budget}": "gefolgt"}).errors
    assert f"grund_{budget}" in _form(akte, **{f"antwort_{budget}": "teilweise"}).errors


def test_without_every_answer_nothing_is_submitted_and_the_letter_says_each(akte):
    _save(akte, _form(akte, antwort_bedarf_d6="gefolgt"))
    assert offene_wuensche(akte.bescheid) == [SCHACH, PLAN]
    with pytest.raises(SchrittUnzulaessig, match="Möchte Schach spielen"):
        submit_bescheid(bescheid=akte.bescheid, by=akte.fallmanager, tag=akte.tage.bescheid)
    _save(
        akte,
        _form(
            akte,
            antwort_bedarf_d6="gefolgt",
            antwort_bedarf_d9="nicht",
            grund_bedarf_d9="Der Verein holt ihn ab.",
            antwort_inhalt_wunsch_wahlrecht_budget="teilweise",
            grund_inhalt_wunsch_wahlrecht_budget="Die Pflege bleibt Gutschein.",
        ),
    )
    assert offene_wuensche(akte.bescheid) == []
    assert [z["antwort"] for z in wunsch_daten(akte.bescheid)] == ["gefolgt", "nicht", "teilweise"]
    text = bescheid_text(akte)
    assert (
        "„Möchte selbst kochen.“ Diesem Wunsch folgen wir. Bewilligt ist dafür „Assistenz“" in text
    )
    assert (
        "Diesem Wunsch folgen wir nicht (§ 8 Abs. 2 S. 3 SGB IX): Der Verein holt ihn ab." in text
    )
    assert "folgen wir zum Teil (§ 8 Abs. 2 S. 3 SGB IX): Die Pflege bleibt Gutschein." in text
    assert "noch nicht beantwortet" not in text


def test_a_wish_that_has_changed_is_open_again(akte):
    _save(akte, _form(akte, antwort_bedarf_d6="gefolgt"))
    zeile = akte.bescheid.wuensche[0]
    assert (zeile["wunsch"], zeile["antwort"]) == (HAUSHALT, "gefolgt")
    zeile["wunsch"] = "Möchte backen."
    assert HAUSHALT in offene_wuensche(akte.bescheid)


def test_what_was_weighed_is_said_of_each_own_leistung(akte):
    _budget(akte)
    text = bescheid_text(akte)
    assert "in Geld: 1.050,00 € im Monat, nach Ihrem Einzelfall bemessen." in text
    assert "Dafür war maßgeblich: Die Freizeitbegleitung übernimmt der Verein." in text
    assert "Für diesen Umfang spricht der Bedarf „Anleitung beim Kochen.“" in text
    assert "Mehr ist nicht nötig, weil ohne die Leistung gelingt: „Deckt den Tisch selbst.“" in text


ASSISTENZ, PFLEGE, HILFE = "„Assistenz“ (6 Stunden)", "„Pflegegeld“ (Grad 3)", "„Hilfe“ (im Büro)"


@pytest.mark.parametrize(
    ("bewilligt", "vorgesehen", "satz"),
    [
        ((), (), ""),
        ((ASSISTENZ,), (), f"Bewilligt ist dafür {ASSISTENZ}."),
        # What another carrier decides is not granted by this letter (§ 29 Abs. 3 S. 3 SGB IX).
        (
            (),
            ((PFLEGE, "AOK"),),
            f"Dafür vorgesehen ist {PFLEGE}; darüber entscheidet AOK selbst.",
        ),
        (
            (ASSISTENZ,),
            ((PFLEGE, "AOK"), (HILFE, "Integrationsamt")),
            f"Bewilligt ist dafür {ASSISTENZ}. Außerdem vorgesehen ist {PFLEGE} und {HILFE}; "
            "darüber entscheiden AOK und Integrationsamt selbst.",
        ),
    ],
)
def test_a_wish_tells_apart_what_we_grant_and_what_others_decide(bewilligt, vorgesehen, satz):
    wunsch = Wunsch("bedarf_d5", "Selbstversorgung", "Möchte wählen.", bewilligt, vorgesehen)
    assert wunsch.dafuer == satz
    assert needs_grund(wunsch, "gefolgt") is (not satz)
