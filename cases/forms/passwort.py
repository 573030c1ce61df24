"""Passwords that whoever knows the office would try first."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError

from cases.models import Behoerde, User

# Words of the trade and of every office; names of the authority come from its own row.
KONTEXTWORTE = tuple(
    re.findall(
        r"\w+",
        """
        eingliederungshilfe eingliederung teilhabe fallwerk fallmanagement sozialamt sozialhilfe
        landratsamt landkreis bezirk behoerde verwaltung amt team budget gesamtplan hilfeplan
        bescheid behinderung inklusion passwort kennwort password willkommen anmeldung start test
        demo geheim sommer winter herbst fruehling januar februar maerz april mai juni juli august
        september oktober november dezember montag freitag hallo guten morgen deutschland
        """,
    )
)
#: So many letters must be left when the words of the office are taken out.
REST = 4


class KontextwortValidator:
    """Refuse a password that is little more than words of the office and a number.

    ASVS 5.0, 6.2.11: the list is kept here, the names of the authority are added.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when too few letters are left beside the known words."""
        rest = _plain(password)
        worte = [*KONTEXTWORTE, *_own_names(user)]
        for wort in sorted(worte, key=len, reverse=True):
            rest = rest.replace(wort, "")
        if sum(zeichen.isalpha() for zeichen in rest) < REST:
            raise ValidationError(
                "Dieses Passwort besteht fast nur aus Wörtern Ihrer Behörde und Ihrer Arbeit. "
                "Bitte wählen Sie eines, auf das niemand kommt, der Sie kennt.",
                code="password_context",
            )

    def get_help_text(self) -> str:
        """Return the rule in one sentence."""
        return "Wörter Ihrer Behörde und Ihrer Arbeit allein genügen nicht."


def _plain(text: str) -> str:
    for umlaut, ersatz in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.lower().replace(umlaut, ersatz)
    flach = unicodedata.normalize("NFKD", text)
    return "".join(zeichen for zeichen in flach if not unicodedata.combining(zeichen))


def _own_names(user: User | None) -> list[str]:
    behoerde = Behoerde.objects.first()
    texte = [behoerde.name, behoerde.amt, behoerde.ort] if behoerde else []
    if user is not None:
        texte += [user.first_name, user.last_name, user.username]
    return [wort for text in texte for wort in re.findall(r"[a-z]{3,}", _plain(text))]


#: Hex digits of a SHA-1 value.
_HEX = 40


class BekanntValidator:
    """Refuse a password that became known elsewhere; asked in a list that lies on this machine.

    The list is that of "Pwned Passwords": sorted SHA-1 values in hex, one a line, each with
    `:` and a number behind it or without. Nothing leaves the house. ASVS 5.0, 6.2.12.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when the list names the password."""
        if settings.PASSWORTLISTE and _is_listed(Path(settings.PASSWORTLISTE), password):
            raise ValidationError(
                "Dieses Passwort ist anderswo bekannt geworden und steht auf Listen, mit denen "
                "Angreifer probieren. Bitte wählen Sie ein anderes.",
                code="password_known",
            )

    def get_help_text(self) -> str:
        """Return the rule in one sentence."""
        return "Anderswo bekannt gewordene Passwörter werden abgelehnt."


def fault_of_list() -> str:
    """Return why the configured list cannot be asked; empty when it can, or when none is named."""
    if not settings.PASSWORTLISTE:
        return ""
    try:
        with Path(settings.PASSWORTLISTE).open("rb") as datei:
            erste = datei.readline().partition(b":")[0].strip()
    except OSError:
        return "Die Liste aus FALLWERK_PASSWORTLISTE lässt sich nicht lesen."
    if not re.fullmatch(rb"[0-9A-Fa-f]{40}", erste):
        return "Die Liste aus FALLWERK_PASSWORTLISTE beginnt nicht mit einem SHA-1-Wert."
    return ""


def _is_listed(liste: Path, password: str) -> bool:
    """Search by halves: a list of many gigabytes is asked in some thirty steps.

    Raises ImproperlyConfigured when the list is gone: without it nothing is let through.
    """
    gesucht = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    try:
        with liste.open("rb") as datei:
            unten, oben = 0, datei.seek(0, 2)
            while unten < oben:
                mitte = (unten + oben) // 2
                datei.seek(mitte)
                if mitte:
                    # Into the middle of a line: the next whole one counts.
                    datei.readline()
                beginn = datei.tell()
                wert = datei.readline()[:_HEX].upper()
                if wert == gesucht:
                    return True
                if wert and wert < gesucht:
                    unten = beginn + 1
                else:
                    oben = mitte
            return False
    except OSError as error:
        raise ImproperlyConfigured(fault_of_list()) from error
