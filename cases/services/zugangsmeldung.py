"""Telling people about access: one row and one mail each, without Sozialdaten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import QuerySet

from cases.export.mail import build_mail, deliver
from cases.models import Meldungsanlass, Notfallzugriff, User, Zugangsmeldung
from cases.registry.auftragsart import Endgueltig
from cases.services.auftrag import order
from cases.states.rolle import Rolle

ART = "zugangsmeldung"
_BETREFF = {
    Meldungsanlass.NOTFALL: "Fallwerk: Notfallzugriff eröffnet",
    Meldungsanlass.AUFFAELLIG: "Fallwerk: auffälliges Lesen",
    Meldungsanlass.KONTO: "Fallwerk: Änderung an Ihrem Konto",
    Meldungsanlass.ZUGRIFF: "Fallwerk: Zugriff auf Fälle gegeben",
}
_SEITE = {
    Meldungsanlass.NOTFALL: "/notfallzugriffe/",
    Meldungsanlass.AUFFAELLIG: "/datenschutz/",
    Meldungsanlass.KONTO: "/anmeldungen/",
    Meldungsanlass.ZUGRIFF: "/anmeldungen/",
}


def datenschutz() -> QuerySet[User]:
    """Return the active accounts of the Datenschutz."""
    return User.objects.filter(is_active=True, groups__name=Rolle.DATENSCHUTZ)


def tell(
    *,
    users: Iterable[User],
    anlass: Meldungsanlass,
    text: str,
    zeitpunkt: datetime,
    notfall: Notfallzugriff | None = None,
    adresse: str = "",
) -> int:
    """Note for each person that they are told, and order the mails; return how many people.

    `text` is one sentence without Sozialdaten. Who has no address finds it on the page only.
    `adresse` holds the mail to where it goes now, whatever becomes of the account's address.
    """
    told = {user.pk: user for user in users}
    for user in told.values():
        meldung = Zugangsmeldung.objects.create(
            user=user, anlass=anlass, zeit=zeitpunkt, notfall=notfall, text=text, adresse=adresse
        )
        if adresse or user.email:
            order(
                art=ART,
                schluessel=f"{ART}:{meldung.pk}",
                gegenstand_id=meldung.pk,
                zeitpunkt=zeitpunkt,
            )
    return len(told)


def recipients_of(meldung_ids: Iterable[int]) -> dict[int, str]:
    """Return who gets each notice, for the person who decides about an uncertain one."""
    rows = Zugangsmeldung.objects.filter(pk__in=list(meldung_ids)).select_related("user")
    return {row.pk: row.user.get_full_name() for row in rows}


def send_zugangsmeldung(meldung_id: int, now: datetime) -> None:
    """Outbox effect: mail one notice about access."""
    row = Zugangsmeldung.objects.select_related("user").get(pk=meldung_id)
    # What was told about an account reaches its old address also after it was closed.
    an = row.adresse or (row.user.email if row.user.is_active else "")
    if not an:
        raise Endgueltig("Die Person ist nicht mehr per E-Mail zu erreichen.")
    anlass = Meldungsanlass(row.anlass)
    deliver(
        build_mail(
            an=an,
            betreff=_BETREFF[anlass],
            vorlage="zugangsmeldung",
            kontext={
                "text": row.text,
                "adresse": urljoin(settings.PUBLIC_URL, _SEITE[anlass]),
                "betreff": _BETREFF[anlass],
            },
            kennung=f"zugang-{row.pk}",
        )
    )
