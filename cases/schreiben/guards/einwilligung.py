"""Legal preconditions of a consent and of handing data on by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cases.models import Case, Einwilligung, Einwilligungsteil, Schreiben
from cases.registry.beitrag import registry
from cases.registry.schritt import Hindernis
from recht.einwilligungstext import einwilligungstext

_DSGVO_AB = date(2018, 5, 25)


def einwilligung_liegt_vor(
    case: Case, schluessel: Iterable[str], name: str, teil: str, stichtag: date
) -> Hindernis | None:
    """§ 67b Abs. 1 S. 1 SGB X: no part of the file goes to a third party without a basis."""
    if Einwilligung.objects.wirksam_am(stichtag).fuer(case.pk, schluessel, teil).exists():
        return None
    return Hindernis(
        f"Für {name} liegt am {stichtag:%d.%m.%Y} keine wirksame Einwilligung vor, den Teil "
        f"„{Einwilligungsteil(teil).label}“ weiterzugeben.",
        "§ 67b Abs. 1 S. 1 SGB X",
    )


def abdruck_von_der_einwilligung_erfasst(erfasst: bool) -> Hindernis | None:
    """§ 67b Abs. 2 SGB X: a consent covers the parts that it names, and nothing else."""
    if erfasst:
        return None
    return Hindernis(
        "Dieses Schreiben ist von der Einwilligung nicht erfasst.", "§ 67b Abs. 2 SGB X"
    )


def anschrift_festgehalten(einwilligung: Einwilligung) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: a copy goes to an address that is on record, to no other."""
    if einwilligung.empfaenger_anschrift:
        return None
    return Hindernis(
        f"Für {einwilligung.empfaenger_name} ist keine Anschrift festgehalten.",
        "§ 35 Abs. 1 SGB I",
    )


def schreiben_darf_hinaus(schreiben: Schreiben, stichtag: date) -> Hindernis | None:
    """§ 67b Abs. 1 S. 1 SGB X: a letter that stands on a consent is asked for it again."""
    teil = einwilligungsteil_of(schreiben)
    if not teil:
        return None
    angaben = schreiben.daten.get("uebermittlung", {})
    return einwilligung_liegt_vor(
        schreiben.case, angaben.get("empfaenger", []), angaben.get("name", ""), teil, stichtag
    )


def einwilligungsteil_of(schreiben: Schreiben) -> str:
    """Return the part of the file whose consent a letter stands on, empty when on none."""
    art = registry.schreibenarten.get(schreiben.art)
    if art is None:
        return ""
    if art.einwilligung_des_bezugs:
        teil: str = schreiben.daten.get("uebermittlung", {}).get("teil", "")
        return teil
    return art.einwilligung_teil


def schreiben_an_dritte_nicht_per_email(schreiben: Schreiben) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: the e-mail address on file is that of the person, not of a third party."""
    art = registry.schreibenarten.get(schreiben.art)
    if art is None or not art.an_dritte:
        return None
    return Hindernis(
        f"Das Schreiben geht an {schreiben.empfaenger[0]}. Per E-Mail wird nur die "
        "leistungsberechtigte Person erreicht; bitte versenden Sie es als Brief.",
        "§ 35 Abs. 1 SGB I",
    )


def einwilligung_in_zulaessiger_form(form: str, erteilt_am: date) -> Hindernis | None:
    """§ 67b Abs. 2 SGB X: written, since 25.05.2018 also electronic."""
    text = einwilligungstext(erteilt_am)
    if form in text.formen:
        return None
    return Hindernis(
        f"Am {erteilt_am:%d.%m.%Y} musste eine Einwilligung schriftlich erteilt werden.", text.norm
    )


def einwilligung_mit_stimmigen_tagen(
    erteilt_am: date, gueltig_ab: date, gueltig_bis: date | None, stichtag: date
) -> Hindernis | None:
    """Art. 7 Abs. 1 DSGVO: what is on record must have been declared, and before it holds."""
    norm = "Art. 7 Abs. 1 DSGVO" if erteilt_am >= _DSGVO_AB else "§ 67b Abs. 2 S. 3 SGB X a.F."
    if erteilt_am > stichtag:
        return Hindernis("Die Einwilligung kann nicht in der Zukunft erteilt worden sein.", norm)
    if gueltig_ab < erteilt_am:
        return Hindernis(
            "Eine Einwilligung gilt frühestens ab dem Tag, an dem sie erteilt ist.", norm
        )
    if gueltig_bis is not None and gueltig_bis < gueltig_ab:
        return Hindernis("Das Ende der Gültigkeit liegt vor ihrem Beginn.", norm)
    return None


def widerruf_nach_der_erteilung(
    einwilligung: Einwilligung, erklaert_am: date, stichtag: date
) -> Hindernis | None:
    """Art. 7 Abs. 3 DSGVO: a withdrawal works at once; it lies neither before nor ahead."""
    if einwilligung.erteilt_am <= erklaert_am <= stichtag:
        return None
    return Hindernis(
        f"Der Widerruf muss zwischen der Erteilung ({einwilligung.erteilt_am:%d.%m.%Y}) und heute "
        "liegen.",
        "Art. 7 Abs. 3 DSGVO" if erklaert_am >= _DSGVO_AB else "§ 67b Abs. 2 SGB X",
    )
