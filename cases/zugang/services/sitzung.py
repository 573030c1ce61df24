"""Sessions of an account: ended at once when its rights or credentials change."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from cases.models import User
from cases.services.kalenderzugang import end_kalenderzugang


def end_sessions(konto: User) -> int:
    """End all sessions of an account at once, and its calendar address; return how many.

    The list of devices knows those that came through the login page; the sessions themselves are
    looked through as well, so that none is left over.
    """
    keys = set(UserSession.objects.filter(user=konto).values_list("session_key", flat=True))
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(konto.pk):
            keys.add(session.session_key)
    UserSession.objects.filter(user=konto).delete()
    Session.objects.filter(session_key__in=keys).delete()
    end_kalenderzugang(user=konto)
    return len(keys)
