"""Letters leave the house: the way is ordered, the posting recorded, the Bekanntgabe computed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from cases import access
from cases.export.mail import build_mail, deliver
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.guards import refuse
from cases.models import Auftrag, Behoerde, Schreiben, User, Versand, Versandweg
from cases.person.guards.adressat import (
    adressat_unveraendert,
    anschrift_unveraendert,
    email_an_den_adressaten,
    empfaenger_lebt,
)
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
    schreiben_nicht_ersetzt,
    schreiben_versandfaehig,
)
from cases.schreiben.queries.umfang import dateiname
from cases.schreiben.schritte import VERSANDSCHRITTE, Versandlage
from cases.schreiben.services.bekanntgabe import (
    bekanntgabe_of,
    lock_versand,
    note_bekanntgabe,
    note_versand,
    settle_bekanntgabe,
)
from cases.schreiben.services.schreiben import anlagen_of, pdfs_of
from cases.services import auftrag as auftraege
from cases.services.sperre import lock_row
from cases.states.auftrag import Auftragzustand
from cases.states.tafel import SchrittUnzulaessig
from cases.states.versand import UNTERWEGS, VERSAND, Versandzustand
from recht.fehler import RechtFehler

ART_EMAIL = "versand_email"
# Practice, no provision: after that the person at the desk asks for the proof of receipt abroad.
ZUGANG_PRUEFEN_NACH = timedelta(days=14)
BETREFF = "Ein Schreiben Ihrer Behörde liegt bei"


def schluessel_of(versand: Versand) -> str:
    """Return the business key of the e-mail of this Versand."""
    return f"{ART_EMAIL}:{versand.pk}"


def leaves_at(versand: Versand) -> datetime | None:
    """Return from when on a waiting e-mail leaves the house; until then it can be taken back."""
    if versand.state != Versandzustand.VORGESEHEN:
        return None
    rows = Auftrag.objects.filter(schluessel=schluessel_of(versand), state=Auftragzustand.OFFEN)
    return rows.values_list("naechster_versuch", flat=True).first()


@transaction.atomic
def send(
    *,
    schreiben: Schreiben,
    weg: str,
    by: User,
    tag: date,
    ausland: bool = False,
    grund: str = "",
    ab: datetime | None = None,
) -> Versand:
    """Order that a frozen letter leaves the house by one way.

    E-mail goes out through the outbox, not before `ab`, paper waits in the Postausgang, an
    Übergabe counts as done on `tag`; a public notice is recorded by `record_aushang`. Recipient,
    address and whether it goes abroad are frozen here. Raises SchrittUnzulaessig when the letter
    is already on its way, was replaced, instructs about another law than that of the day (§ 66
    Abs. 2 SGG), or the way is closed (§ 36a Abs. 1 SGB I).
    """
    weg = Versandweg(weg)
    if weg == Versandweg.UEBERGABE:
        return hand_over(schreiben=schreiben, am=tag, by=by, tag=tag, ausland=ausland, grund=grund)
    if weg == Versandweg.OEFFENTLICH:
        raise SchrittUnzulaessig("Öffentlich zugestellt wird durch Bekanntmachung, nicht von hier.")
    schreiben = lock_row(Schreiben.objects.all(), schreiben.pk)
    require_sendable(schreiben, weg, by)
    refuse(schreiben_darf_hinaus(schreiben, tag))
    refuse(schreiben_versandfaehig(schreiben, tag, ausland, weg))
    if weg == Versandweg.ELEKTRONISCH:
        refuse(schreiben_an_dritte_nicht_per_email(schreiben))
        person = schreiben.case.leistungsberechtigte_person
        refuse(email_zugang_eroeffnet(person, tag))
        refuse(email_an_den_adressaten(person, tag))
        an = [person.email]
    else:
        refuse(anschrift_unveraendert(schreiben, tag))
        an = schreiben.empfaenger
    versand = Versand.objects.create(schreiben=schreiben, weg=weg, an=an, ausland=ausland)
    if weg == Versandweg.ELEKTRONISCH:
        auftraege.order(
            art=ART_EMAIL,
            schluessel=schluessel_of(versand),
            gegenstand_id=versand.pk,
            zeitpunkt=ab or auftraege.beginn_of(tag),
        )
    text = f"„{schreiben.titel}“ zum Versand vorgesehen: {versand.get_weg_display()}"
    note_versand(versand, by, tag, _with_grund(text, ausland, grund))
    return versand


@transaction.atomic
def hand_over(
    *,
    schreiben: Schreiben,
    am: date,
    by: User,
    tag: date,
    ausland: bool = False,
    grund: str = "",
) -> Versand:
    """Record that a letter was handed over in person on `am` (§ 37 Abs. 1 SGB X).

    Raises SchrittUnzulaessig when `by` only reads, the letter is on its way or was handed over
    before, somebody else is the addressee by then, or `record_aufgabe` refuses the day.
    """
    schreiben = lock_row(Schreiben.objects.all(), schreiben.pk)
    require_sendable(schreiben, Versandweg.UEBERGABE, by)
    refuse(empfaenger_lebt(schreiben, am))
    refuse(adressat_unveraendert(schreiben, am))
    versand = Versand.objects.create(
        schreiben=schreiben, weg=Versandweg.UEBERGABE, an=schreiben.empfaenger, ausland=ausland
    )
    if grund:
        note_versand(versand, by, tag, _with_grund("Übergabe", ausland, grund))
    return record_aufgabe(versand=versand, aufgabe_am=am, by=by, tag=tag)


def _with_grund(text: str, ausland: bool, grund: str) -> str:
    """Add why a sending counts as abroad, or not, other than its address says."""
    if not grund:
        return text
    return f"{text}; gilt als Sendung {'ins Ausland' if ausland else 'im Inland'}: {grund}"


def require_sendable(schreiben: Schreiben, weg: Versandweg, by: User) -> None:
    """Check that a letter may be sent by this way now; raises SchrittUnzulaessig."""
    if not access.may_write(by):
        raise SchrittUnzulaessig("Schreiben versenden nur Fallmanagement und Sachgebietsleitung.")
    refuse(schreiben_nicht_ersetzt(schreiben))
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


@transaction.atomic
def record_aufgabe(*, versand: Versand, aufgabe_am: date, by: User | None, tag: date) -> Versand:
    """Record posting, sending or handing over, and what follows from it.

    Computes Bekanntgabe (§ 37 Abs. 2 SGB X) and, for a letter with Rechtsbehelf, the
    Widerspruchsfrist (§ 84 Abs. 1 SGG); abroad both wait for the proof of receipt. `by` is None
    when the program has sent an e-mail. A user records what left on paper, and decides here that
    an uncertain e-mail has gone out. What has left with the Belehrung of another day is recorded
    as such: then a year runs (§ 66 Abs. 2 SGG). A second record for the same Versand is refused.
    Raises SchrittUnzulaessig also when `by` only reads or would record what the program mails,
    when the consent behind the letter does not hold, or the day lies ahead or before the letter.
    """
    versand = lock_versand(versand.pk)
    versand.state = _after_aufgabe(versand, by, tag)
    schreiben = versand.schreiben
    refuse(schreiben_darf_hinaus(schreiben, aufgabe_am))
    require_aufgabe(versand, aufgabe_am, tag)
    versand.aufgabe_am = aufgabe_am
    versand.vermerkt_von = by
    versand.save()
    am = settle_bekanntgabe(schreiben, by, tag)
    versand.refresh_from_db()
    versand.schreiben = schreiben
    text = f"„{schreiben.titel}“ aufgegeben am {aufgabe_am:%d.%m.%Y}: {versand.get_weg_display()}"
    note_versand(versand, by, tag, f"{text}; {_folge(versand)}")
    _ask_for_zugang(versand, by, tag)
    art = registry.schreibenarten.get(schreiben.art)
    if art is not None and art.nach_aufgabe is not None:
        art.nach_aufgabe(schreiben, versand, by, tag)
    note_bekanntgabe(schreiben, am, by, tag)
    return versand


def _folge(versand: Versand) -> str:
    if versand.weitere_ausfertigung:
        return "weitere Ausfertigung, ohne Folge für Fristen"
    if versand.bekanntgabe is None and versand.weg == Versandweg.ZUSTELLUNG:
        return "zugestellt erst an dem Tag, den die Urkunde nennt"
    if versand.bekanntgabe is None:
        return "ins Ausland, bekannt gegeben erst mit nachgewiesenem Zugang"
    return f"bekannt gegeben am {versand.bekanntgabe:%d.%m.%Y}"


def _ask_for_zugang(versand: Versand, by: User | None, tag: date) -> None:
    """Remind of the proof of receipt where nothing is made known without it."""
    if versand.bekanntgabe is not None or versand.weitere_ausfertigung or by is None:
        return
    case = versand.schreiben.case
    urkunde = versand.weg == Versandweg.ZUSTELLUNG
    was = "Zustellungsurkunde da? Tag eintragen" if urkunde else "Zugang im Ausland nachweisen"
    create_wiedervorlage(
        case=case,
        user=case.caseworker,
        am=tag + ZUGANG_PRUEFEN_NACH,
        anlass=f"{versand.schreiben.titel}: {was}",
        by=by,
        tag=tag,
    )


def _after_aufgabe(versand: Versand, by: User | None, tag: date) -> str:
    """Return the state after posting; an uncertain e-mail is settled with it."""
    unklar = versand.state == Versandzustand.UNGEWISS
    schritt = "als_versandt_vermerken" if unklar else "aufgeben"
    state = VERSANDSCHRITTE.require(Versandlage(by, tag, versand), schritt)
    if unklar and by is not None:
        _resolve(versand, Auftragzustand.FERTIG, by, tag)
    return state


def _resolve(versand: Versand, state: Auftragzustand, by: User, tag: date, grund: str = "") -> None:
    auftraege.decide(
        schluessel=schluessel_of(versand),
        state=state,
        now=auftraege.beginn_of(tag),
        by=by,
        grund=grund,
    )


def require_aufgabe(versand: Versand, aufgabe_am: date, tag: date) -> None:
    """Check the day of posting before anything leaves or is written.

    Raises SchrittUnzulaessig when it lies ahead or before the letter, RechtFehler outside the law
    that is held.
    """
    refuse(aufgabe_nicht_in_der_zukunft(aufgabe_am, tag))
    refuse(aufgabe_nicht_vor_dem_schreiben(versand.schreiben, aufgabe_am))
    bekanntgabe_of(versand, aufgabe_am)


@transaction.atomic
def send_again(*, versand: Versand, by: User, tag: date) -> Versand:
    """Decide that an uncertain e-mail goes out once more, with the same Message-ID.

    Raises SchrittUnzulaessig when `by` only reads, the outcome is not uncertain (any more), or
    e-mail is no way to the addressee now.
    """
    versand = lock_versand(versand.pk)
    versand.state = VERSANDSCHRITTE.require(Versandlage(by, tag, versand), "erneut_senden")
    versand.warnung = ""
    versand.save(update_fields=["state", "warnung"])
    _resolve(versand, Auftragzustand.OFFEN, by, tag)
    note_versand(versand, by, tag, f"„{versand.schreiben.titel}“ wird erneut gesendet")
    return versand


@transaction.atomic
def record_not_sent(*, versand: Versand, by: User, tag: date) -> Versand:
    """Decide that an uncertain e-mail has not gone out; the letter may then go any way.

    Raises SchrittUnzulaessig when `by` only reads or the outcome is not uncertain (any more).
    """
    versand = lock_versand(versand.pk)
    schritt = "als_nicht_versandt_vermerken"
    versand.state = VERSANDSCHRITTE.require(Versandlage(by, tag, versand), schritt)
    versand.warnung = f"Nach Rückfrage nicht versandt, vermerkt von {by.get_full_name()}."
    versand.save(update_fields=["state", "warnung"])
    _resolve(versand, Auftragzustand.FEHLGESCHLAGEN, by, tag, "Nach Rückfrage nicht versandt.")
    note_versand(versand, by, tag, f"„{versand.schreiben.titel}“ als nicht versandt vermerkt")
    return versand


@transaction.atomic
def cancel_versand(*, versand: Versand, by: User, tag: date) -> Versand:
    """Take a letter back before it has left the house.

    Raises SchrittUnzulaessig when `by` only reads, the letter has left, lies in a Druckstapel, or
    is being mailed at this moment.
    """
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
    note_versand(versand, by, tag, f"Versand von „{versand.schreiben.titel}“ zurückgenommen")
    return versand


def send_email(versand_id: int, now: datetime) -> None:
    """Outbox effect: mail one letter and record the day of sending.

    All that can be checked is checked again before the first byte leaves: consent, address, file
    and the law of the day. Raises what the outbox understands: Hinfaellig when the Versand was
    taken back, Endgueltig when a check fails, Ungewiss when the mail is out but could not be
    recorded.
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
        refuse(schreiben_nicht_ersetzt(versand.schreiben))
        refuse(schreiben_versandfaehig(versand.schreiben, heute, versand.ausland, versand.weg))
        require_aufgabe(versand, heute, heute)
        pdfs = pdfs_of(versand.schreiben)
    except (SchrittUnzulaessig, RechtFehler) as error:
        raise Endgueltig(str(error)) from error
    mail = build_mail(
        an=versand.an[0],
        betreff=BETREFF,
        vorlage="schreiben",
        kontext={"behoerde": Behoerde.objects.get(pk=1)},
        kennung=str(versand.nachricht_id),
    )
    briefe = (versand.schreiben, *anlagen_of(versand.schreiben))
    for nummer, (brief, pdf) in enumerate(zip(briefe, pdfs, strict=True)):
        mail.attach(dateiname(brief, anlage=nummer), pdf, "application/pdf")
    deliver(mail)
    try:
        record_aufgabe(versand=versand, aufgabe_am=heute, by=None, tag=heute)
    except Exception as error:  # the mail is out, whatever failed here
        raise Ungewiss(
            "Der Mailserver hat die Nachricht angenommen, der Versand konnte nicht vermerkt werden."
        ) from error


def note_ausgang(versand_id: int, state: str, grund: str, now: datetime) -> None:
    """Keep the Versand in step with an e-mail job that did not end well.

    Raises nothing: any other outcome, or a Versand that no longer waits, changes nothing.
    """
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
    note_versand(versand, None, auftraege.tag_of(now), text)


@transaction.atomic
def halt_versand(*, versand: Versand, grund: str, by: User, tag: date) -> Versand:
    """Stop a letter that has not left: what it stood on has gone; the row says why.

    Raises SchrittUnzulaessig when `by` only reads or the letter no longer waits.
    """
    auftraege.cancel(schluessel=schluessel_of(versand), grund=grund, now=auftraege.beginn_of(tag))
    versand = lock_versand(versand.pk)
    versand.state = access.require(by, VERSAND, "anhalten", versand.state)
    versand.warnung = grund
    versand.save(update_fields=["state", "warnung"])
    note_versand(versand, by, tag, f"Versand von „{versand.schreiben.titel}“ angehalten: {grund}")
    return versand


def cases_of(versand_ids: Iterable[int]) -> dict[int, int]:
    """Return the id of the case for each id of a Versand."""
    rows = Versand.objects.filter(pk__in=list(versand_ids))
    return dict(rows.values_list("pk", "schreiben__case_id"))
