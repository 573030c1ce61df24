"""The questions about the residence: § 98 SGB IX, before 2020 § 98 SGB XII."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from recht.fristkennung import Regel
from recht.rechtsstand import Rechtsstand, gilt_in, rechtsstand_am
from recht.zustaendigkeitsangaben import JA_NEIN, UNGEKLAERT, Angaben, Frage, fristende

_ABSCHNITT = "Örtliche Zuständigkeit"


def frueherer_bezug_zaehlt(angaben: Angaben, eingang: date, land: str) -> bool:
    """§ 98 Abs. 1 S. 3-5 SGB IX: whether the carrier of the earlier Leistung stays competent."""
    if angaben.bezug != "beendet":
        return angaben.bezug == "laeuft"
    if angaben.bezug_unterbrochen == "ja":
        return True
    if angaben.bezug_bis is None:
        return False
    return eingang <= fristende(Regel.ENDE_ZUSTAENDIGKEIT, angaben.bezug_bis, land, Rechtsstand.B)


def ort(angaben: Angaben, eingang: date, land: str) -> str:
    """Where the Zuständigkeit lies: hier, anderswo, ungeklaert, keiner; empty while unknown.

    `keiner` is left to the law until 2019: since 2020 the actual place then decides for good
    (§ 98 Abs. 2 S. 3 SGB IX).
    """
    if rechtsstand_am(eingang) is Rechtsstand.B:
        if frueherer_bezug_zaehlt(angaben, eingang, land):
            return {"hier": "hier", "anderer": "anderswo"}.get(angaben.bezug_traeger, "")
        return angaben.tatsaechlich if angaben.aufenthalt == "keiner" else angaben.aufenthalt
    return angaben.tatsaechlich if angaben.wohnform == "ambulant" else angaben.aufenthalt


def _wohnform(stand: Rechtsstand) -> Frage:
    if stand is Rechtsstand.B:
        antworten: tuple[tuple[str, str], ...] = (
            ("ambulant", "eigene Wohnung oder bei Angehörigen"),
            ("tag_und_nacht", "Betreuung über Tag und Nacht (besondere Wohnform)"),
        )
        norm = "§ 98 Abs. 1 S. 1 SGB IX"
    else:
        antworten = (
            ("ambulant", "eigene Wohnung oder bei Angehörigen"),
            ("abw", "ambulant betreutes Wohnen"),
            ("tag_und_nacht", "stationäre Einrichtung"),
        )
        norm = "§ 98 Abs. 1 SGB XII, § 98 Abs. 2 SGB XII, § 98 Abs. 5 SGB XII"
    return Frage(
        "wohnform",
        _ABSCHNITT,
        "Wie wohnt die Person, wenn die Leistung beginnt?",
        "Davon hängt ab, welcher Aufenthalt zählt. Auch bei einem Persönlichen Budget gilt keine "
        "eigene Regel.",
        norm,
        antworten,
    )


@gilt_in(Rechtsstand.B)
def ort_neu(angaben: Angaben, eingang: date, land: str) -> Iterator[Frage]:
    """§ 98 SGB IX."""
    yield Frage(
        "bezug",
        _ABSCHNITT,
        "Bezieht oder bezog die Person schon Eingliederungshilfe?",
        "Wer zuständig ist, bleibt es bis zum Ende des Leistungsbezugs. Ein Umzug allein ändert "
        "daran nichts.",
        "§ 98 Abs. 1 S. 3 SGB IX",
        (
            ("nein", "nein, erster Antrag"),
            ("laeuft", "ja, die Leistung läuft"),
            ("beendet", "früher, die Leistung ist beendet"),
        ),
    )
    if angaben.bezug in {"laeuft", "beendet"}:
        yield _bestand()
        yield _bezug_traeger(angaben)
    if angaben.bezug == "beendet":
        yield Frage(
            "bezug_bis",
            _ABSCHNITT,
            "Letzter Tag des Leistungsbezugs",
            "Erst nach sechs zusammenhängenden Monaten ohne Leistung wird die Zuständigkeit neu "
            "festgestellt.",
            "§ 98 Abs. 1 S. 4 SGB IX",
            art="datum",
        )
        yield Frage(
            "bezug_unterbrochen",
            _ABSCHNITT,
            "War die Leistung nur wegen Krankenhaus oder medizinischer Rehabilitation "
            "unterbrochen?",
            "Eine solche Unterbrechung beendet den Leistungsbezug nicht.",
            "§ 98 Abs. 1 S. 5 SGB IX",
            JA_NEIN,
        )
    if _neu_festzustellen(angaben, eingang, land):
        yield _wohnform(Rechtsstand.B)
        if angaben.wohnform:
            yield from _aufenthalt(angaben, Rechtsstand.B, "§ 98 Abs. 1 S. 1 SGB IX")


@gilt_in(Rechtsstand.B)
def _bestand() -> Frage:
    return Frage(
        "bestand_2019",
        _ABSCHNITT,
        "Bezog die Person schon am 31.12.2019 Eingliederungshilfe und ohne Lücke weiter?",
        "Dann ist der Träger zuständig, der es am 01.01.2020 nach den Regeln der Sozialhilfe war; "
        "auch er bleibt es bis zum Ende des Leistungsbezugs. Ohne Antwort gilt: nein.",
        "§ 98 Abs. 5 SGB IX",
        JA_NEIN,
        freiwillig=True,
    )


@gilt_in(Rechtsstand.B)
def _bezug_traeger(angaben: Angaben) -> Frage:
    if angaben.bestand_2019 == "ja":
        text = "Welcher Träger war am 01.01.2020 zuständig?"
        erklaerung = (
            "Ambulant kommt es auf den tatsächlichen Aufenthalt an, beim betreuten Wohnen auf den "
            "Träger vor dem Eintritt, stationär auf den gewöhnlichen Aufenthalt vor der Aufnahme "
            "in die erste Einrichtung."
        )
        norm = "§ 98 Abs. 5 S. 1 SGB IX"
    else:
        text = "Von welchem Träger der Eingliederungshilfe kam diese Leistung?"
        erklaerung = ""
        norm = "§ 98 Abs. 1 S. 3 SGB IX"
    return Frage(
        "bezug_traeger",
        _ABSCHNITT,
        text,
        erklaerung,
        norm,
        (("hier", "von uns"), ("anderer", "von einem anderen Träger")),
    )


def _neu_festzustellen(angaben: Angaben, eingang: date, land: str) -> bool:
    """§ 98 Abs. 1 S. 4 SGB IX: a first application, or one after six months without Leistung."""
    if angaben.bezug != "beendet":
        return angaben.bezug == "nein"
    beantwortet = angaben.bezug_unterbrochen == "nein" and angaben.bezug_bis is not None
    return beantwortet and not frueherer_bezug_zaehlt(angaben, eingang, land)


@gilt_in(Rechtsstand.A, Rechtsstand.UE)
def ort_alt(angaben: Angaben, eingang: date, land: str) -> Iterator[Frage]:
    """§ 98 SGB XII."""
    yield _wohnform(rechtsstand_am(eingang))
    if angaben.wohnform == "ambulant":
        yield _tatsaechlich("§ 98 Abs. 1 S. 1 SGB XII")
    elif angaben.wohnform:
        norm = "§ 98 Abs. 5 SGB XII" if angaben.wohnform == "abw" else "§ 98 Abs. 2 SGB XII"
        yield from _aufenthalt(angaben, rechtsstand_am(eingang), norm)


def _aufenthalt(angaben: Angaben, stand: Rechtsstand, norm: str) -> Iterator[Frage]:
    stationaer = angaben.wohnform == "tag_und_nacht"
    if stand is Rechtsstand.B or stationaer:
        yield _besonderheit(stand, stationaer)
    if stationaer or angaben.besonderheit == "vollzug":
        yield Frage(
            "aufnahme_am",
            _ABSCHNITT,
            "Tag der Aufnahme",
            "Es zählt, wo die Person in den zwei Monaten davor zuletzt gewöhnlich gelebt hat. Der "
            "Ort der Einrichtung zählt nicht.",
            norm,
            art="datum",
        )
    text, erklaerung = _ort_frage(angaben)
    besonders = besondere_norm(angaben.besonderheit, stand)
    yield Frage(
        "aufenthalt",
        _ABSCHNITT,
        text,
        erklaerung,
        f"{besonders or norm}, § 30 Abs. 3 S. 2 SGB I",
        (
            ("hier", "in unserem Bereich"),
            ("anderswo", "im Bereich eines anderen Trägers"),
            ("ungeklaert", "noch nicht geklärt"),
            ("keiner", "im Inland keiner vorhanden oder nicht zu ermitteln"),
        ),
    )
    if angaben.aufenthalt in UNGEKLAERT:
        yield _tatsaechlich(norm_ungeklaert(angaben.aufenthalt, stand))


def norm_ungeklaert(aufenthalt: str, stand: Rechtsstand) -> str:
    """Where it is said who renders without a known residence; in B for good if there is none."""
    if stand is not Rechtsstand.B:
        return "§ 98 Abs. 2 S. 3 SGB XII"
    return "§ 98 Abs. 2 S. 3 SGB IX" if aufenthalt == "keiner" else "§ 98 Abs. 2 S. 1 SGB IX"


def besondere_norm(besonderheit: str, stand: Rechtsstand) -> str:
    """The rule for a newborn child or a stay that founds no residence, empty without one."""
    neu = stand is Rechtsstand.B
    if besonderheit == "geburt":
        return "§ 98 Abs. 3 SGB IX" if neu else "§ 98 Abs. 2 S. 4 SGB XII"
    if besonderheit == "vollzug":
        return "§ 98 Abs. 4 S. 2 SGB IX" if neu else "§ 98 Abs. 4 SGB XII, § 109 SGB XII"
    return ""


def _besonderheit(stand: Rechtsstand, stationaer: bool) -> Frage:
    antworten = [("nein", "nein")]
    if stationaer:
        antworten.append(("geburt", "Kind, das von Geburt an über Tag und Nacht betreut wird"))
    antworten.append(("vollzug", "lebt in einer stationären Einrichtung oder in Haft"))
    normen = [besondere_norm(wert, stand) for wert, _ in antworten]
    return Frage(
        "besonderheit",
        _ABSCHNITT,
        "Gilt für den Aufenthalt eine besondere Regel?",
        "Beim Kind zählt der Aufenthalt der Mutter. Ein stationärer Aufenthalt oder Haft begründet "
        "keinen gewöhnlichen Aufenthalt; es zählt der davor. Ohne Antwort gilt: nein.",
        ", ".join(norm for norm in normen if norm),
        tuple(antworten),
        freiwillig=True,
    )


def _ort_frage(angaben: Angaben) -> tuple[str, str]:
    """The wording of the question for the place, and its explanation."""
    erklaerung = (
        "Gewöhnlich hält sich jemand auf, wo die Umstände zeigen, dass er nicht nur vorübergehend "
        "bleibt. Die Meldeadresse ist nur ein Anhaltspunkt."
    )
    if angaben.besonderheit == "geburt":
        return "Wo war der gewöhnliche Aufenthalt der Mutter bei der Geburt?", erklaerung
    if angaben.wohnform == "tag_und_nacht" or angaben.besonderheit == "vollzug":
        return "Wo war der gewöhnliche Aufenthalt vor der Aufnahme zuletzt?", erklaerung
    if angaben.wohnform == "abw":
        return (
            "Welcher Träger war vor dem Eintritt in das betreute Wohnen zuletzt zuständig?",
            "Es bleibt der Träger zuständig, der es vorher war oder gewesen wäre: der Träger des "
            "Ortes, von dem die Person kommt (Herkunftsprinzip).",
        )
    return "Wo ist der gewöhnliche Aufenthalt am Tag des ersten Antrags?", erklaerung


def _tatsaechlich(norm: str) -> Frage:
    return Frage(
        "tatsaechlich",
        _ABSCHNITT,
        "Wo hält sich die Person zurzeit tatsächlich auf?",
        "",
        norm,
        (("hier", "in unserem Bereich"), ("anderswo", "im Bereich eines anderen Trägers")),
    )
