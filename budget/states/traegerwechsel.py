"""Another carrier takes a running grant over: noted, promised, lifted, handed over."""

from __future__ import annotations

from django.db.models import TextChoices

from budget.states import Budgetzustand
from cases.states.rolle import NUR_LEITUNG, SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from recht.traegerwechsel import Wechselgrund as Grund


class Wechselgrund(TextChoices):
    """Why another carrier is competent; words of `recht.traegerwechsel`."""

    UMZUG = Grund.UMZUG.value, "Umzug in das Gebiet eines anderen Trägers (bis 2019)"
    UNTERBRECHUNG = Grund.UNTERBRECHUNG.value, "mindestens sechs Monate keine Leistung (seit 2020)"
    VORRANG = Grund.VORRANG.value, "ein anderer Träger muss vorrangig leisten"
    IRRTUM = Grund.IRRTUM.value, "ein anderer Träger war von Anfang an zuständig"


class Wechselzustand(TextChoices):
    """How far the change has come."""

    VERMERKT = "vermerkt", "Übernahme noch nicht zugesagt"
    ZUGESAGT = "zugesagt", "Übernahme zugesagt"
    ABGEGEBEN = "abgegeben", "abgegeben"


_WEITERLEISTEN = "§ 2 Abs. 3 S. 1 SGB X"
_OFFEN = (Wechselzustand.VERMERKT, Wechselzustand.ZUGESAGT)

WECHSELBEGINN = Zustandstafel(
    "Beginn eines Trägerwechsels",
    Budgetzustand,
    (
        Uebergang(
            "wechseln",
            "Träger wechselt",
            (Budgetzustand.LAEUFT,),
            "",
            SCHREIBENDE,
            _WEITERLEISTEN,
        ),
    ),
)

TRAEGERWECHSEL = Zustandstafel(
    "Trägerwechsel",
    Wechselzustand,
    (
        Uebergang(
            "zusagen",
            "Zusage der Übernahme vermerken",
            _OFFEN,
            Wechselzustand.ZUGESAGT,
            SCHREIBENDE,
            _WEITERLEISTEN,
        ),
        Uebergang(
            "aufheben",
            "Aufhebung entwerfen",
            (Wechselzustand.ZUGESAGT,),
            "",
            SCHREIBENDE,
            "§ 48 Abs. 1 S. 1 SGB X",
        ),
        Uebergang(
            "erstattung_verlangen",
            "Erstattung als verlangt vermerken",
            (Wechselzustand.ZUGESAGT,),
            "",
            SCHREIBENDE,
            "§ 111 SGB X",
        ),
        Uebergang(
            "abgeben",
            "Fall abgeben und beenden",
            (Wechselzustand.ZUGESAGT,),
            Wechselzustand.ABGEGEBEN,
            NUR_LEITUNG,
            zweite_person=True,
        ),
        Uebergang(
            "verwerfen",
            "Trägerwechsel verwerfen",
            (Wechselzustand.VERMERKT,),
            "",
            SCHREIBENDE,
        ),
    ),
    {
        Wechselzustand.VERMERKT: "warning",
        Wechselzustand.ZUGESAGT: "info",
        Wechselzustand.ABGEGEBEN: "success",
    },
)
