"""Preconditions of the Teilhabeplan: one function each, citation first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from cases.models import Leistungstraeger
from cases.registry.schritt import Hindernis
from gesamtplan.models import Gesamtplan, Planabstimmung
from gesamtplan.models.planabstimmung import Traegerstand
from gesamtplan.states.teilhabeplan import Abstimmungsstand
from recht.rechtsstand import Rechtsstand

# The Teilhabeplan exists since 2018; for plans of earlier days there is no page of it.
RECHTSSTAENDE = (Rechtsstand.UE, Rechtsstand.B)
NORM = "§ 19 Abs. 1 SGB IX"
VERALTET = "Der Plan hat sich geändert, seit der Träger gefragt wurde. Bitte fragen Sie ihn erneut."


def andere_traeger_gehoert(plan: Gesamtplan, zeilen: Sequence[Traegerstand]) -> list[Hindernis]:
    """§ 19 Abs. 1 SGB IX: the plan is made together with the carriers that take part.

    Each has agreed, has said why it sees it differently, or has let its day pass; what has changed
    since it was asked is asked anew.
    """
    offen = []
    for zeile in zeilen:
        row = zeile.abstimmung
        if zeile.veraltet:
            satz = f"{zeile.traeger.name}: {VERALTET}"
            offen.append(Hindernis(satz, NORM, reverse("teilhabeplan", args=_args(plan))))
            continue
        if row is not None and row.state != Abstimmungsstand.ANGEFRAGT:
            continue
        satz = (
            f"{zeile.traeger.name} ist zum Teilhabeplan noch nicht gefragt."
            if row is None
            else f"{zeile.traeger.name} ist bis zum {row.bis:%d.%m.%Y} gefragt; die Antwort ist "
            "nicht festgehalten."
        )
        offen.append(Hindernis(satz, NORM, reverse("teilhabeplan", args=_args(plan))))
    return offen


def traeger_nimmt_teil(
    plan: Gesamtplan, traeger: Leistungstraeger, zeilen: Sequence[Traegerstand]
) -> Hindernis | None:
    """§ 19 Abs. 1 SGB IX: asked is who was let take part (§ 15 SGB IX), and asked once."""
    for zeile in zeilen:
        if zeile.traeger.pk == traeger.pk:
            if zeile.abstimmung is None:
                return None
            return Hindernis(f"{traeger.name} ist zu dieser Fassung schon gefragt.", NORM)
    return Hindernis(
        f"{traeger.name} ist nicht beteiligt. Beteiligen Sie den Träger zuerst.",
        "§ 15 Abs. 2 SGB IX",
        reverse("zustaendigkeit", args=[plan.case_id]),
    )


def antworttag_passt(angefragt_am: date, bis: date, tag: date) -> Hindernis | None:
    """§ 19 Abs. 1 SGB IX: a carrier is asked on a day that has come and has time to answer."""
    if angefragt_am > tag:
        return Hindernis("Der Tag der Anfrage liegt in der Zukunft.", NORM)
    if bis <= angefragt_am:
        return Hindernis("Bitte geben Sie dem Träger mindestens einen Tag.", NORM)
    return None


def erklaerung_passt(row: Planabstimmung, am: date, tag: date) -> Hindernis | None:
    """§ 19 Abs. 1 SGB IX: what a carrier says follows the question."""
    if am > tag:
        return Hindernis("Der Tag der Erklärung liegt in der Zukunft.", NORM)
    if am < row.angefragt_am:
        return Hindernis(f"Gefragt wurde erst am {row.angefragt_am:%d.%m.%Y}.", NORM)
    return None


def inhalt_wie_gefragt(row: Planabstimmung, jetzt: str) -> Hindernis | None:
    """§ 19 Abs. 1 SGB IX: a carrier speaks to what it was asked about, not to what came later."""
    return Hindernis(VERALTET, NORM) if row.inhalt_sha256 not in ("", jetzt) else None


def inhalt_geaendert(row: Planabstimmung, jetzt: str) -> Hindernis | None:
    """§ 19 Abs. 1 SGB IX: a carrier is asked once about the same contents."""
    if row.inhalt_sha256 not in ("", jetzt):
        return None
    return Hindernis("Der Plan ist noch so, wie der Träger ihn bekommen hat.", NORM)


def antworttag_vorbei(row: Planabstimmung, tag: date) -> Hindernis | None:
    """§ 19 Abs. 1 SGB IX: silence counts when the day to answer has passed."""
    if row.bis < tag:
        return None
    return Hindernis(f"Der Träger kann bis zum {row.bis:%d.%m.%Y} antworten.", NORM)


def _args(plan: Gesamtplan) -> list[int]:
    return [plan.case_id, plan.version]
