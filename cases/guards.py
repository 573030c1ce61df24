"""Preconditions that all rooms share: refusals, two accounts of one person, an account at rest."""

from __future__ import annotations

from django.db.models import DateTimeField, F, Func, QuerySet, TextField, Value
from django.utils import timezone

from cases.models import Kontoaenderung, LeistungsberechtigtePerson, User
from cases.models.namensform import namensform, voller_name
from cases.registry.schritt import Hindernis
from cases.states.tafel import SchrittUnzulaessig
from cases.states.zugang import Kontovorgang

_UHR = Func(function="clock_timestamp", output_field=DateTimeField())


def refuse(hindernis: Hindernis | None) -> None:
    """Raise what a guard has found; nothing found lets the step go on.

    Where it is remedied at a field, the refusal names the field.
    """
    if hindernis is not None:
        feld = hindernis.url.partition("#id_")[2]
        raise SchrittUnzulaessig(hindernis.text, hindernis.norm, feld)


def person_lebt(person: LeistungsberechtigtePerson) -> Hindernis | None:
    """§ 59 S. 1 SGB I: claims to services end with the death; what is planned for her ends, too."""
    if person.verstorben_am is None:
        return None
    return Hindernis(
        f"Die Person ist am {person.verstorben_am:%d.%m.%Y} verstorben. Ansprüche auf Leistungen "
        "für sie sind damit erloschen; offene Geldleistungen klären Sie mit den Erben.",
        "§ 59 S. 1 SGB I",
    )


def freigaben_ruhen(by: User) -> Hindernis | None:
    """Art. 32 Abs. 1 DSGVO: who was given an account by others releases nothing for 24 hours.

    Long enough for the rightful person to read the notice. The database is asked about field and
    clock: `by` may have been read before the renewal.
    """
    ab = (
        User.objects.filter(pk=by.pk, freigaben_ab__gt=_UHR)
        .values_list("freigaben_ab", flat=True)
        .first()
    )
    if ab is None:
        return None
    return Hindernis(
        "Ihr Zugang wurde erneuert. Bestätigen und freigeben können Sie wieder ab dem "
        f"{timezone.localtime(ab):%d.%m.%Y, %H:%M} Uhr.",
        "Art. 32 Abs. 1 DSGVO",
    )


def konten_der_person(user: User) -> frozenset[int]:
    """Return the accounts that may belong to the same human being: this one and its namesakes.

    Also those that had the name before. Two accounts of one person are one pair of eyes. Asked once
    for each `user` object: lists show many steps.
    """
    known: frozenset[int] | None = user.__dict__.get("_konten_der_person")
    if known is None:
        known = user.__dict__["_konten_der_person"] = _namesakes(user)
    return known


def _namesakes(user: User) -> frozenset[int]:
    vorname, nachname = user.first_name.strip(), user.last_name.strip()
    if not (vorname or nachname):
        return frozenset({user.pk})
    gleich = accounts_named(vorname, nachname).order_by().values_list("pk")
    formen = _formen(vorname, nachname)
    frueher = (
        Kontoaenderung.objects.filter(art=Kontovorgang.ANGABEN)
        .annotate(namensform=namensform(F("wert")))
        .filter(namensform__in=formen)
    )
    ids = gleich.union(frueher.order_by().values_list("konto"))
    return frozenset({user.pk, *(pk for (pk,) in ids)})


def accounts_named(vorname: str, nachname: str) -> QuerySet[User]:
    """Return the accounts of this name, however it is written and in which order."""
    rows = User.objects.annotate(namensform=namensform(voller_name()))
    return rows.filter(namensform__in=_formen(vorname, nachname))


def _formen(vorname: str, nachname: str) -> list[Func]:
    """Return the name in both orders as the database compares it."""
    namen = (f"{vorname} {nachname}", f"{nachname} {vorname}")
    return [namensform(Value(name, TextField())) for name in namen]


def dieselbe_person(eine: User, andere: User) -> bool:
    """Tell whether two accounts may belong to one human being; see `konten_der_person`."""
    return andere.pk in konten_der_person(eine) or eine.pk in konten_der_person(andere)
