"""What must be given for a Leistung: the sentence of the Bescheid (§ 120 Abs. 2 S. 2 SGB IX).

The key of the Leistung and the kind of its Leistungsträger decide, together with the Rechtsstand.
A Leistung without a key, or one that its Leistungsträger does not give, gets the sentence that
claims no more than is known: who has found that its preconditions are met.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from recht.besondere_voraussetzung import BESONDERE
from recht.leistung import Bereich, leistung_of
from recht.rechtsstand import Rechtsstand, rechtsstand_am

EINGLIEDERUNGSHILFE: Mapping[Rechtsstand, str] = MappingProxyType(
    {
        Rechtsstand.A: (
            "Sie sind durch Ihre Behinderung wesentlich in Ihrer Fähigkeit eingeschränkt, am Leben "
            "in der Gesellschaft teilzuhaben, und die Aufgabe der Eingliederungshilfe kann mit "
            "dieser Leistung erfüllt werden (§ 53 SGB XII)."
        ),
        Rechtsstand.UE: (
            "Sie sind durch Ihre Behinderung wesentlich in Ihrer Fähigkeit eingeschränkt, an der "
            "Gesellschaft teilzuhaben, und die Leistung ist nach dem Gesamtplan erforderlich "
            "(§ 53 SGB XII)."
        ),
        Rechtsstand.B: (
            "Sie gehören zum leistungsberechtigten Personenkreis der Eingliederungshilfe "
            "(§ 99 SGB IX), Sie haben die Leistung beantragt (§ 108 SGB IX), und sie ist nach dem "
            "Gesamtplan erforderlich, um Ihre Teilhabeziele zu erreichen."
        ),
    }
)
# Of the others their own law; {traeger} has found that it is so.
_ANDERE: Mapping[Bereich, str] = MappingProxyType(
    {
        Bereich.HILFE_ZUR_PFLEGE: (
            "Sie sind pflegebedürftig, und die Leistungen der Pflegekasse decken Ihren Bedarf "
            "nicht vollständig ({norm})."
        ),
        Bereich.LEBENSUNTERHALT: (
            "Sie können Ihren notwendigen Lebensunterhalt nicht aus eigenem Einkommen und Vermögen "
            "bestreiten ({norm}). Diese Leistung tritt zum Persönlichen Budget hinzu und ist "
            "nicht dessen Teil."
        ),
        Bereich.PFLEGEVERSICHERUNG: (
            "Sie sind pflegebedürftig im Sinne der §§ 14 und 15 SGB XI; die Pflegekasse hat dies "
            "festgestellt."
        ),
        Bereich.KRANKENVERSICHERUNG: (
            "Sie sind krankenversichert, und {traeger} hat festgestellt, dass die Leistung "
            "medizinisch notwendig ist ({norm})."
        ),
        Bereich.ARBEITSFOERDERUNG: (
            "Sie brauchen wegen der Art oder Schwere Ihrer Behinderung Hilfe zur Teilhabe am "
            "Arbeitsleben; {traeger} hat dies festgestellt ({norm})."
        ),
        Bereich.UNFALLVERSICHERUNG: (
            "Die Leistung ist wegen der Folgen eines Versicherungsfalls nötig; {traeger} hat dies "
            "festgestellt ({norm})."
        ),
        Bereich.RENTENVERSICHERUNG: (
            "Sie erfüllen die persönlichen und die versicherungsrechtlichen Voraussetzungen; "
            "{traeger} hat dies festgestellt (§§ 10, 11 SGB VI, {norm})."
        ),
        Bereich.LANDWIRTE: (
            "Sie erfüllen die persönlichen und die versicherungsrechtlichen Voraussetzungen der "
            "Alterssicherung der Landwirte; {traeger} hat dies festgestellt ({norm})."
        ),
        Bereich.ENTSCHAEDIGUNG: (
            "Die Leistung ist wegen einer anerkannten Schädigung nötig; {traeger} hat dies "
            "festgestellt ({norm})."
        ),
        Bereich.JUGENDHILFE: (
            "Ihre seelische Gesundheit weicht mit hoher Wahrscheinlichkeit länger als sechs Monate "
            "von dem für Ihr Lebensalter typischen Zustand ab, und Ihre Teilhabe ist daher "
            "beeinträchtigt; {traeger} hat dies festgestellt (§ 35a Abs. 1 SGB VIII)."
        ),
        Bereich.INTEGRATIONSAMT: (
            "Sie sind schwerbehindert oder gleichgestellt und brauchen die Leistung im "
            "Arbeitsleben; {traeger} hat dies festgestellt ({norm})."
        ),
    }
)
UNBESTIMMT = (
    "{traeger} hat festgestellt, dass die Voraussetzungen dieser Leistung vorliegen ({norm})."
)


def voraussetzung_of(
    schluessel: str,
    traegerart: str,
    stichtag: date,
    *,
    eigener: bool,
    traeger: str,
    norm: str,
) -> str:
    """The sentence on the Leistungsvoraussetzungen of one Leistung.

    ``schluessel`` is its key, empty when it is not assigned; ``traegerart`` the kind of its
    Leistungsträger, ``eigener`` whether that is the authority itself, ``traeger`` its name and
    ``norm`` the Rechtsgrundlage as it is printed.
    """
    eintrag = leistung_of(schluessel)
    if eintrag is None or not eintrag.passt_zu(traegerart, stichtag, eigener=eigener):
        return UNBESTIMMT.format(traeger=traeger, norm=norm)
    if eintrag.bereich is not Bereich.EINGLIEDERUNGSHILFE:
        return _ANDERE[eintrag.bereich].format(traeger=traeger, norm=norm)
    satz = EINGLIEDERUNGSHILFE[rechtsstand_am(stichtag)]
    besondere = BESONDERE.get(schluessel, "")
    return f"{satz} {besondere}".rstrip()
