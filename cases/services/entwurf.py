"""What was typed is not lost: drafts of forms, and one-time submission."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import IntegrityError, transaction

from cases.crypto import read_json
from cases.models import Case, Entwurf, Formularvorgang, User
from cases.rechte import work_for

_SALT = "fallwerk.vorgang"
_SKIP = {
    "csrfmiddlewaretoken",
    "vorgang",
    "login",
    "entwurf_pfad",
    "entwurf_titel",
    "vorschau",
    "einfuegen",
}
_MAX = 400_000
AUFBEWAHRUNG_TAGE = 30
# So many forms nobody has begun at once; beyond that the oldest draft goes.
ENTWUERFE_HOECHSTENS = 200


def new_vorgang(user_id: int | None) -> str:
    """Return the signed one-time key of a form that is being shown to this user."""
    return signing.dumps([str(uuid.uuid4()), user_id], salt=_SALT)


def read_vorgang(token: str) -> tuple[uuid.UUID, int | None] | None:
    """Return key and user of a signed one-time key, None when it is not one."""
    try:
        key, user_id = signing.loads(token, salt=_SALT, max_age=7 * 24 * 3600)
        return uuid.UUID(key), user_id
    except (signing.BadSignature, ValueError, TypeError):
        pass
    try:
        return uuid.UUID(token), None
    except ValueError:
        return None


def claim_vorgang(*, token: str, user: User, route: str) -> Formularvorgang | None:
    """Claim a submission inside the caller's transaction; None when it is a repetition.

    Two equal requests at once wait for each other at the unique key; the second finds the
    result of the first with `ergebnis_of`.
    """
    read = read_vorgang(token)
    if read is None:
        return Formularvorgang.objects.create(schluessel=uuid.uuid4(), user=user, route=route)
    try:
        with transaction.atomic():
            return Formularvorgang.objects.create(schluessel=read[0], user=user, route=route)
    except IntegrityError:
        return None


def ergebnis_of(token: str, user: User) -> str:
    """Return where the first submission with this key led, empty when unknown."""
    read = read_vorgang(token)
    if read is None:
        return ""
    row = Formularvorgang.objects.filter(schluessel=read[0], user=user).first()
    return row.ergebnis_url if row else ""


def rescue_felder(*, token: str, pfad: str, felder: Mapping[str, list[str]]) -> None:
    """Keep what was sent after the end of a session, for the user who was shown the form.

    `token` is the one-time key of that form; without a good one nothing is kept.
    """
    read = read_vorgang(token)
    if read is None or read[1] is None or not User.objects.filter(pk=read[1]).exists():
        return
    work_for(read[1])
    save_entwurf(user_id=read[1], pfad=pfad, felder=typed_fields(felder))


def typed_fields(felder: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return what a person typed, without keys, passwords and the marks of the page."""
    return {
        name: werte
        for name, werte in felder.items()
        if name not in _SKIP and not name.startswith("password")
    }


def save_entwurf(
    *,
    user_id: int,
    pfad: str,
    felder: dict[str, list[str]],
    titel: str = "",
    case: Case | None = None,
) -> bool:
    """Store typed fields of one page for one user, replacing older ones; encrypted.

    Returns False when the text is longer than a draft may be; the older one then stays. A rescue
    after the end of the session knows neither heading nor case and keeps those of the draft.
    """
    text = json.dumps(felder, ensure_ascii=False)
    if len(text) > _MAX:
        return False
    values: dict[str, object] = {"daten": text}
    if titel:
        values |= {"titel": titel[:100], "case": case}
    _, neu = Entwurf.objects.update_or_create(user_id=user_id, pfad=pfad[:300], defaults=values)
    if neu:
        alte = Entwurf.objects.filter(user_id=user_id).order_by("-zeit", "-pk")
        for row in alte.only("pk")[ENTWUERFE_HOECHSTENS:]:
            row.delete()
    return True


def take_entwurf(*, user: User, pfad: str) -> tuple[dict[str, list[str]], datetime] | None:
    """Return the fields of the draft of this page and when it was kept, None when there is none."""
    row = Entwurf.objects.filter(user=user, pfad=pfad[:300]).first()
    if row is None:
        return None
    fields: dict[str, list[str]] = read_json(row.daten, {})
    return (fields, row.zeit) if fields else None


def drop_entwurf(*, user: User, pfad: str) -> None:
    """Delete the draft once it has been saved properly or is not wanted any more."""
    Entwurf.objects.filter(user=user, pfad=pfad[:300]).delete()


def clean_up(*, now: datetime) -> tuple[int, int]:
    """Delete drafts nobody has touched for 30 days and keys of submissions older than 30 days.

    A key is only good for seven days, so no submission can find its effect a second time.
    Sessions that are over go with them: they hold what somebody has searched for. Returns how many
    drafts and how many keys went.
    """
    Session.objects.filter(expire_date__lt=now).delete()
    laufend = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=laufend).delete()
    alt = now - timedelta(days=AUFBEWAHRUNG_TAGE)
    entwuerfe, _ = Entwurf.objects.filter(zeit__lt=alt).delete()
    vorgaenge, _ = Formularvorgang.objects.filter(zeit__lt=alt).delete()
    return entwuerfe, vorgaenge
