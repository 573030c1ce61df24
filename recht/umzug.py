"""What a move does while the Leistung runs: § 98 SGB IX, before 2020 § 98 SGB XII.

Who is competent, what the move asks to be looked at, and until when a carrier goes on that is not
competent any more (§ 2 Abs. 3 SGB X).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from recht.eingabe import write_datum
from recht.fristkennung import Regel
from recht.rechenweg import Schritt
from recht.rechtsstand import BEGINN_B, Rechtsstand, gilt_in, norm_im, rechtsstand_am
from recht.zustaendigkeitsangaben import fristende

_EIN_TAG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days without any Leistung, both ends included; `bis` is None while it lasts.

    `medizinisch`: a stay in hospital or in medical rehabilitation, which ends nothing.
    """

    von: date
    bis: date | None = None
    medizinisch: bool = False


@dataclass(frozen=True, slots=True)
class Umzugsfolge:
    """Whether the carrier stays competent; None where a fact is missing. `zu_tun`: what to do."""

    rechtsstand: Rechtsstand
    bleibt: bool | None
    schritte: tuple[Schritt, ...]
    zu_tun: tuple[Schritt, ...]


def folge_des_umzugs(
    am: date,
    wohnform: str,
    *,
    bezug_seit: date,
    stichtag: date,
    land: str,
    pausen: Sequence[Pause] = (),
    ins_ausland: bool = False,
) -> Umzugsfolge:
    """Return what a move on the day `am` to another area means for a Leistung since `bezug_seit`.

    `wohnform` is the one after the move: ``ambulant``, ``abw``, ``tag_und_nacht``, empty where it
    is not known; since 2020 nothing hangs on it. Raises RechtFehler for a day without known law.
    """
    stand = rechtsstand_am(am)
    bleibt: bool | None
    if stand is Rechtsstand.B:
        bleibt, schritte = _neu(am, bezug_seit, stichtag, land, pausen)
    else:
        bleibt, schritte = _alt(am, wohnform, stand, land)
    zu_tun = tuple(_zu_tun(stand, ins_ausland, bleibt))
    return Umzugsfolge(stand, bleibt, tuple(schritte), zu_tun)


def endete_den_bezug(pause: Pause, stichtag: date, land: str) -> bool:
    """§ 98 Abs. 1 S. 4-5 SGB IX: whether six months without any Leistung were full by the day."""
    if pause.medizinisch:
        return False
    voll = fristende(Regel.ENDE_ZUSTAENDIGKEIT, pause.von - _EIN_TAG, land, Rechtsstand.B)
    letzter = stichtag - _EIN_TAG if pause.bis is None else min(pause.bis, stichtag - _EIN_TAG)
    return letzter >= voll


@gilt_in(Rechtsstand.B)
def _neu(
    am: date, bezug_seit: date, stichtag: date, land: str, pausen: Sequence[Pause]
) -> tuple[bool, list[Schritt]]:
    """§ 98 SGB IX."""
    schritte = []
    if bezug_seit < BEGINN_B:
        schritte.append(
            Schritt(
                "Die Leistung wurde schon am 31.12.2019 bezogen: Zuständig ist der Träger, der es "
                "am 01.01.2020 nach den Regeln der Sozialhilfe war.",
                "§ 98 Abs. 5 S. 1 SGB IX",
            )
        )
    ende = next((p for p in pausen if endete_den_bezug(p, max(am, stichtag), land)), None)
    schritte += [_pause(pause, pause is ende) for pause in pausen]
    if ende is None:
        schritte.append(
            Schritt(
                f"Die Leistung läuft: Wer zuständig war, bleibt es bis zum Ende des "
                f"Leistungsbezugs. Der Umzug am {write_datum(am)} ändert daran nichts.",
                "§ 98 Abs. 1 S. 3 SGB IX",
            )
        )
        return True, schritte
    schritte.append(
        Schritt(
            "Die Zuständigkeit ist neu festzustellen. Maßgeblich ist der gewöhnliche Aufenthalt, "
            "wenn wieder Leistungen beantragt werden; liegt er am neuen Ort, ist der Träger dort "
            "zuständig.",
            "§ 98 Abs. 1 S. 4 SGB IX",
        )
    )
    return False, schritte


@gilt_in(Rechtsstand.B)
def _pause(pause: Pause, endet: bool) -> Schritt:
    zeit = f"Vom {write_datum(pause.von)} "
    zeit += f"bis {write_datum(pause.bis)}" if pause.bis else "an"
    if pause.medizinisch:
        return Schritt(
            f"{zeit} ruhte die Leistung wegen Krankenhaus oder Rehabilitation; das beendet den "
            "Leistungsbezug nicht.",
            "§ 98 Abs. 1 S. 5 SGB IX",
        )
    dauer = "mindestens sechs Monate" if endet else "weniger als sechs Monate"
    return Schritt(
        f"{zeit} wurde keine Leistung bezogen, zusammenhängend {dauer}.", "§ 98 Abs. 1 S. 4 SGB IX"
    )


@gilt_in(Rechtsstand.A, Rechtsstand.UE)
def _alt(
    am: date, wohnform: str, stand: Rechtsstand, land: str
) -> tuple[bool | None, list[Schritt]]:
    """§ 98 SGB XII and, in Baden-Württemberg, the agreement on the Herkunftsprinzip."""
    if wohnform == "ambulant":
        return False, [
            Schritt(
                f"Ambulante Leistung: Ab dem Umzug am {write_datum(am)} ist der Träger zuständig, "
                "in dessen Bereich sich die Person tatsächlich aufhält.",
                "§ 98 Abs. 1 S. 1 SGB XII",
            )
        ]
    if wohnform == "abw":
        schritte = [
            Schritt(
                "Ambulant betreutes Wohnen: Zuständig bleibt der Träger, der vor dem Eintritt in "
                "diese Wohnform zuletzt zuständig war. Der Umzug ändert daran nichts.",
                "§ 98 Abs. 5 S. 1 SGB XII",
            )
        ]
        if land == "BW" and stand is Rechtsstand.A:
            schritte.append(
                Schritt(
                    "In Baden-Württemberg gilt das auch, wenn ein Persönliches Budget an die "
                    "Stelle des ambulant betreuten Wohnens tritt (Herkunftsprinzip).",
                    "KVJS-Leitfaden 2010 Nr. 2.7",
                )
            )
        return True, schritte
    if wohnform == "tag_und_nacht":
        return True, [
            Schritt(
                "Stationäre Leistung: Es zählt der gewöhnliche Aufenthalt in den zwei Monaten vor "
                "der Aufnahme. Der Umzug in die Einrichtung oder in eine andere ändert daran "
                "nichts.",
                "§ 98 Abs. 2 S. 1 SGB XII",
            )
        ]
    return None, [
        Schritt(
            "Es kommt darauf an, wie die Person nach dem Umzug wohnt: ambulant, ambulant betreut "
            "oder in einer Einrichtung.",
            "§ 98 SGB XII",
        )
    ]


def _zu_tun(stand: Rechtsstand, ins_ausland: bool, bleibt: bool | None) -> Iterator[Schritt]:
    """What to ask and whom to tell, whoever is competent."""
    yield Schritt(
        "Fragen Sie, ob sich der Bedarf durch den Umzug geändert hat. Dann ist der Gesamtplan "
        "fortzuschreiben.",
        norm_im(
            stand,
            "BAGüS-Empfehlung 2007 Nr. 4.7",
            "§ 121 Abs. 2 SGB IX",
            ue="§ 144 Abs. 2 SGB XII",
        ),
    )
    yield Schritt(
        "Mit einem neuen Bedarf ändern sich Zielvereinbarung und Bescheid.",
        norm_im(stand, "§ 4 BudgetV", "§ 29 Abs. 4 SGB IX"),
    )
    yield Schritt(
        "Klären Sie, wer die Leistung am neuen Ort erbringt, und unterrichten Sie die bisherigen "
        "Leistungserbringer, soweit sie es wissen müssen.",
        "§ 69 Abs. 1 Nr. 1 SGB X",
    )
    yield Schritt(
        "Fragen Sie nach einem neuen Konto und nach der Anschrift für Post.",
        "§ 60 Abs. 1 S. 1 Nr. 2 SGB I",
    )
    if ins_ausland:
        yield Schritt(
            "Die neue Anschrift liegt im Ausland. Prüfen Sie, ob dort weiter Leistungen möglich "
            "sind, und entscheiden Sie darüber mit eigenem Bescheid.",
            "§ 48 Abs. 1 S. 1 SGB X",
        )
    if bleibt is False:
        yield Schritt(
            "Leisten Sie weiter, bis der andere Träger die Leistung fortsetzt. Er erstattet, was "
            "nach dem Wechsel noch geleistet wurde.",
            "§ 2 Abs. 3 SGB X",
        )
