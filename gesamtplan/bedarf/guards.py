"""Legal preconditions of the Bedarfsermittlung: one function each, citation first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from django.urls import reverse

from cases.frist.queries import fristen_of
from cases.models import Case, Traegerbeteiligung
from cases.registry.schritt import Hindernis
from cases.states.fall import Fallzustand
from gesamtplan.models import Bedarf, Bedarfsermittlung, Gutachten
from gesamtplan.models.angaben import Mengenangabe
from gesamtplan.models.bedarf import ZEITABSCHNITTE
from gesamtplan.states.gutachten import Gutachtenstand
from recht.fristen import compute_frist
from recht.fristkennung import Regel
from recht.rechtsstand import norm_am


def bedarf_festgestellt(ermittlung: Bedarfsermittlung) -> Hindernis | None:
    """§ 118 Abs. 1 SGB IX: the need is described along the Lebensbereiche, or there is none."""
    found = any(bedarf.bedarf.strip() for bedarf in ermittlung.bedarfe.all())
    if found or ermittlung.ergebnis.strip():
        return None
    return Hindernis(
        "Tragen Sie in mindestens einem Lebensbereich den Bedarf ein. Besteht kein Bedarf, "
        "halten Sie das in der Zusammenfassung fest.",
        norm_am(ermittlung.datum, "§ 58 SGB XII", "§ 118 Abs. 1 SGB IX", ue="§ 142 Abs. 1 SGB XII"),
        reverse("bedarf_bearbeiten", args=[ermittlung.case_id, ermittlung.pk]),
    )


def zustaendigkeit_festgestellt(case: Case) -> Hindernis | None:
    """§ 14 Abs. 2 S. 1 SGB IX: the leistender Träger determines the need, so it must be known."""
    vorher = (Fallzustand.ANFRAGE, Fallzustand.ANTRAG_EINGEGANGEN, Fallzustand.WEITERGELEITET)
    if case.state not in vorher:
        return None
    return Hindernis(
        f"Der Fall ist im Zustand „{case.get_state_display()}“. Stellen Sie zuerst die "
        "Zuständigkeit fest.",
        "§ 14 Abs. 2 S. 1 SGB IX",
        reverse("fall", args=[case.pk]),
    )


def gespraech_nicht_in_der_zukunft(datum: date, stichtag: date) -> Hindernis | None:
    """§ 117 Abs. 1 Nr. 1 SGB IX: the person takes part, so the talk must have taken place."""
    if datum <= stichtag:
        return None
    return Hindernis(
        f"Das Gespräch am {datum:%d.%m.%Y} liegt in der Zukunft. Die Bedarfsermittlung kann erst "
        "danach abgeschlossen werden.",
        norm_am(
            datum,
            "§ 58 Abs. 2 SGB XII",
            "§ 117 Abs. 1 Nr. 1 SGB IX",
            ue="§ 141 Abs. 1 Nr. 1 SGB XII",
        ),
    )


def keine_offene_ermittlung(offen: Bedarfsermittlung | None) -> Hindernis | None:
    """§ 118 Abs. 1 SGB IX: the need is determined in one talk at a time."""
    if offen is None:
        return None
    return Hindernis(
        "Für diesen Fall ist schon eine Bedarfsermittlung in Arbeit. Bitte führen Sie diese "
        "weiter.",
        norm_am(offen.datum, "§ 58 SGB XII", "§ 118 SGB IX", ue="§ 142 SGB XII"),
    )


def fruehere_wiederholung_begruendet(
    letzte: Bedarfsermittlung | None, datum: date, grund: str, land: str
) -> Hindernis | None:
    """§ 29 Abs. 2 S. 4-5 SGB IX: the need is determined again as a rule after two years."""
    if letzte is None or grund.strip():
        return None
    frist = compute_frist(Regel.BEDARF_WIEDERHOLEN, letzte.datum, land)
    if frist.ende is None or datum >= frist.ende:
        return None
    return Hindernis(
        f"Der Bedarf wurde zuletzt am {letzte.datum:%d.%m.%Y} ermittelt und ist in der Regel ab "
        f"dem {frist.ende:%d.%m.%Y} wieder zu ermitteln. Bitte nennen Sie, warum schon jetzt.",
        str(frist.norm),
    )


def beeintraechtigung_widerspricht_sich_nicht(bedarf: Bedarf, tag: date) -> Hindernis | None:
    """§ 118 Abs. 1 SGB IX: a Lebensbereich has a Beeinträchtigung or it has none."""
    if not bedarf.ohne_beeintraechtigung or not (bedarf.beeintraechtigung or bedarf.bedarf):
        return None
    return Hindernis(
        f"{bedarf.get_lebensbereich_display()}: „Keine Beeinträchtigung“ passt nicht zu einer "
        "beschriebenen Beeinträchtigung oder einem Bedarf.",
        norm_am(tag, "§ 58 SGB XII", "§ 118 Abs. 1 SGB IX", ue="§ 142 Abs. 1 SGB XII"),
    )


def antworten_passen(
    row: Bedarfsermittlung, bogen: int, antworten: Mapping[str, str]
) -> Hindernis | None:
    """§ 118 Abs. 1 SGB IX: an answer belongs to a question of the instrument and to its scale."""
    felder = row.instrumentfassung.read().felder if row.instrumentfassung else ()
    bekannt = {feld.schluessel: feld for feld in felder if feld.bogen == bogen}
    for schluessel, wert in antworten.items():
        feld = bekannt.get(schluessel)
        if feld is None:
            return Hindernis("Diese Frage gibt es in diesem Bogen nicht.", _norm(row.datum))
        if wert and feld.skala and wert not in dict(feld.skala.stufen):
            return Hindernis(f"{feld.frage}: „{wert}“ gehört nicht zur Skala.", _norm(row.datum))
    return None


def pflichtfragen_beantwortet(row: Bedarfsermittlung) -> Hindernis | None:
    """§ 118 Abs. 1 SGB IX: what the instrument calls necessary is found before it is closed."""
    if row.instrumentfassung is None:
        return None
    da = set(row.antworten.values_list("feld", flat=True))
    offen = [
        feld
        for feld in row.instrumentfassung.read().felder
        if feld.pflicht and feld.schluessel not in da
    ]
    if not offen:
        return None
    mehr = f" und {len(offen) - 1} weitere" if len(offen) > 1 else ""
    return Hindernis(
        f"Noch nicht beantwortet: „{offen[0].frage}“{mehr}.",
        _norm(row.datum),
        reverse("bedarf_bogen", args=[row.case_id, row.pk, offen[0].bogen]),
    )


def _norm(tag: date) -> str:
    return norm_am(tag, "§ 58 SGB XII", "§ 118 Abs. 1 SGB IX", ue="§ 142 Abs. 1 SGB XII")


def mengen_sind_nachvollziehbar(mengen: Sequence[Mengenangabe], tag: date) -> Hindernis | None:
    """§ 118 Abs. 1 SGB IX: how much is needed is found by somebody and has its reason."""
    norm = norm_am(tag, "§ 58 SGB XII", "§ 118 Abs. 1 SGB IX", ue="§ 142 Abs. 1 SGB XII")
    if len(mengen) > len(ZEITABSCHNITTE):
        return Hindernis("Ein Bedarf hat höchstens drei Zeitabschnitte.", norm)
    for nummer, menge in enumerate(mengen, 1):
        if menge.menge <= 0 or not menge.begruendung.strip():
            return Hindernis(
                f"Zeitabschnitt {nummer}: Eine Menge über null braucht ihre Begründung.", norm
            )
        if menge.bis is not None and menge.bis < menge.von:
            return Hindernis(f"Zeitabschnitt {nummer}: Das Ende liegt vor dem Beginn.", norm)
    for nummer, (eine, andere) in enumerate(pairwise(mengen), 2):
        if eine.bis is None or andere.von <= eine.bis:
            return Hindernis(f"Zeitabschnitt {nummer} beginnt, bevor der vorige endet.", norm)
    return None


def feststellungen_liegen_vor(case: Case, datum: date, tag: date) -> Hindernis | None:
    """§ 121 Abs. 1 SGB IX: the plan follows the findings of all, or their day has passed."""
    rows = (
        Traegerbeteiligung.objects.filter(
            antrag__case=case, eingegangen_am__isnull=True, selbst_festgestellt_am__isnull=True
        )
        .exclude(gruppen=[])
        .select_related("traeger")
    )
    for row in rows:
        frist = fristen_of(case, row, Regel.FESTSTELLUNGEN_TRAEGER).order_by("-pk").first()
        if frist is not None and frist.ende < tag:
            continue
        wann = f"bis zum {frist.ende:%d.%m.%Y}" if frist else "und sind noch nicht angefordert"
        return Hindernis(
            f"Die Feststellungen von {row.traeger.name} stehen aus {wann}. Danach stellen Sie "
            "den Bedarf selbst fest.",
            norm_am(datum, "§ 58 SGB XII", "§ 121 Abs. 1 SGB IX", ue="§ 144 Abs. 1 SGB XII"),
            reverse("fall_antrag", args=[case.pk]),
        )
    return None


def gutachten_verwertet(case: Case, datum: date) -> Hindernis | None:
    """§ 17 Abs. 2 SGB IX: what an ordered Gutachten finds is what the decision rests on."""
    stand = (Gutachtenstand.BEAUFTRAGT, Gutachtenstand.EINGEGANGEN)
    row = Gutachten.objects.filter(case=case, state__in=stand).order_by("state").first()
    if row is None:
        return None
    satz = (
        "Das beauftragte Gutachten steht noch aus."
        if row.state == Gutachtenstand.BEAUFTRAGT
        else "Das Gutachten liegt vor und ist im Bedarf noch nicht verwertet."
    )
    return Hindernis(
        satz,
        norm_am(datum, "§ 14 Abs. 5 SGB IX a.F.", "§ 17 Abs. 2 SGB IX"),
        reverse("gutachten", args=[case.pk]),
    )
