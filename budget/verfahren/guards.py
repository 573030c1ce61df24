"""When a Persönliches Budget may begin, change and end: citation first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.urls import reverse

from budget.models import Folgebescheid, PersoenlichesBudget
from budget.states import ABGESCHLOSSEN, Bescheidzustand, Budgetzustand, Verfahrensart
from budget.states.folge import NUR_ZUKUNFT
from cases.guards import konten_der_person
from cases.models import Antrag, Antragsweg, LeistungsberechtigtePerson, User
from cases.models.antrag import Weiterleitung
from cases.models.case import Case
from cases.registry.schritt import Hindernis
from gesamtplan.models import Gesamtplan
from gesamtplan.states import Planzustand
from recht.anschrift import check_anschrift
from recht.laenge import plus_monate
from recht.leistungsbeginn import fruehester_beginn
from recht.pruefkatalog import Pruefkriterium
from recht.rechtsstand import Rechtsstand, norm_am, rechtsstand_am

_ZWEI_JAHRE = 24


def gesamtplan_vorhanden(gesamtplan: Gesamtplan | None, tag: date) -> Hindernis | None:
    """§ 120 Abs. 2 SGB IX: without a released Gesamtplan there is nothing to begin a budget on."""
    if gesamtplan is not None:
        return None
    return Hindernis(
        "Es gibt noch keinen freigegebenen Gesamtplan. Er ist die Grundlage des Persönlichen "
        "Budgets.",
        norm_am(tag, "§ 58 SGB XII", "§ 120 Abs. 2 SGB IX", ue="§ 143a Abs. 2 SGB XII"),
    )


def kein_offenes_budget(budget: PersoenlichesBudget | None) -> Hindernis | None:
    """§ 29 Abs. 1 S. 3 SGB IX: all carriers render one budget, so a case has one at a time."""
    if budget is None or budget.state in ABGESCHLOSSEN:
        return None
    text = "In diesem Fall gibt es schon ein Persönliches Budget."
    if budget.state == Budgetzustand.LAEUFT:
        text += (
            " Mit „Änderung oder Weiterbewilligung vorbereiten“ beginnt das nächste neben dem "
            "laufenden."
        )
    return Hindernis(text)


def kein_budget_in_arbeit(budget: PersoenlichesBudget | None) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: two budgets in preparation would end in two answers to one question."""
    if budget is None:
        return None
    return Hindernis(
        f"Ein Persönliches Budget ab {budget.beginn:%d.%m.%Y} ist schon in Arbeit "
        f"(„{budget.get_state_display()}“).",
        "§ 33 Abs. 1 SGB X",
    )


def beginn_nach_vorgaenger(vorgaenger: PersoenlichesBudget, beginn: date) -> Hindernis | None:
    """§ 48 Abs. 1 SGB X: what changes a grant reaches no further back than the grant itself."""
    if beginn >= vorgaenger.beginn:
        return None
    return Hindernis(
        f"Das bisherige Persönliche Budget gilt erst ab {vorgaenger.beginn:%d.%m.%Y}. Früher kann "
        "die Änderung nicht wirken.",
        "§ 48 Abs. 1 SGB X",
    )


def nur_als_nachfolge(budget: PersoenlichesBudget) -> Hindernis | None:
    """§ 18 SGB X: an Antrag is decided; only what changes a running grant can be given up."""
    if budget.vorgaenger_id is not None:
        return None
    return Hindernis(
        "Nur eine Änderung oder Weiterbewilligung lässt sich verwerfen. Über den Antrag ist zu "
        "entscheiden.",
        "§ 18 SGB X",
    )


def nichts_vereinbart(vereinbarungen: int) -> Hindernis | None:
    """§ 84 Abs. 2 SGB X: what the person has in hands stays on record."""
    if not vereinbarungen:
        return None
    return Hindernis(
        "Dazu gibt es schon eine Zielvereinbarung. Die Vorbereitung bleibt in der Akte.",
        "§ 84 Abs. 2 SGB X",
    )


def gesamtplan_freigegeben(gesamtplan: Gesamtplan, beginn: date) -> Hindernis | None:
    """§ 120 Abs. 2 SGB IX: the decision rests on the Gesamtplan, so there must be one in force."""
    if gesamtplan.state == Planzustand.FREIGEGEBEN:
        return None
    return Hindernis(
        "Der Gesamtplan ist noch nicht freigegeben. Ohne ihn hat das Persönliche Budget keine "
        "Grundlage.",
        norm_am(
            beginn,
            "§ 58 SGB XII",
            "§ 120 Abs. 2 SGB IX, § 121 SGB IX",
            ue="§ 143a Abs. 2 SGB XII, § 144 SGB XII",
        ),
    )


def beginn_nicht_vor_antragsmonat(antrag: Antrag | None, beginn: date) -> Hindernis | None:
    """§ 108 Abs. 1 S. 2 SGB IX: benefits begin no earlier than the first of the Antrag's month.

    Until 2019 not before the Kenntnis (§ 18 SGB XII). The first receipt counts (§ 16 Abs. 2 S. 2
    SGB I), also with a carrier that has forwarded the Antrag.
    """
    if antrag is None:
        norm = norm_am(beginn, "§ 18 SGB XII", "§ 108 Abs. 1 S. 1 SGB IX", ue="§ 18 SGB XII")
        return Hindernis("Für diesen Fall ist kein Antrag erfasst.", norm)
    fruehestens = fruehester_beginn(antrag.antragstag, antrag.kenntnis_am)
    if beginn >= fruehestens.tag:
        return None
    vor = "dem Monat des Antrags" if fruehestens.ab_monatsanfang else "dem Tag der Kenntnis"
    text = (
        f"Der Beginn am {beginn:%d.%m.%Y} liegt vor {vor}. Frühester Beginn ist der "
        f"{fruehestens.tag:%d.%m.%Y}."
    )
    if not fruehestens.ab_monatsanfang and not fruehestens.aus_kenntnis:
        text += (
            " War der Bedarf schon früher bekannt, halten Sie es beim Antrag fest („Kenntnis "
            "festhalten“)."
        )
    if antrag.weg == Antragsweg.WEITERGELEITET and antrag.erster_eingang is None:
        text += (
            " Der Antrag ist weitergeleitet worden: Es zählt der Eingang beim ersten Träger. Halten"
            " Sie ihn bei der Zuständigkeit fest („Als zweiter Träger übernehmen“)."
        )
    return Hindernis(text, fruehestens.norm)


def voraussetzungen_erfuellt(nicht_erfuellt: Sequence[Pruefkriterium]) -> Hindernis | None:
    """§ 20 SGB X: what the check has found missing is not granted over.

    `nicht_erfuellt` are the Voraussetzungen of the newest Prüfkatalog that are not there. What
    speaks for or against a budget is an aid to think with and closes nothing.
    """
    if not nicht_erfuellt:
        return None
    namen = ", ".join(f"„{kriterium.bezeichnung}“" for kriterium in nicht_erfuellt)
    return Hindernis(
        f"Nach dem Prüfkatalog ist nicht erfüllt: {namen}. Prüfen Sie neu, oder lehnen Sie den "
        "Antrag ab.",
        nicht_erfuellt[0].norm,
    )


def antrag_im_fall(antrag: Antrag, case: Case) -> Hindernis | None:
    """§ 108 Abs. 1 S. 1 SGB IX: what is decided was applied for, here and not elsewhere."""
    if antrag.case_id != case.pk:
        norm = norm_am(antrag.eingang, "§ 17 Abs. 2 S. 1 SGB IX a.F.", "§ 29 Abs. 1 S. 1 SGB IX")
        return Hindernis("Der Antrag gehört zu einem anderen Fall.", norm)
    if Weiterleitung.objects.filter(antrag=antrag).exists():
        return Hindernis(
            f"Der {antrag}, ist weitergeleitet; über ihn entscheidet ein anderer Träger.",
            norm_am(antrag.eingang, "§ 14 Abs. 2 S. 3 SGB IX a.F.", "§ 14 Abs. 2 S. 4 SGB IX"),
        )
    return None


def konferenz_oder_absprachen(
    budget: PersoenlichesBudget, *, gehalten: Callable[[], bool]
) -> Hindernis | None:
    """§ 29 Abs. 3 S. 1 SGB IX: several carriers agree with the person, in a conference or without.

    The simplified procedure does without a Budgetkonferenz only where what was agreed beforehand is
    documented. `gehalten` tells whether a conference was held; it is asked only where it matters.
    """
    if all(t.leistungstraeger.eigener for t in budget.teilbudgets.all()):
        return None
    norm = norm_am(budget.beginn, "§ 3 Abs. 3 BudgetV", "§ 29 Abs. 3 S. 1 SGB IX")
    url = reverse("budget_traeger", args=[budget.case_id])
    if budget.verfahrensart == Verfahrensart.AUSFUEHRLICH:
        if gehalten():
            return None
        text = (
            "Im ausführlichen Verfahren gehört eine Budgetkonferenz mit abgeschlossener "
            "Niederschrift dazu."
        )
        return Hindernis(text, norm, url)
    if budget.absprachen.strip() or gehalten():
        return None
    return Hindernis(
        "Mehrere Träger leisten, aber es gibt weder eine Budgetkonferenz noch festgehaltene "
        "Absprachen. Tragen Sie die Absprachen bei den Angaben zum Budget ein oder halten Sie die "
        "Konferenz ab.",
        norm,
        url,
    )


def befristung_begruendet(ende: date | None, befristungsgrund: str) -> Hindernis | None:
    """BSG 28.01.2021 - B 8 SO 9/19 R: a limit in time needs a ground of its own."""
    if ende is None or befristungsgrund.strip():
        return None
    return Hindernis(
        "Das Persönliche Budget ist befristet, aber der Grund fehlt. Begründen Sie die Befristung "
        "oder bewilligen Sie bis auf Weiteres mit einem Überprüfungstermin.",
        "§ 32 SGB X, BSG 28.01.2021 - B 8 SO 9/19 R",
    )


def zeitraum_hoechstens_zwei_jahre(beginn: date, ende: date | None) -> Hindernis | None:
    """KVJS-Leitfaden 2010 Nr. 3.5: up to two years; a recommendation, so only a warning in A."""
    if ende is None or rechtsstand_am(beginn) is not Rechtsstand.A:
        return None
    if ende < plus_monate(beginn, _ZWEI_JAHRE):
        return None
    return Hindernis(
        "Der Bewilligungszeitraum ist länger als zwei Jahre. Der Leitfaden empfiehlt höchstens "
        "zwei Jahre, weil der Bedarf in der Regel dann neu festgestellt wird.",
        "KVJS-Leitfaden 2010 Nr. 3.5",
    )


def antrag_nicht_abgelehnt(ablehnung: Folgebescheid | None) -> Hindernis | None:
    """§ 39 Abs. 2 SGB X: a refusal that stands is not joined by a grant of the same Antrag."""
    if ablehnung is None:
        return None
    return Hindernis(
        f"Über diesen Antrag ist mit dem Bescheid vom {ablehnung.datum:%d.%m.%Y} schon entschieden "
        "(Ablehnung). Helfen Sie einem Widerspruch ab, oder nehmen Sie einen neuen Antrag auf.",
        "§ 39 Abs. 2 SGB X",
    )


def aenderung_geprueft(
    row: Folgebescheid | None, beginn: date, *, ersetzt: bool, nachteilig: bool
) -> Hindernis | None:
    """§ 48 Abs. 1 SGB X, § 24 Abs. 1 SGB X: the former grant ends with the first day of this one.

    `row` is the decision about that; what takes something from the person was examined before,
    with her Anhörung.
    """
    if not ersetzt:
        return None
    if row is None:
        return Hindernis(
            "Das bisherige Persönliche Budget gilt an diesem Tag noch, und nichts ändert es. "
            "Verwerfen Sie die Vorbereitung und beginnen Sie sie neu.",
            "§ 48 Abs. 1 SGB X",
        )
    if row.wirkt_ab != beginn:
        return Hindernis(
            f"Die Änderung wirkt nicht ab dem {beginn:%d.%m.%Y}, dem Beginn dieses Budgets.",
            "§ 48 Abs. 1 SGB X",
        )
    if nachteilig and row.state == Bescheidzustand.ENTWURF:
        return Hindernis(
            "Die Änderung nimmt der Person etwas. Gründe, Fall des Gesetzes und Anhörung sind "
            "noch nicht geprüft: Legen Sie die Änderung vor („Weitere Bescheide“).",
            "§ 24 Abs. 1 SGB X",
        )
    return None


def aenderung_nur_fuer_die_zukunft(
    row: Folgebescheid | None, *, nachteilig: bool, fruehestens: date
) -> Hindernis | None:
    """§ 48 Abs. 1 S. 1 SGB X: without a case of S. 2 a change for the worse reaches ahead only.

    `fruehestens` is the day of the Bekanntgabe if the Bescheid left today.
    """
    if row is None or not nachteilig or row.fall_des_gesetzes not in NUR_ZUKUNFT:
        return None
    if row.wirkt_ab is not None and row.wirkt_ab > fruehestens:
        return None
    return Hindernis(
        f"Die Änderung zum Nachteil wirkt nur für die Zukunft: frühestens ab dem Tag nach der "
        f"Bekanntgabe, bei Versand heute nach dem {fruehestens:%d.%m.%Y}.",
        "§ 48 Abs. 1 S. 1 SGB X",
    )


def aenderung_durch_andere(row: Folgebescheid | None, user: User) -> Hindernis | None:
    """§ 33 Abs. 3 SGB X: who wrote why the grant changes does not release the change."""
    if row is None:
        return None
    konten = konten_der_person(user)
    selbst = {row.erstellt_von_id, row.bearbeitet_von_id, row.vorgelegt_von_id} & konten
    if not selbst and not row.events.filter(bearbeitet_von__in=konten).exists():
        return None
    return Hindernis(
        "Sie haben die Änderung der Bewilligung selbst verfasst, bearbeitet oder vorgelegt. Die "
        "Freigabe braucht eine zweite Person.",
        "§ 33 Abs. 3 SGB X",
    )


def anschrift_vollstaendig(person: LeistungsberechtigtePerson, stichtag: date) -> Hindernis | None:
    """§ 37 Abs. 1 SGB X: a Bescheid is made known to the person, so it needs an address."""
    anschrift = person.postanschrift_am(stichtag)
    if anschrift is not None and not check_anschrift(anschrift.anschriftwert):
        return None
    return Hindernis(
        f"Für den {stichtag:%d.%m.%Y} ist keine vollständige Anschrift der Person erfasst.",
        "§ 37 Abs. 1 SGB X",
    )


def bewilligungszeitraum_abgelaufen(
    budget: PersoenlichesBudget, stichtag: date
) -> Hindernis | None:
    """§ 39 Abs. 2 SGB X: a Bewilligung stays effective until its time is over or it is lifted.

    With the death of the person it is settled otherwise: what she was granted for her own life is
    nobody else's (§ 59 S. 1 SGB I).
    """
    if budget.case.leistungsberechtigte_person.verstorben(stichtag):
        return None
    if budget.ende is not None and stichtag > budget.ende:
        return None
    bis = f"bis {budget.ende:%d.%m.%Y}" if budget.ende else "bis auf Weiteres"
    return Hindernis(
        f"Der Bescheid gilt {bis}. Vorher endet das Persönliche Budget nur durch eine Aufhebung "
        "(„Weitere Bescheide“).",
        "§ 39 Abs. 2 SGB X",
    )
