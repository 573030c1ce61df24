"""Letters leave the house: the way is ordered, the posting recorded, the Bekanntgabe computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from cases import access
from cases.export.mail import build_mail, deliver
from cases.frist.services.frist import land, start_frist
from cases.guards import refuse
from cases.models import Auftrag, Behoerde, Schreiben, User, Versand, Versandweg
from cases.person.guards.adressat import anschrift_unveraendert, email_an_den_adressaten
from cases.registry.auftragsart import Endgueltig, Hinfaellig, Ungewiss
from cases.registry.beitrag import registry
from cases.schreiben.guards.einwilligung import (
    schreiben_an_dritte_nicht_per_email,
    schreiben_darf_hinaus,
)
from cases.schreiben.guards.versand import (
    aufgabe_nicht_in_der_zukunft,
    aufgabe_nicht_vor_dem_schreiben,
    email_zugang_eroeffnet,
)
from cases.schreiben.schritte import VERSANDSCHRITTE, Versandlage
from cases.schreiben.services.schreiben import pdfs_of
from cases.services import auftrag as auftraege
from cases.services.ereignis import record_ereignis
from cases.states.auftrag import Auftragzustand
from cases.states.tafel import SchrittUnzulaessig
from cases.states.versand import UNTERWEGS, VERSAND, Versandzustand
from recht.bekanntgabe import Bekanntgabeergebnis, bekanntgabe
from recht.fehler import RechtFehler
from recht.fristkennung import Regel

ART_EMAIL = "versand_email"
BETREFF = "Ein Schreiben Ihrer Behörde liegt bei"


def schluessel_of(versand: Versand) -> str:
    """Return the business key of the e-mail of this Versand."""
    return f"{ART_EMAIL}:{versand.pk}"


def auftrag_of(versand: Versand) -> int | None:
    """Return the id of the outbox row to wake, None when the way needs none."""
    rows = Auftrag.objects.filter(schluessel=schluessel_of(versand))
    return rows.values_list("pk", flat=True).first()


@transaction.atomic
def send(*, schreiben: Schreiben, weg: str, by: User, tag: date) -> Versand:
    """Order that a frozen letter leaves the house by one way.

    E-mail goes out through the outbox, a Brief waits in the Postausgang, an Übergabe counts as
    done on `tag`. Recipient and address are frozen here. Raises SchrittUnzulaessig when the letter
    is already on its way or the way is closed (§ 36a Abs. 1 SGB I).
    """
    weg = Versandweg(weg)
    if weg == Versandweg.UEBERGABE:
        return hand_over(schreiben=schreiben, am=tag, by=by, tag=tag)
    schreiben = Schreiben.objects.select_for_update().get(pk=schreiben.pk)
    _require_sendable(schreiben, weg, by)
    refuse(schreiben_darf_hinaus(schreiben, tag))
    if weg == Versandweg.ELEKTRONISCH:
        refuse(schreiben_an_dritte_nicht_per_email(schreiben))
        person = schreiben.case.leistungsberechtigte_person
        refuse(email_zugang_eroeffnet(person, tag))
        refuse(email_an_den_adressaten(person, tag))
        an = [person.email]
    else:
        refuse(anschrift_unveraendert(schreiben, tag))
        an = schreiben.empfaenger
    versand = Versand.objects.create(schreiben=schreiben, weg=weg, an=an)
    if weg == Versandweg.ELEKTRONISCH:
        auftraege.order(
            art=ART_EMAIL,
            schluessel=schluessel_of(versand),
            gegenstand_id=versand.pk,
            zeitpunkt=auftraege.beginn_of(tag),
        )
    text = f"„{schreiben.titel}“ zum Versand vorgesehen: {versand.get_weg_display()}"
    _note(versand, by, tag, text)
    return versand


@transaction.atomic
def hand_over(*, schreiben: Schreiben, am: date, by: User, tag: date) -> Versand:
    """Record that a letter was handed over in person on `am` (§ 37 Abs. 1 SGB X)."""
    schreiben = Schreiben.objects.select_for_update().get(pk=schreiben.pk)
    _require_sendable(schreiben, Versandweg.UEBERGABE, by)
    versand = Versand.objects.create(
        schreiben=schreiben, weg=Versandweg.UEBERGABE, an=schreiben.empfaenger
    )
    return record_aufgabe(versand=versand, aufgabe_am=am, by=by, tag=tag)


def _require_sendable(schreiben: Schreiben, weg: Versandweg, by: User) -> None:
    if not access.may_write(by):
        raise SchrittUnzulaessig("Schreiben versenden nur Fallmanagement und Sachgebietsleitung.")
    for versand in schreiben.versand_liste.all():
        if versand.state in UNTERWEGS:
            raise SchrittUnzulaessig(
                f"Das Schreiben ist bereits auf dem Weg ({versand.get_weg_display()}, "
                f"{versand.get_state_display()})."
            )
        if versand.state == Versandzustand.AUFGEGEBEN and versand.weg == weg:
            raise SchrittUnzulaessig(
                f"Das Schreiben ist am {versand.aufgabe_am:%d.%m.%Y} auf diesem Weg aufgegeben."
            )


def lock_versand(versand_id: int) -> Versand:
    """Lock and return the row with its letter, case and person."""
    return (
        Versand.objects.select_for_update(of=("self",))
        .select_related("schreiben__case__leistungsberechtigte_person")
        .get(pk=versand_id)
    )


@transaction.atomic
def record_aufgabe(*, versand: Versand, aufgabe_am: date, by: User | None, tag: date) -> Versand:
    """Record posting, sending or handing over, and what follows from it.

    Computes Bekanntgabe (§ 37 Abs. 2 SGB X) and, for a letter with Rechtsbehelf, the
    Widerspruchsfrist (§ 84 Abs. 1 SGG). `by` is None when the program has sent an e-mail. A user
    records what left on paper, and decides here that an uncertain e-mail has gone out. A second
    record for the same Versand is refused.
    """
    versand = lock_versand(versand.pk)
    versand.state = _after_aufgabe(versand, by, tag)
    refuse(schreiben_darf_hinaus(versand.schreiben, aufgabe_am))
    ergebnis = compute_bekanntgabe(versand, aufgabe_am, tag)
    schreiben, rechtsbehelf = versand.schreiben, has_rechtsbehelf(versand.schreiben)
    versand.aufgabe_am = aufgabe_am
    versand.vermerkt_von = by
    versand.bekanntgabe = ergebnis.bekanntgabe
    versand.widerspruch_bis = ergebnis.widerspruch_bis if rechtsbehelf else None
    # Without Rechtsbehelf the account ends with the day of Bekanntgabe.
    ende = None if rechtsbehelf else len(ergebnis.schritte) - len(ergebnis.frist.schritte)
    versand.schritte = [asdict(s) for s in ergebnis.schritte[:ende]]
    versand.warnung = ergebnis.warnung if rechtsbehelf else ""
    versand.save()
    text = f"„{schreiben.titel}“ aufgegeben am {aufgabe_am:%d.%m.%Y}: {versand.get_weg_display()}"
    _note(versand, by, tag, f"{text}; bekannt gegeben am {ergebnis.bekanntgabe:%d.%m.%Y}")
    if rechtsbehelf:
        start_frist(
            case=schreiben.case,
            regel=Regel.WIDERSPRUCH,
            gegenstand=schreiben,
            ausloeser=ergebnis.bekanntgabe,
            by=by,
        )
    art = registry.schreibenarten.get(schreiben.art)
    if art is not None and art.nach_aufgabe is not None:
        art.nach_aufgabe(schreiben, versand, by, tag)
    return versand


def _after_aufgabe(versand: Versand, by: User | None, tag: date) -> str:
    """Return the state after posting; an uncertain e-mail is settled with it."""
    unklar = versand.state == Versandzustand.UNGEWISS
    schritt = "als_versandt_vermerken" if unklar else "aufgeben"
    state = VERSANDSCHRITTE.require(Versandlage(by, tag, versand), schritt)
    if unklar and by is not None:
        auftraege.resolve(
            schluessel=schluessel_of(versand), nochmals=False, now=auftraege.beginn_of(tag)
        )
    return state


def compute_bekanntgabe(versand: Versand, aufgabe_am: date, tag: date) -> Bekanntgabeergebnis:
    """Return Bekanntgabe and Widerspruchsfrist for a day of posting, or refuse the day."""
    refuse(aufgabe_nicht_in_der_zukunft(aufgabe_am, tag))
    refuse(aufgabe_nicht_vor_dem_schreiben(versand.schreiben, aufgabe_am))
    return bekanntgabe(aufgabe_am, versand.weg, land())


def has_rechtsbehelf(schreiben: Schreiben) -> bool:
    """Tell whether a Widerspruch against this letter is possible."""
    art = registry.schreibenarten.get(schreiben.art)
    return art is not None and art.rechtsbehelf


@transaction.atomic
def send_again(*, versand: Versand, by: User, tag: date) -> Versand:
    """Decide that an uncertain e-mail goes out once more, with the same Message-ID."""
    versand = lock_versand(versand.pk)
    versand.state = VERSANDSCHRITTE.require(Versandlage(by, tag, versand), "erneut_senden")
    versand.warnung = ""
    versand.save(update_fields=["state", "warnung"])
    auftraege.resolve(
        schluessel=schluessel_of(versand), nochmals=True, now=auftraege.beginn_of(tag)
    )
    _note(versand, by, tag, f"„{versand.schreiben.titel}“ wird erneut gesendet")
    return versand


@transaction.atomic
def cancel_versand(*, versand: Versand, by: User, tag: date) -> Versand:
    """Take a letter back before it has left the house."""
    email = versand.weg == Versandweg.ELEKTRONISCH
    # The order before its Versand, as the worker locks them: neither waits for the other for ever.
    gestoppt = email and auftraege.cancel(
        schluessel=schluessel_of(versand), grund="Zurückgenommen.", now=auftraege.beginn_of(tag)
    )
    versand = lock_versand(versand.pk)
    versand.state = VERSANDSCHRITTE.require(Versandlage(by, tag, versand), "zuruecknehmen")
    if email and not gestoppt:
        raise SchrittUnzulaessig("Die Nachricht wird gerade versandt.")
    versand.save(update_fields=["state"])
    _note(versand, by, tag, f"Versand von „{versand.schreiben.titel}“ zurückgenommen")
    return versand


def send_email(versand_id: int, now: datetime) -> None:
    """Outbox effect: mail one letter and record the day of sending.

    All that can be checked is checked again before the first byte leaves: consent, address, file
    and the law of the day.
    """
    versand, heute = lock_versand(versand_id), auftraege.tag_of(now)
    if versand.state == Versandzustand.AUFGEGEBEN:
        return
    if versand.state != Versandzustand.VORGESEHEN:
        raise Hinfaellig("Der Versand wurde zurückgenommen.")
    person = versand.schreiben.case.leistungsberechtigte_person
    try:
        refuse(email_zugang_eroeffnet(person, heute, versand.an[0]))
        refuse(email_an_den_adressaten(person, heute))
        refuse(schreiben_darf_hinaus(versand.schreiben, heute))
        compute_bekanntgabe(versand, heute, heute)
        pdf, *anlagen = pdfs_of(versand.schreiben)
    except (SchrittUnzulaessig, RechtFehler) as error:
        raise Endgueltig(str(error)) from error
    mail = build_mail(
        an=versand.an[0],
        betreff=BETREFF,
        vorlage="schreiben",
        kontext={"behoerde": Behoerde.objects.get(pk=1)},
        kennung=str(versand.nachricht_id),
    )
    mail.attach(f"Schreiben_{versand.schreiben.datum:%Y-%m-%d}.pdf", pdf, "application/pdf")
    for nummer, anlage in enumerate(anlagen, start=1):
        mail.attach(f"Anlage_{nummer}.pdf", anlage, "application/pdf")
    deliver(mail)
    try:
        record_aufgabe(versand=versand, aufgabe_am=heute, by=None, tag=heute)
    except Exception as error:  # the mail is out, whatever failed here
        raise Ungewiss(
            "Der Mailserver hat die Nachricht angenommen, der Versand konnte nicht vermerkt werden."
        ) from error


def note_ausgang(versand_id: int, state: str, grund: str, now: datetime) -> None:
    """Keep the Versand in step with an e-mail job that did not end well."""
    schritte = {
        Auftragzustand.FEHLGESCHLAGEN: "scheitern",
        Auftragzustand.UNGEWISS: "ungewiss_werden",
    }
    schritt = schritte.get(Auftragzustand(state))
    versand = lock_versand(versand_id)
    if schritt is None or versand.state != Versandzustand.VORGESEHEN:
        return
    versand.state = VERSAND.ziel(versand.state, schritt)
    versand.warnung = grund
    versand.save(update_fields=["state", "warnung"])
    text = f"Versand von „{versand.schreiben.titel}“ {versand.get_state_display()}: {grund}"
    _note(versand, None, auftraege.tag_of(now), text)


@transaction.atomic
def halt_versand(*, versand: Versand, grund: str, by: User, tag: date) -> Versand:
    """Stop a letter that has not left: what it stood on has gone; the row says why."""
    auftraege.cancel(schluessel=schluessel_of(versand), grund=grund, now=auftraege.beginn_of(tag))
    versand = lock_versand(versand.pk)
    versand.state = access.require(by, VERSAND, "anhalten", versand.state)
    versand.warnung = grund
    versand.save(update_fields=["state", "warnung"])
    _note(versand, by, tag, f"Versand von „{versand.schreiben.titel}“ angehalten: {grund}")
    return versand


def cases_of(versand_ids: Iterable[int]) -> dict[int, int]:
    """Return the id of the case for each id of a Versand."""
    rows = Versand.objects.filter(pk__in=list(versand_ids))
    return dict(rows.values_list("pk", "schreiben__case_id"))


def _note(versand: Versand, by: User | None, tag: date, text: str) -> None:
    record_ereignis(
        case=versand.schreiben.case, by=by, tag=tag, art="versand", text=text, gegenstand=versand
    )
