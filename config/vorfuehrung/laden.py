"""Loads the demonstration: the model case twice and sixty cases in every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from budget.verfahren.services import end_budget
from cases.fall.services.case import end_case, forward_antrag
from cases.frist.services.fristenlauf import sweep
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import (
    Case,
    Endeart,
    LeistungsberechtigtePerson,
    Leistungstraeger,
    User,
    Zuweisung,
)
from cases.states.rolle import Rolle
from config.vorfuehrung.antrag import load_antraege
from config.vorfuehrung.austausch import load_austausch
from config.vorfuehrung.behoerde import create_behoerde, create_users
from config.vorfuehrung.fall import tell_cases
from config.vorfuehrung.geschichte import Geschichte, create_told_person, tell
from config.vorfuehrung.musterfall import EINGLIEDERUNGSHILFE, PFLEGEKASSE, STAND_A, STAND_B
from config.vorfuehrung.person import fill_persons
from config.vorfuehrung.personen import personen
from config.vorfuehrung.tisch import tell_tisch
from config.vorfuehrung.unterlage import load_unterlagen
from config.vorfuehrung.verzeichnis import create_verzeichnis
from config.vorfuehrung.vorlage import (
    Fallvorlage,
    Leistungsvorlage,
    Personenvorlage,
    Stand,
    Zeitplan,
)
from config.vorfuehrung.zugang import load_zugang
from config.vorfuehrung.zustaendigkeit import show_einwilligungen, show_zustaendigkeit

# How many cases are told how far, and how many days ago their Antrag came in.
VERTEILUNG: tuple[tuple[Stand, int, int], ...] = (
    (Stand.ANTRAG, 12, 0),
    (Stand.ZUSTAENDIG, 9, 4),
    (Stand.BEDARF_OFFEN, 7, 8),
    (Stand.BEDARF, 7, 8),
    (Stand.PLAN_ENTWURF, 5, 11),
    (Stand.PLAN_VORGELEGT, 4, 11),
    (Stand.PLAN_FREI, 2, 12),
    (Stand.BUDGET, 2, 13),
    (Stand.BEMESSEN, 1, 13),
    (Stand.ZIEL_ZUR_UNTERSCHRIFT, 1, 14),
    (Stand.VEREINBART, 1, 16),
    (Stand.BESCHEID_ENTWURF, 1, 17),
    (Stand.BESCHEID_VORGELEGT, 1, 17),
    (Stand.BESCHEID_FREI, 1, 18),
    (Stand.VERSAND_VORGESEHEN, 2, 18),
    (Stand.LAEUFT, 1, 110),
    (Stand.UEBERPRUEFUNG, 1, 260),
    (Stand.FORTSCHREIBUNG, 1, 320),
)

_SATZ = {"koerperlich": "42.50", "geistig": "39.80", "seelisch": "41.20", "sinnes": "44.00"}


@transaction.atomic
def load_demo(*, password: str, heute: date) -> int:
    """Load everything in one transaction; return the number of cases.

    Days count back from `heute`, so that there is always something due.
    """
    create_behoerde()
    users = create_users(password)
    create_verzeichnis(users=users)
    leitung = users["leitung"]
    _model_cases(users)
    people = iter(personen())
    nummer = 0
    for bis, anzahl, tage in VERTEILUNG:
        for stelle in range(anzahl):
            # Every fourth case belongs to the colleague's team.
            fallmanager = users["kollegin" if nummer % 4 == 3 else "fallmanager"]
            vorlage = _vorlage(
                next(people),
                heute - timedelta(days=tage + stelle + (11 if nummer % 9 == 5 else 0)),
                nummer,
                bis,
            )
            geschichte = tell(vorlage, fallmanager=fallmanager, leitung=leitung, bis=bis)
            _afterwards(geschichte, nummer, users, heute)
            nummer += 1
    load_unterlagen(_cases_with_papers(), heute=heute)
    load_antraege(users=users, heute=heute)
    tell_cases(users, heute)
    fill_persons(heute)
    show_zustaendigkeit(users["fallmanager"], heute)
    show_einwilligungen(users["fallmanager"], heute)
    tell_tisch(users, heute)
    sweep(tag=heute)
    load_zugang(password=password, heute=heute, users=users)
    load_austausch(users=users, heute=heute)
    return Case.objects.count()


def _cases_with_papers() -> list[Case]:
    laufend = Case.objects.exclude(state__in=["beendet", "weitergeleitet"]).order_by("pk")
    return list(laufend.select_related("caseworker"))[::9]


def _model_cases(users: dict[str, User]) -> None:
    person: LeistungsberechtigtePerson | None = None
    for vorlage, bis in ((STAND_A, Stand.LAEUFT), (STAND_B, Stand.LAEUFT)):
        person = person or create_told_person(vorlage.person, vorlage.zeit.eingang)
        geschichte = tell(
            vorlage,
            fallmanager=users["fallmanager"],
            leitung=users["leitung"],
            bis=bis,
            person=person,
        )
        if vorlage is STAND_A:
            _end_old_case(geschichte, users["leitung"])


def _end_old_case(geschichte: Geschichte, leitung: User) -> None:
    assert geschichte.budget is not None
    tag = date(2007, 12, 3)
    sweep(tag=tag)
    end_budget(
        budget=geschichte.budget, grund="Ende des Bewilligungszeitraums", by=leitung, tag=tag
    )
    end_case(
        case=geschichte.case,
        grund="Ende des Bewilligungszeitraums",
        art=Endeart.LEISTUNG_BEENDET,
        by=leitung,
        tag=tag,
    )


def _afterwards(geschichte: Geschichte, nummer: int, users: dict[str, User], heute: date) -> None:
    """Vary what the states alone do not show: forwarding, protection, deputies, reminders."""
    case, by = geschichte.case, geschichte.case.caseworker
    if nummer in {1, 2}:
        forward_antrag(
            antrag=geschichte.antrag,
            an=Leistungstraeger.objects.get(name="Deutsche Rentenversicherung Musterland"),
            grund="Medizinische Rehabilitation steht im Vordergrund.",
            by=by,
            tag=heute - timedelta(days=1),
        )
    if nummer in {4, 11}:
        end_case(
            case=case,
            grund="Antrag zurückgenommen",
            art=Endeart.ANTRAG_ZURUECKGENOMMEN,
            by=users["leitung"],
            tag=heute,
        )
    if nummer == 8:
        Case.objects.filter(pk=case.pk).update(geschuetzt=True)
    if nummer in {20, 23}:
        Zuweisung.objects.create(
            case=case,
            user=users["fachdienst"],
            rolle=Rolle.FACHDIENST,
            von=heute - timedelta(days=5),
            bis=heute + timedelta(days=25),
            grund="Stellungnahme zum Hilfebedarf",
        )
    if nummer % 6 == 0 and case.state != "beendet":
        create_wiedervorlage(
            case=case,
            user=by,
            am=heute + timedelta(days=nummer % 5),
            anlass="Rückruf: ärztlichen Bericht anfordern",
            by=by,
            tag=heute,
        )


def _vorlage(person: Personenvorlage, eingang: date, nummer: int, bis: Stand) -> Fallvorlage:
    """Return the facts of one case under the law of today; hours vary with the number."""
    beginn = _first_of_next_month(eingang + timedelta(days=18))
    stunden = 4 + nummer % 5
    satz = Decimal(_SATZ[person.behinderungsart])
    betrag = (satz * stunden * 52 / 12).quantize(Decimal("0.01"))
    leistungen = [
        Leistungsvorlage(
            0,
            EINGLIEDERUNGSHILFE,
            "Assistenzleistungen zur Sozialen Teilhabe",
            "§ 113 Abs. 2 Nr. 2, § 78 SGB IX",
            f"{stunden} Stunden in der Woche zu {str(satz).replace('.', ',')} Euro",
            betrag=betrag,
        )
    ]
    if nummer % 3 == 0:
        leistungen.append(
            Leistungsvorlage(
                1,
                PFLEGEKASSE,
                "Pflegegeld im Pflegegrad 2",
                "§ 37 SGB XI",
                "Sicherstellung der Pflege durch vertraute Personen",
                bemessungsart="satz",
                parameter="pflegegeld.grad2",
                fremd=True,
                nachweisart="kein_nachweis",
            )
        )
    return replace(
        STAND_B,
        person=person,
        zeit=_zeitplan(eingang, beginn),
        # Two goals are enough to show the pages; the model case has three.
        ziele=STAND_B.ziele[:2],
        leistungen=tuple(leistungen),
        vergleichssumme=betrag + Decimal("420.00"),
        planinhalte=_anonymous(STAND_B.planinhalte, person),
        # What has left the house went by post; a waiting e-mail leaves when the worker starts.
        versandweg="elektronisch" if person.email and bis == Stand.VERSAND_VORGESEHEN else "post",
    )


def _anonymous(texte: object, person: Personenvorlage) -> dict[str, str]:
    name = f"{person.vorname} {person.nachname}"
    assert isinstance(texte, dict)
    return {key: text.replace("Herr Mustermann", name) for key, text in texte.items()}


def _zeitplan(eingang: date, beginn: date) -> Zeitplan:
    def tag(n: int) -> date:
        return eingang + timedelta(days=n)

    return Zeitplan(
        eingang=eingang,
        zustaendig=tag(3),
        bedarf=tag(7),
        plan=tag(11),
        stellungnahme=tag(12),
        ausgefertigt=tag(13),
        unterschrift=tag(15),
        bescheid=tag(16),
        aufgabe=tag(17),
        beginn=beginn,
    )


def _first_of_next_month(tag: date) -> date:
    return (tag.replace(day=1) + timedelta(days=32)).replace(day=1)
