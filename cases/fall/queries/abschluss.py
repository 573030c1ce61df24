"""What stands in the way of the end of a case, and what an end has lifted."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from cases.models import Case, Frist, Schreiben, Versand, Wiedervorlage
from cases.registry.beitrag import registry
from cases.registry.schritt import Hindernis
from cases.states.fall import WIEDERAUFNAHME, Fallzustand
from cases.states.frist import Fristzustand
from cases.states.versand import UNTERWEGS, Versandzustand

# What `end_case` writes beside a Frist that it lifts; by this reopening knows them again.
ENDE_DES_FALLS = "Fall beendet"


def abschlusshindernisse(case: Case, stichtag: date) -> list[Hindernis]:
    """Return the letters of the case that have not left the house; two queries."""
    found = [
        Hindernis(
            f"Das Schreiben {row.schreiben.nummer} ist noch nicht aus dem Haus "
            f"({row.get_state_display()}).",
            "§ 37 Abs. 1 SGB X",
            reverse("versand", args=[case.pk, row.pk]),
        )
        for row in Versand.objects.filter(schreiben__case=case, state__in=UNTERWEGS).select_related(
            "schreiben"
        )
    ]
    arten = [art.schluessel for art in registry.schreibenarten.values() if art.rechtsbehelf]
    gesandt = Versand.objects.filter(
        schreiben=OuterRef("pk"), state__in=[*UNTERWEGS, Versandzustand.AUFGEGEBEN]
    )
    found += [
        Hindernis(
            f"Der Bescheid {schreiben.nummer} ist freigegeben, aber nicht versandt.",
            "§ 37 Abs. 1 SGB X",
            reverse("versand_neu", args=[case.pk, schreiben.pk]),
        )
        for schreiben in Schreiben.objects.filter(~Exists(gesandt), case=case, art__in=arten)
    ]
    return found


def all_hindernisse(case: Case, stichtag: date) -> list[Hindernis]:
    """Return everything that any floor holds against the end of the case."""
    return [h for source in registry.abschlusshindernisse for h in source(case, stichtag)]


def open_reminders(case: Case) -> QuerySet[Wiedervorlage]:
    """Return the Wiedervorlagen that the end of the case will settle."""
    return Wiedervorlage.objects.filter(case=case, erledigt_am__isnull=True).select_related("user")


def lifted_fristen(case: Case) -> QuerySet[Frist]:
    """Return the Fristen that the end of this case has lifted; they run again when it goes on."""
    return Frist.objects.filter(
        case=case,
        state=Fristzustand.AUFGEHOBEN,
        erledigt_durch=ENDE_DES_FALLS,
        erledigt_am=case.beendet_am,
    ).order_by("ende", "id")


def state_before_end(case: Case) -> str:
    """Return where the case stood before it ended, from its history."""
    event = apps.get_model("cases", "CaseEvent")
    row = (
        event.objects.filter(pgh_obj_id=case.pk)
        .exclude(state=Fallzustand.BEENDET)
        .order_by("-pgh_id")
        .values_list("state", flat=True)
        .first()
    )
    return row or Fallzustand.ZUSTAENDIG


def state_after_reopening(case: Case) -> str:
    """Return where a reopened case goes on; empty when it was forwarded."""
    return WIEDERAUFNAHME.get(state_before_end(case), "")
