"""Reads of the Teilhabeplan: which carriers take part, and what each says to a version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from cases.models import Antrag, Case, Frist, Leistungstraeger, Traegerbeteiligung
from cases.states.frist import Fristzustand
from gesamtplan.models import Gesamtplan, Leistung, Planabstimmung
from gesamtplan.models.pflichtinhalt import ABSCHNITTE
from gesamtplan.models.planabstimmung import Traegerstand
from gesamtplan.states import Planzustand
from recht.fristkennung import Regel
from recht.inhalte import Pflichtinhalt, pflichtinhalte
from recht.rechtsstand import BEGINN_UEBERGANG, Rechtsstand, rechtsstand_am


def braucht_teilhabeplan(plan: Gesamtplan) -> bool:
    """Tell whether the law of the plan's date knows the Teilhabeplan (§ 19 SGB IX since 2018)."""
    return rechtsstand_am(plan.datum) is not Rechtsstand.A


def traegerstand_of(plan: Gesamtplan) -> list[Traegerstand]:
    """Return the Rehabilitationsträger that were let take part, by name; two queries, or none.

    With a carrier that was asked, the contents of a draft are read besides. Who takes part is what
    the Zuständigkeit has on record (§ 15 SGB IX).
    """
    if not braucht_teilhabeplan(plan):
        return []
    beteiligt = {
        row.traeger_id: row
        for row in Traegerbeteiligung.objects.filter(antrag__case=plan.case_id)
        .exclude(gruppen=[])
        .select_related("traeger", "antrag")
        .order_by("am", "pk")
    }
    if not beteiligt:
        return []
    gesagt = {row.traeger_id: row for row in abstimmungen_of(plan)}
    # A version that is released does not change any more.
    offen = plan.state != Planzustand.FREIGEGEBEN
    jetzt = mark_of_content(plan) if offen and any(r.inhalt_sha256 for r in gesagt.values()) else ""
    return [
        Traegerstand(row.traeger, row, eine, is_stale(eine, jetzt))
        for row in sorted(beteiligt.values(), key=lambda row: row.traeger.name)
        for eine in [gesagt.get(row.traeger_id)]
    ]


def is_stale(row: Planabstimmung | None, jetzt: str) -> bool:
    """Tell whether a carrier was asked about other contents than those of the mark `jetzt`."""
    return bool(jetzt and row is not None and row.inhalt_sha256 not in ("", jetzt))


def abstimmungen_of(plan: Gesamtplan) -> QuerySet[Planabstimmung]:
    """Return what the carriers have said to one version."""
    return Planabstimmung.objects.filter(gesamtplan=plan).select_related("traeger")


def find_abstimmung(case: Case, teile: Mapping[str, int]) -> Planabstimmung | None:
    """Return the row that a page or letter is about, None when it is of another case."""
    return (
        Planabstimmung.objects.filter(gesamtplan__case=case, pk=teile["planabstimmung"])
        .select_related(
            "traeger", "bearbeitet_von", "gesamtplan__case__leistungsberechtigte_person"
        )
        .first()
    )


def find_plan(case: Case, teile: Mapping[str, int]) -> Gesamtplan | None:
    """Return one version of the plan with the parts that a Teilhabeplan prints.

    None where the law of the plan's date does not know the Teilhabeplan.
    """
    rows = Gesamtplan.objects.filter(
        case=case, version=teile["version"], datum__gte=BEGINN_UEBERGANG
    )
    return (
        rows.select_related(
            "case__leistungsberechtigte_person", "case__caseworker", "bedarfsermittlung"
        )
        .prefetch_related(
            "teilhabeziele",
            "leistungen__leistungstraeger",
            "leistungen__teilhabeziel",
            "planinhalte",
            "bedarfsermittlung__bedarfe",
        )
        .first()
    )


def inhalte_of(plan: Gesamtplan) -> list[Pflichtinhalt]:
    """Return the contents of § 19 Abs. 2 SGB IX among those of the plan, in their order."""
    alle = pflichtinhalte("gesamtplan", plan.datum)
    return [inhalt for inhalt in alle if inhalt.nummer.startswith("T")]


def content_of(plan: Gesamtplan) -> dict[str, Any]:
    """Return what a carrier is asked about: contents, need, goals, Leistungen by carrier."""
    texte = {inhalt.schluessel: inhalt.text for inhalt in plan.planinhalte.all()}
    return {
        "inhalte": [
            {
                "nummer": inhalt.nummer.removeprefix("T"),
                "titel": inhalt.bezeichnung,
                "text": absaetze(texte.get(inhalt.schluessel, "")),
                "abschnitt": ABSCHNITTE.get(inhalt.schluessel, ""),
            }
            for inhalt in inhalte_of(plan)
        ],
        "instrument": plan.bedarfsermittlung.instrument,
        "bedarf": [
            {"bereich": str(bedarf), "text": absaetze(bedarf.bedarf)}
            for bedarf in plan.bedarfsermittlung.bedarfe.all()
            if bedarf.bedarf
        ],
        "ziele": [
            {"nummer": z.nummer, "text": z.text, "kriterium": z.kriterium, "bis": z.bis.isoformat()}
            for z in plan.teilhabeziele.all()
        ],
        "leistungen": _leistungen(plan),
    }


def _leistungen(plan: Gesamtplan) -> list[dict[str, Any]]:
    """Return the Leistungen by carrier, so that they fit together; no amounts."""
    je_traeger: dict[Leistungstraeger, list[Leistung]] = {}
    for row in plan.leistungen.all():
        je_traeger.setdefault(row.leistungstraeger, []).append(row)
    return [
        {
            "traeger": traeger.name,
            "eintraege": [
                {
                    "bezeichnung": row.bezeichnung,
                    "umfang": row.umfang,
                    "norm": row.norm,
                    "beginn": row.beginn.isoformat(),
                    "ende": row.ende.isoformat() if row.ende else "",
                    "ziel": row.zielnummern,
                }
                for row in rows
            ],
        }
        for traeger, rows in je_traeger.items()
    ]


def absaetze(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [zeile.strip() for zeile in text.splitlines() if zeile.strip()]


def mark_of_content(plan: Gesamtplan) -> str:
    """Return the SHA-256 of what a carrier is asked about; another one says: it has changed."""
    roh = json.dumps(content_of(plan), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(roh.encode()).hexdigest()


def antraege_with_traeger(zeilen: Iterable[Traegerstand]) -> list[Antrag]:
    """Return the applications in which these carriers take part, each once."""
    je_nummer = {zeile.beteiligung.antrag_id: zeile.beteiligung.antrag for zeile in zeilen}
    return list(je_nummer.values())


def fristen_with_traeger(case: Case) -> list[Frist]:
    """Return the Fristen that run or ran because several carriers take part, by their end."""
    regeln = (
        Regel.ENTSCHEIDUNG_MIT_BETEILIGUNG,
        Regel.ENTSCHEIDUNG_MIT_KONFERENZ,
        Regel.TEILHABEPLAN,
    )
    rows = Frist.objects.filter(case=case, regel__in=regeln).exclude(state=Fristzustand.AUFGEHOBEN)
    return list(rows.order_by("ende", "pk"))
