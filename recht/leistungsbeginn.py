"""From which day a benefit may begin: F18 for the day on which the Antrag counts as made.

Since 2020 that is the first of its month (§ 108 Abs. 1 S. 2 SGB IX), before that the day itself:
nothing is paid for the time before the Kenntnis (§ 18 SGB XII), an Antrag is Kenntnis at the
latest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from recht.fristkatalog import fristregel
from recht.fristkennung import Regel
from recht.rechtsstand import Rechtsstand, rechtsstand_am


@dataclass(frozen=True, slots=True)
class Leistungsbeginn:
    """The first day of a benefit, with the norm and whether it may lie before the Antrag.

    ``aus_kenntnis``: it is the day since which the need was known, before the Antrag.
    """

    tag: date
    norm: str
    ab_monatsanfang: bool
    aus_kenntnis: bool = False


def tag_der_kenntnis(antragstag: date, kenntnis: date | None) -> date:
    """Day from which the help may begin: that of the Kenntnis where it lies before the Antrag.

    That is the law of the Sozialhilfe until 2019 (§ 18 Abs. 1 SGB XII). Since 2020 the
    Eingliederungshilfe needs an Antrag, and an earlier Kenntnis changes nothing.
    """
    if kenntnis is None or kenntnis >= antragstag:
        return antragstag
    return antragstag if rechtsstand_am(antragstag) is Rechtsstand.B else kenntnis


def fruehester_beginn(antragstag: date, kenntnis: date | None = None) -> Leistungsbeginn:
    """First day on which a benefit may begin; the law is that of the Antrag.

    ``kenntnis`` is the day since which the carrier of the Sozialhilfe knew of the need.
    ``antragstag`` is the first receipt, also with a carrier that has forwarded it (§ 16 Abs. 2
    S. 2 SGB I, until 2019 also § 18 Abs. 2 SGB XII). Raises ``RechtFehler`` outside the law held.
    """
    fassung = fristregel(Regel.FRUEHESTER_BEGINN).fassung(rechtsstand_am(antragstag))
    am_ersten = fassung.rechnung == "monatsanfang"
    ab = tag_der_kenntnis(antragstag, kenntnis)
    tag = ab.replace(day=1) if am_ersten else ab
    return Leistungsbeginn(tag, fassung.norm, am_ersten, ab < antragstag)
