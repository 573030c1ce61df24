"""What was typed is not lost: rescue of a form whose session had ended, and one-time submission."""

from __future__ import annotations

import json
import uuid

from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from cases.models import Entwurf, Formularvorgang, User

_SALT = "fallwerk.vorgang"
_SKIP = {"csrfmiddlewaretoken", "vorgang", "password", "login"}
_MAX = 200_000


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


def rescue_post(request: HttpRequest) -> None:
    """Keep the fields of a POST whose session is over, for the user who was shown the form."""
    if request.method != "POST" or request.FILES:
        return
    read = read_vorgang(request.POST.get("vorgang", ""))
    if read is None or read[1] is None or not User.objects.filter(pk=read[1]).exists():
        return
    fields = {k: request.POST.getlist(k) for k in request.POST if k not in _SKIP}
    save_entwurf(user_id=read[1], pfad=request.path, felder=fields)


def save_entwurf(*, user_id: int, pfad: str, felder: dict[str, list[str]]) -> None:
    """Store typed fields of one page for one user, replacing older ones; encrypted."""
    text = json.dumps(felder, ensure_ascii=False)
    if len(text) > _MAX:
        return
    Entwurf.objects.update_or_create(user_id=user_id, pfad=pfad[:300], defaults={"daten": text})


def take_entwurf(*, user: User, pfad: str) -> dict[str, list[str]] | None:
    """Return rescued fields of this page, None when there are none."""
    row = Entwurf.objects.filter(user=user, pfad=pfad[:300]).first()
    if row is None:
        return None
    fields: dict[str, list[str]] = json.loads(row.daten)
    return fields


def drop_entwurf(*, user: User, pfad: str) -> None:
    """Delete the rescued fields once they have been saved properly."""
    Entwurf.objects.filter(user=user, pfad=pfad[:300]).delete()
