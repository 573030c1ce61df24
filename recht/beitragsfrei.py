"""Which Leistungen are free of the Beitrag (§ 138 Abs. 1 SGB IX).

Most of it follows from the key of the Leistung. Some of it depends on facts that no key tells:
where a person is trained, for what she learns, whether a child goes to school, whether she gets a
benefit for the Lebensunterhalt that stands in no plan. These a person states.
"""

from __future__ import annotations

from types import MappingProxyType

from recht.fehler import EingabeUngueltig
from recht.leistung import is_eingliederungshilfe
from recht.rechtsstand import Rechtsstand

# The Beitrag exists since 2020.
RECHTSSTAENDE = (Rechtsstand.B,)
# § 138 Abs. 1 SGB IX, Nr. 1 to 4; the Arbeitsförderungsgeld goes with the Werkstatt [M].
_NACH_SCHLUESSEL = MappingProxyType(
    {
        "b_heilpaedagogik": "frei_heilpaedagogik",
        "b_medizinische_rehabilitation": "frei_medizinische_rehabilitation",
        "b_fruehfoerderung": "frei_medizinische_rehabilitation",
        "b_werkstatt": "frei_arbeitsleben",
        "b_anderer_anbieter": "frei_arbeitsleben",
        "b_budget_fuer_arbeit": "frei_arbeitsleben",
        "b_budget_fuer_ausbildung": "frei_arbeitsleben",
        "b_arbeitsfoerderungsgeld": "frei_arbeitsleben",
        "b_schule": "frei_schulbildung",
    }
)
# § 138 Abs. 1 SGB IX, Nr. 5 to 8: which keys the stated fact frees, None stands for all.
_NACH_ANGABE = MappingProxyType(
    {
        "frei_ausbildungsstaette": frozenset({"b_ausbildung"}),
        "frei_vorbereitung_arbeitsleben": frozenset({"b_praktische_faehigkeiten"}),
        "frei_nicht_eingeschult": None,
        "frei_lebensunterhalt": None,
    }
)
ANGABEN = tuple(_NACH_ANGABE)


def befreiung_of(schluessel: str, angabe: str = "") -> str:
    """Key of the catalogue ``beitragsfrei`` that frees a Leistung, empty where none does.

    ``schluessel`` is the key of the Leistung, ``angabe`` the stated fact, one of ``ANGABEN`` or
    empty. Raises EingabeUngueltig for another one.
    """
    if angabe and angabe not in _NACH_ANGABE:
        raise EingabeUngueltig(
            f"Die Angabe „{angabe}“ befreit nicht vom Beitrag; zulässig sind {', '.join(ANGABEN)}."
        )
    if schluessel in _NACH_SCHLUESSEL:
        return _NACH_SCHLUESSEL[schluessel]
    if not angabe or (schluessel and not is_eingliederungshilfe(schluessel)):
        return ""
    frei = _NACH_ANGABE[angabe]
    return angabe if frei is None or schluessel in frei else ""
