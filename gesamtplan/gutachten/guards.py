"""Preconditions of a Gutachten about the need: one function each, citation first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.urls import reverse

from cases.models import Case, Unterlage
from cases.registry.schritt import Hindernis
from gesamtplan.models import Bedarfsermittlung, Gutachten
from gesamtplan.models.gutachten import BENANNTE
from gesamtplan.states import Ermittlungszustand
from gesamtplan.states.gutachten import OFFENE, Wahldurch
from recht.rechtsstand import norm_am


def gutachtennorm_am(tag: date) -> str:
    """Return the norm of naming experts and of their Gutachten under the law of a day."""
    return norm_am(tag, "§ 14 Abs. 5 SGB IX a.F.", "§ 17 Abs. 1 SGB IX")


def kein_gutachten_offen(case: Case, tag: date) -> Hindernis | None:
    """§ 17 Abs. 1 SGB IX: one suitable expert is asked at a time."""
    if not Gutachten.objects.filter(case=case, state__in=OFFENE).exists():
        return None
    return Hindernis(
        "Ein Gutachten ist schon in Vorbereitung oder beauftragt.",
        gutachtennorm_am(tag),
        reverse("gutachten", args=[case.pk]),
    )


def drei_zur_wahl(row: Gutachten, tag: date) -> Hindernis | None:
    """§ 17 Abs. 1 SGB IX: as a rule three experts near the person's home are named to choose."""
    anzahl = len(row.sachverstaendige.all())
    if anzahl == len(BENANNTE) or (anzahl and row.weniger_grund.strip()):
        return None
    return Hindernis(
        "In der Regel sind drei Sachverständige zu benennen. Bitte ergänzen Sie sie oder begründen "
        "Sie, warum es weniger sind.",
        gutachtennorm_am(tag),
        reverse("gutachten_bearbeiten", args=[row.case_id, row.pk]) + "#id_weniger_grund",
    )


def vorhandenes_geprueft(row: Gutachten, vorhandenes: list[str]) -> Hindernis | None:
    """§ 96 SGB X: what others have examined already is used before it is examined again."""
    if not vorhandenes or row.neu_grund.strip():
        return None
    mehr = f" und {len(vorhandenes) - 1} weitere" if len(vorhandenes) > 1 else ""
    return Hindernis(
        f"In der Akte liegt schon: {vorhandenes[0]}{mehr}. Verwenden Sie es, oder begründen Sie, "
        "warum ein neues Gutachten nötig ist.",
        "§ 96 SGB X",
        reverse("gutachten_bearbeiten", args=[row.case_id, row.pk]) + "#id_neu_grund",
    )


def wahl_passt(
    row: Gutachten, wahl: int, durch: str, grund: str, am: date, tag: date
) -> Hindernis | None:
    """§ 17 Abs. 1 SGB IX: the wish of the person counts; the authority chooses with a reason."""
    norm = gutachtennorm_am(tag)
    if wahl not in {eine.nummer for eine in row.sachverstaendige.all()}:
        return Hindernis("Bitte wählen Sie eine der benannten Personen.", norm)
    if am > tag:
        return Hindernis("Der Tag der Wahl liegt in der Zukunft.", norm)
    if row.benannt_am is not None and am < row.benannt_am:
        return Hindernis(
            f"Benannt wurden die Sachverständigen am {row.benannt_am:%d.%m.%Y}; gewählt werden "
            "kann ab dann.",
            norm,
        )
    if durch == Wahldurch.BEHOERDE and not grund.strip():
        return Hindernis("Bitte begründen Sie, warum nicht die Person gewählt hat.", norm)
    return None


def eingang_passt(
    row: Gutachten, am: date, unterlage: Unterlage | None, tag: date
) -> Hindernis | None:
    """§ 17 Abs. 2 SGB IX: the Gutachten follows its order; it is one of this case."""
    norm = norm_am(tag, "§ 14 Abs. 5 SGB IX a.F.", "§ 17 Abs. 2 SGB IX")
    if am > tag:
        return Hindernis("Der Tag des Eingangs liegt in der Zukunft.", norm)
    if row.beauftragt_am is not None and am < row.beauftragt_am:
        return Hindernis(f"Beauftragt wurde es erst am {row.beauftragt_am:%d.%m.%Y}.", norm)
    if unterlage is not None and unterlage.case_id != row.case_id:
        return Hindernis("Diese Unterlage gehört zu einem anderen Fall.", norm)
    return None


def bedarf_in_arbeit(case: Case, tag: date) -> Hindernis | None:
    """§ 17 Abs. 2 SGB IX: what the Gutachten finds goes into the need while it is determined."""
    if open_ermittlung(case) is not None:
        return None
    return Hindernis(
        "Es ist keine Bedarfsermittlung in Arbeit. Beginnen Sie eine; das Gutachten geht in sie "
        "ein.",
        norm_am(tag, "§ 14 Abs. 5 SGB IX a.F.", "§ 17 Abs. 2 SGB IX"),
        reverse("bedarf", args=[case.pk]),
    )


def open_ermittlung(case: Case) -> Bedarfsermittlung | None:
    """Return the Bedarfsermittlung in work, None when there is none."""
    return Bedarfsermittlung.objects.filter(case=case, state=Ermittlungszustand.ENTWURF).first()


def etwas_festgestellt(texte: Mapping[str, str], tag: date) -> Hindernis | None:
    """§ 17 Abs. 2 SGB IX: what the Gutachten finds about the need is written down somewhere."""
    if any(text.strip() for text in texte.values()):
        return None
    return Hindernis(
        "Bitte halten Sie in mindestens einem Lebensbereich fest, was das Gutachten feststellt.",
        norm_am(tag, "§ 14 Abs. 5 SGB IX a.F.", "§ 17 Abs. 2 SGB IX"),
    )
