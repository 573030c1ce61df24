"""The way of a Bescheid from draft to Bestandskraft."""

from __future__ import annotations

from budget.states import Bescheidzustand
from cases.states.rolle import NUR_LEITUNG, SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from recht.rechtsstand import Normfolge

BESCHEID = Zustandstafel(
    "Bescheid",
    Bescheidzustand,
    (
        Uebergang(
            "bearbeiten",
            "Bescheid bearbeiten",
            (Bescheidzustand.ENTWURF,),
            Bescheidzustand.ENTWURF,
            SCHREIBENDE,
            "",
        ),
        Uebergang(
            "vorlegen",
            "Zur Freigabe vorlegen",
            (Bescheidzustand.ENTWURF,),
            Bescheidzustand.VORGELEGT,
            SCHREIBENDE,
            "",
        ),
        Uebergang(
            "zurueckziehen",
            "Vorlage zurückziehen",
            (Bescheidzustand.VORGELEGT,),
            Bescheidzustand.ENTWURF,
            SCHREIBENDE,
            "",
        ),
        Uebergang(
            "zurueckgeben",
            "Zurückgeben",
            (Bescheidzustand.VORGELEGT,),
            Bescheidzustand.ENTWURF,
            NUR_LEITUNG,
            "",
        ),
        Uebergang(
            "mitzeichnen",
            "Mitzeichnen",
            (Bescheidzustand.VORGELEGT,),
            "",
            NUR_LEITUNG,
            "§ 33 Abs. 3 SGB X",
            zweite_person=True,
        ),
        Uebergang(
            "freigeben",
            "Freigeben",
            (Bescheidzustand.VORGELEGT,),
            Bescheidzustand.FREIGEGEBEN,
            NUR_LEITUNG,
            Normfolge("§ 3 Abs. 5 BudgetV", "§ 120 Abs. 2 SGB IX", ue="§ 143a Abs. 2 SGB XII"),
            zweite_person=True,
        ),
        Uebergang(
            "aufgeben",
            "Aufgabe zur Post",
            (Bescheidzustand.FREIGEGEBEN,),
            Bescheidzustand.VERSANDT,
            SCHREIBENDE,
            "§ 37 SGB X",
        ),
        Uebergang(
            "neu_freigeben",
            "Zur neuen Freigabe zurückgeben",
            (Bescheidzustand.FREIGEGEBEN,),
            Bescheidzustand.ENTWURF,
            SCHREIBENDE,
            "§ 39 Abs. 1 SGB X, § 66 Abs. 2 SGG",
        ),
        # Taken by the program when a letter came back: nothing has been made known.
        Uebergang(
            "zurueckkommen",
            "Nicht bekannt gegeben",
            (Bescheidzustand.VERSANDT, Bescheidzustand.BESTANDSKRAEFTIG),
            Bescheidzustand.FREIGEGEBEN,
            frozenset(),
            "§ 37 Abs. 2 S. 3 SGB X",
        ),
        Uebergang(
            "bestandskraft",
            "Bestandskraft",
            (Bescheidzustand.VERSANDT,),
            Bescheidzustand.BESTANDSKRAEFTIG,
            frozenset(),
            "§ 77 SGG",
        ),
        # Taken by the program when the Bekanntgabe was later than on record.
        Uebergang(
            "wieder_anfechtbar",
            "Widerspruchsfrist läuft wieder",
            (Bescheidzustand.BESTANDSKRAEFTIG,),
            Bescheidzustand.VERSANDT,
            frozenset(),
            "§ 77 SGG",
        ),
    ),
    {
        Bescheidzustand.ENTWURF: "neutral",
        Bescheidzustand.VORGELEGT: "warning",
        Bescheidzustand.FREIGEGEBEN: "success",
        Bescheidzustand.VERSANDT: "success",
        Bescheidzustand.BESTANDSKRAEFTIG: "success",
    },
)
