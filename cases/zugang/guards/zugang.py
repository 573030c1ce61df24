"""Preconditions of emergency access and of changes of accounts."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils import timezone

from cases.guards import dieselbe_person
from cases.models import Kontoaenderung, Notfallzugriff, User, Zugriffsverweigerung
from cases.registry.schritt import Hindernis
from cases.states.rolle import Rolle
from cases.states.zugang import Kontovorgang, Kontozustand, konflikt

GRUND_MINDESTENS = 20
FEHLVERSUCHE_HOECHSTENS = 10
ROUTE_NOTFALL = "notfallzugriff"

_SOZIALGEHEIMNIS = "§ 35 Abs. 1 SGB I"
_VIER_AUGEN = "Vier-Augen-Grundsatz"


def _beginn_des_tages(jetzt: datetime) -> datetime:
    ort = jetzt.astimezone(timezone.get_default_timezone())
    return datetime.combine(ort.date(), time.min, tzinfo=ort.tzinfo)


def notfall_begruendet(grund: str) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: an access without need is unlawful, so the need is put into words."""
    if len(" ".join(grund.split())) >= GRUND_MINDESTENS:
        return None
    return Hindernis(
        f"Bitte begründen Sie den Notfallzugriff mit mindestens {GRUND_MINDESTENS} Zeichen.",
        _SOZIALGEHEIMNIS,
    )


def notfall_nicht_zu_oft(user: User, grenze: int, jetzt: datetime) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: what happens every day is no emergency; the authority sets the number."""
    anzahl = Notfallzugriff.objects.filter(user=user, beginn__gte=_beginn_des_tages(jetzt)).count()
    if anzahl < grenze:
        return None
    return Hindernis(
        f"Sie haben heute bereits {anzahl} Notfallzugriffe eröffnet; mehr sind nicht zugelassen. "
        "Bitte wenden Sie sich an die Sachgebietsleitung.",
        _SOZIALGEHEIMNIS,
    )


def notfall_nicht_geraten(user: User, jetzt: datetime) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: Aktenzeichen are not found out by trying."""
    fehlversuche = Zugriffsverweigerung.objects.filter(
        user=user, route=ROUTE_NOTFALL, zeit__gte=_beginn_des_tages(jetzt)
    ).count()
    if fehlversuche <= FEHLVERSUCHE_HOECHSTENS:
        return None
    return Hindernis(
        "Zu viele unbekannte Aktenzeichen an einem Tag. Bitte wenden Sie sich an die "
        "Sachgebietsleitung.",
        _SOZIALGEHEIMNIS,
    )


def notfall_durch_andere_geprueft(notfall: Notfallzugriff, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: the supervisor of the team reviews, never the reader.

    Where the team has no other supervisor, the Datenschutz reviews.
    """
    if dieselbe_person(notfall.user, by):
        return Hindernis("Den eigenen Notfallzugriff prüft eine andere Person.", _VIER_AUGEN)
    leitungen = User.objects.filter(
        is_active=True, groups__name=Rolle.LEITUNG, geleitete_teams=notfall.case.team_id
    ).exclude(pk=notfall.user_id)
    if by.has_rolle(Rolle.LEITUNG) and leitungen.filter(pk=by.pk).exists():
        return None
    if not leitungen.exists() and by.has_rolle(Rolle.DATENSCHUTZ):
        return None
    return Hindernis("Die Prüfung ist Aufgabe der Leitung dieses Teams.", _VIER_AUGEN)


def konto_einer_anderen_person(konto: User, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: nobody changes the rights of the own account."""
    if konto.pk != by.pk:
        return None
    return Hindernis("Ihr eigenes Konto ändert eine andere Person.", _VIER_AUGEN)


def konto_durch_zweite_person(aenderung: Kontoaenderung, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: rights take effect once a second Berechtigungsverwaltung agrees."""
    if aenderung.konto_id == by.pk:
        return konto_einer_anderen_person(aenderung.konto, by)
    if aenderung.veranlasst_von is None:
        return None
    if aenderung.veranlasst_von_id != by.pk:
        return konten_verschiedener_personen(aenderung.veranlasst_von, by)
    text = "Sie haben diese Änderung selbst veranlasst. Bestätigen muss sie eine zweite Person"
    weitere = berechtigte().exclude(pk__in=[by.pk, aenderung.konto_id])
    if weitere.exists():
        return Hindernis(f"{text} der Berechtigungsverwaltung.", _VIER_AUGEN)
    return Hindernis(
        f"{text}, und es gibt keine: Außer Ihnen hat niemand die Berechtigungsverwaltung. "
        "Eine zweite Person richtet der IT-Betrieb am Server ein (manage.py berechtigung).",
        _VIER_AUGEN,
    )


def konten_verschiedener_personen(eine: User, andere: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: two accounts of one person are one pair of eyes."""
    if not dieselbe_person(eine, andere):
        return None
    return Hindernis(
        "Zwischen Konten gleichen Namens gilt der Vier-Augen-Grundsatz nicht: Sie könnten "
        "derselben Person gehören. Bestätigen muss eine andere Person.",
        _VIER_AUGEN,
    )


def zurueckziehen_wer_veranlasst_hat(aenderung: Kontoaenderung, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: who asked for a change takes it back; all others refuse it."""
    if aenderung.veranlasst_von_id == by.pk:
        return None
    return Hindernis("Zurückziehen kann eine Änderung nur, wer sie veranlasst hat.")


def rollen_vertraeglich(konto: User, rolle: str) -> Hindernis | None:
    """Trennung der Aufgaben: some roles are not held by one person, see `states.zugang`.

    Roles that wait for confirmation count as held.
    """
    vorhanden = set(konto.groups.values_list("name", flat=True)) | set(
        Kontoaenderung.objects.filter(
            konto=konto, art=Kontovorgang.ROLLE_ERTEILEN, state=Kontozustand.OFFEN
        ).values_list("rolle", flat=True)
    )
    streit = konflikt(frozenset(vorhanden - {rolle}), rolle)
    if streit is None:
        return None
    return Hindernis(
        f"{rolle} und {streit[0]} schließen sich aus. {streit[1]}", "Trennung der Aufgaben"
    )


def berechtigung_bleibt(konto: User) -> Hindernis | None:
    """Art. 32 Abs. 1 DSGVO: somebody must be able to take rights away at any time."""
    if not konto.groups.filter(name=Rolle.BERECHTIGUNG).exists() or not konto.is_active:
        return None
    if berechtigte().exclude(pk=konto.pk).exists():
        return None
    return Hindernis(
        "Dies ist das letzte Konto mit der Berechtigungsverwaltung; es bleibt bestehen, bis ein "
        "anderes sie hat.",
        "Art. 32 Abs. 1 DSGVO",
    )


def berechtigte() -> QuerySet[User]:
    """Return the active accounts that may give rights."""
    return User.objects.filter(is_active=True, groups__name=Rolle.BERECHTIGUNG)


def leseauskunft_zeitraum(von: date, bis: date, stichtag: date) -> Hindernis | None:
    """Art. 15 Abs. 1 DSGVO: the answer covers a past period; the future is not known."""
    if von > bis:
        return Hindernis("Der Zeitraum endet vor seinem Beginn.", "Art. 15 Abs. 1 DSGVO")
    if bis > stichtag:
        return Hindernis("Der Zeitraum reicht in die Zukunft.", "Art. 15 Abs. 1 DSGVO")
    return None


def namen_begruendet(mit_namen: bool, begruendung: str) -> Hindernis | None:
    """Art. 15 Abs. 4 DSGVO: names of staff are given only when the person needs them."""
    if mit_namen and not begruendung.strip():
        return Hindernis("Bitte begründen Sie, warum die Namen nötig sind.", "Art. 15 Abs. 4 DSGVO")
    return None
