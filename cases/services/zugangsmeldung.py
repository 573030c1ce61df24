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
}
_SEITE = {
    Meldungsanlass.NOTFALL: "/notfallzugriffe/",
    Meldungsanlass.AUFFAELLIG: "/datenschutz/",
    Meldungsanlass.KONTO: "/",
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
) -> int:
    """Note for each person that they are told, and order the mails; return how many people.

    `text` is one sentence without Sozialdaten. Who has no address finds it on the page only.
    """
    told = {user.pk: user for user in users}
    for user in told.values():
        meldung = Zugangsmeldung.objects.create(
            user=user, anlass=anlass, zeit=zeitpunkt, notfall=notfall, text=text
        )
        if user.email:
            order(
                art=ART,
                schluessel=f"{ART}:{meldung.pk}",
                gegenstand_id=meldung.pk,
                zeitpunkt=zeitpunkt,
            )
    return len(told)


def send_zugangsmeldung(meldung_id: int, now: datetime) -> None:
    """Outbox effect: mail one notice about access."""
    row = Zugangsmeldung.objects.select_related("user").get(pk=meldung_id)
    if not row.user.is_active or not row.user.email:
        raise Endgueltig("Die Person ist nicht mehr per E-Mail zu erreichen.")
    anlass = Meldungsanlass(row.anlass)
    deliver(
        build_mail(
            an=row.user.email,
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
