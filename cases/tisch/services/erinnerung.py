"""The digest: one mail per person and working day, with numbers and a link and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q

from cases.export.mail import build_mail, deliver
from cases.fall.queries.uebergabe import unread_by_user
from cases.frist.services.frist import land
from cases.models import Auftrag, Erinnerungsmail, Frist, User, Wiedervorlage
from cases.registry.auftragsart import Endgueltig, Hinfaellig
from cases.services.auftrag import beginn_of, order, tag_of
from cases.states.auftrag import Auftragzustand
from cases.states.fall import Fallzustand
from cases.states.frist import Friststufe, Fristwirkung, Fristzustand
from cases.zugang.queries.abwesenheit import deputies_on
from recht.feiertag import is_werktag

ART = "erinnerung"
BETREFF = "Fallwerk: Ihre Fristen heute"


@dataclass
class Anzahl:
    """What waits for one person."""

    ueberfaellig: int = 0
    faellig: int = 0
    bevorstehend: int = 0
    uebergaben: int = 0
    eskaliert: int = 0
    wiedervorlagen: int = 0

    def add(self, andere: Anzahl) -> None:
        """Put what waits for somebody else on top, for the deputy."""
        for feld in fields(self):
            setattr(self, feld.name, getattr(self, feld.name) + getattr(andere, feld.name))


@transaction.atomic
def order_erinnerungen(*, tag: date) -> int:
    """Order the digests of a day and return how many are new; none on a day without work.

    Reads the stages that the sweep has set. Fallmanagement is told of the own cases,
    Sachgebietsleitung of escalated Fristen of the led teams, a deputy also of what waits for the
    absent person. People without an address or without anything waiting get none. The row per
    person and day makes a second run harmless.
    """
    if not is_werktag(tag, land()):
        return 0
    neu = 0
    for user_id, anzahl in sorted(_waiting(tag).items()):
        mail, created = Erinnerungsmail.objects.get_or_create(
            user_id=user_id,
            datum=tag,
            defaults=asdict(anzahl),
        )
        if created:
            order(
                art=ART,
                schluessel=f"{ART}:{user_id}:{tag.isoformat()}",
                gegenstand_id=mail.pk,
                zeitpunkt=beginn_of(tag),
            )
            neu += 1
    return neu


@transaction.atomic
def discard_erinnerungen(*, nach: date) -> int:
    """Drop the digests of days after `nach` that have not gone out; return how many."""
    zeilen = Erinnerungsmail.objects.filter(datum__gt=nach).select_for_update()
    offen = {f"{ART}:{zeile.user_id}:{zeile.datum.isoformat()}": zeile.pk for zeile in zeilen}
    auftraege = Auftrag.objects.filter(schluessel__in=offen, state=Auftragzustand.OFFEN)
    verworfen = list(auftraege.values_list("schluessel", flat=True))
    auftraege.filter(schluessel__in=verworfen).delete()
    Erinnerungsmail.objects.filter(pk__in=[offen[each] for each in verworfen]).delete()
    return len(verworfen)


def _waiting(tag: date) -> dict[int, Anzahl]:
    found: defaultdict[int, Anzahl] = defaultdict(Anzahl)
    offen = Frist.objects.filter(state=Fristzustand.OFFEN, wirkung=Fristwirkung.HANDLUNG).exclude(
        case__state=Fallzustand.BEENDET
    )
    spaet = Q(stufe__in=[Friststufe.UEBERFAELLIG, Friststufe.ESKALIERT])
    own = (
        offen.exclude(stufe=Friststufe.GEPLANT)
        .order_by()
        .values_list("case__caseworker")
        .annotate(
            ueberfaellig=Count("pk", filter=spaet),
            faellig=Count("pk", filter=Q(stufe=Friststufe.FAELLIG)),
            bevorstehend=Count("pk", filter=Q(stufe=Friststufe.BEVORSTEHEND)),
        )
    )
    for user_id, ueberfaellig, faellig, bevorstehend in own:
        found[user_id] = Anzahl(ueberfaellig, faellig, bevorstehend)
    led = (
        offen.filter(stufe=Friststufe.ESKALIERT)
        .order_by()
        .annotate(leitung=F("case__team__leitungen"))
        # The own cases of a supervisor are counted above.
        .filter(~Q(leitung=F("case__caseworker")), leitung__isnull=False)
        .values_list("leitung")
        .annotate(eskaliert=Count("pk"))
    )
    for user_id, eskaliert in led:
        found[user_id].eskaliert = eskaliert
    for user_id, uebergaben in unread_by_user().items():
        found[user_id].uebergaben = uebergaben
    wiedervorlagen = (
        Wiedervorlage.objects.filter(erledigt_am__isnull=True, am__lte=tag)
        .exclude(case__state=Fallzustand.BEENDET)
        .order_by()
        .values_list("user")
        .annotate(anzahl=Count("pk"))
    )
    for user_id, anzahl in wiedervorlagen:
        found[user_id].wiedervorlagen = anzahl
    _tell_deputies(found, tag)
    reachable = User.objects.filter(pk__in=found, is_active=True).exclude(email="")
    return {pk: found[pk] for pk in reachable.values_list("pk", flat=True)}


def _tell_deputies(found: defaultdict[int, Anzahl], tag: date) -> None:
    """Add what waits for an absent person to what waits for the deputy."""
    eigene = {user_id: replace(anzahl) for user_id, anzahl in found.items()}
    for abwesend, vertretung in deputies_on(tag):
        if abwesend in eigene:
            found[vertretung].add(eigene[abwesend])


def send_erinnerung(mail_id: int, now: datetime) -> None:
    """Outbox effect: mail one digest; yesterday's is of no use to anybody."""
    row = Erinnerungsmail.objects.select_related("user").get(pk=mail_id)
    if row.datum != tag_of(now):
        raise Hinfaellig("Die Erinnerung galt einem anderen Tag.")
    if not row.user.is_active or not row.user.email:
        raise Endgueltig("Die Person ist nicht mehr per E-Mail zu erreichen.")
    deliver(
        build_mail(
            an=row.user.email,
            betreff=BETREFF,
            vorlage="erinnerung",
            kontext={"zeilen": _lines(row), "adresse": urljoin(settings.PUBLIC_URL, "/")},
            kennung=f"erinnerung-{row.pk}-{row.datum.isoformat()}",
        )
    )


def recipients_of(mail_ids: Iterable[int]) -> dict[int, str]:
    """Return who gets each digest, for the person who decides about an uncertain one."""
    rows = Erinnerungsmail.objects.filter(pk__in=list(mail_ids)).select_related("user")
    return {row.pk: row.user.get_full_name() for row in rows}


def why_outdated(mail_id: int, tag: date) -> str:
    """Return why a digest is of no use on a day any more; empty when it is."""
    datum = Erinnerungsmail.objects.filter(pk=mail_id).values_list("datum", flat=True).first()
    return "" if datum == tag else "Die Erinnerung galt einem anderen Tag."


def _lines(row: Erinnerungsmail) -> list[dict[str, object]]:
    worte = (
        (row.ueberfaellig, "überfällige Frist", "überfällige Fristen"),
        (row.faellig, "heute fällige Frist", "heute fällige Fristen"),
        (row.bevorstehend, "bevorstehende Frist", "bevorstehende Fristen"),
        (row.eskaliert, "an Sie gemeldete Frist", "an Sie gemeldete Fristen"),
        (row.wiedervorlagen, "Wiedervorlage", "Wiedervorlagen"),
        (row.uebergaben, "Übergabe von Fällen", "Übergaben von Fällen"),
    )
    return [
        {"anzahl": anzahl, "text": eine if anzahl == 1 else mehrere}
        for anzahl, eine, mehrere in worte
        if anzahl
    ]
