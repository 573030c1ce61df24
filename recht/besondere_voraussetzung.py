"""What the law of today asks of a single Leistung of the Eingliederungshilfe beside § 99."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from recht.rechtsstand import Rechtsstand

# The keys are those of the catalogue since 2020, so this file cites that law only.
RECHTSSTAENDE = (Rechtsstand.B,)
_ASSISTENZ = (
    "Sie brauchen die Assistenz, um Ihren Alltag selbstbestimmt und eigenständig zu bewältigen "
    "(§ 78 Abs. 1 S. 1 SGB IX)."
)
_ARBEIT = (
    "Wegen der Art oder Schwere Ihrer Behinderung kommt eine Beschäftigung auf dem allgemeinen "
    "Arbeitsmarkt nicht, noch nicht oder noch nicht wieder in Betracht, und Sie können wenigstens "
    "ein Mindestmaß wirtschaftlich verwertbarer Arbeitsleistung erbringen (§ 58 Abs. 1 S. 1 "
    "SGB IX)."
)
_BILDUNG = (
    "Sie brauchen die Hilfe, um das Bildungsangebot gleichberechtigt wahrnehmen zu können "
    "(§ 112 Abs. 1 SGB IX, § 75 Abs. 1 SGB IX)."
)
_MOBILITAET = (
    "Öffentliche Verkehrsmittel zu nutzen ist Ihnen wegen der Art und Schwere Ihrer Behinderung "
    "nicht zumutbar, und Sie sind zur Teilhabe am Leben in der Gemeinschaft ständig auf die "
    "Nutzung eines Kraftfahrzeugs angewiesen (§ 83 Abs. 2 SGB IX, § 114 SGB IX)."
)
# What the law asks of a single Leistung of the Eingliederungshilfe beside § 99 SGB IX.
BESONDERE: Mapping[str, str] = MappingProxyType(
    {
        "b_assistenz": _ASSISTENZ,
        "b_assistenz_uebernahme": _ASSISTENZ,
        "b_assistenz_befaehigung": _ASSISTENZ,
        "b_werkstatt": _ARBEIT,
        "b_anderer_anbieter": _ARBEIT,
        "b_budget_fuer_arbeit": (
            "Sie haben Anspruch auf Leistungen im Arbeitsbereich einer Werkstatt, und Ihnen wird "
            "eine sozialversicherungspflichtige Beschäftigung angeboten (§ 61 Abs. 1 SGB IX)."
        ),
        "b_budget_fuer_ausbildung": (
            "Sie haben Anspruch auf Leistungen einer Werkstatt, und Ihnen wird ein "
            "Ausbildungsverhältnis angeboten (§ 61a Abs. 1 SGB IX)."
        ),
        "b_schule": _BILDUNG,
        "b_ausbildung": _BILDUNG,
        "b_befoerderung": _MOBILITAET,
        "b_kraftfahrzeug": _MOBILITAET,
    }
)
