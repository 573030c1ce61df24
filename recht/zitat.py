"""Citations read out of running text: sentences, letters, help texts, docstrings.

The short form of one citation is `recht.norm`. In sentences several share one law
(``§§ 99, 105 Abs. 4 SGB IX``, ``§ 14 Abs. 2 S. 2 und 4 SGB IX``) or its name is written out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from recht.fehler import NormUngueltig
from recht.norm import GESETZE, LEITFAEDEN, Norm

_LANG = {
    "Ersten": "SGB I",
    "Zweiten": "SGB II",
    "Vierten": "SGB IV",
    "Fünften": "SGB V",
    "Sechsten": "SGB VI",
    "Siebten": "SGB VII",
    "Achten": "SGB VIII",
    "Neunten": "SGB IX",
    "Zehnten": "SGB X",
    "Elften": "SGB XI",
    "Zwölften": "SGB XII",
}
_BUECHER = "|".join(_LANG)
_AUSGESCHRIEBEN = re.compile(
    rf"(?:des |dem )?(?P<buch>{_BUECHER})n? Buch(?:es|s)? ?(?:Sozialgesetzbuch)?"
    r"(?: \(SGB [IVX]+\))?"
    r"|(?P<dsgvo>(?:der )?Datenschutz-Grundverordnung)|(?P<budgetv>(?:der )?Budgetverordnung)"
    r"|(?P<bgb>(?:des )?Bürgerlichen Gesetzbuch(?:e?s)?)"
)
_GESETZ = re.compile("|".join(sorted(map(re.escape, GESETZE), key=len, reverse=True)) + r"(?!\w)")
_ALT = re.compile(r" ?(?:a\.F\.|in der bis zum \d+\. ?\w+ ?\d{4} geltenden Fassung)")
_ZEICHEN = re.compile(r"§§?|Art\.")
_STUFEN = (
    ("absatz", re.compile(r"Abs\.|Absatz(?:es)?|Absätze")),
    ("satz", re.compile(r"S\.|Satz(?:es)?|Sätze")),
    ("nummer", re.compile(r"Nr\.|Nummern?")),
    ("buchstabe", re.compile(r"Buchst\.|Buchstabe")),
    ("alternative", re.compile(r"Alt\.")),
)
_ZAHL = re.compile(r"\d+[a-z]?(?![\w])(?: ff\.)?")
_BINDEWORT = re.compile(r",|und|oder|sowie|in Verbindung mit|i\. ?V\. ?m\.|i\.V\.m\.")
_BIS = re.compile(r"bis|-|–")
_BUCHSTABE = re.compile(r"[a-z](?!\w)")
_RANG = {name: rang for rang, name in enumerate(("paragraf", *(n for n, _ in _STUFEN)))}
_URTEIL = re.compile(
    r"(?:BVerfG|BSG|BFH) \d{2}\.\d{2}\.\d{4} - [A-Z] \d+ [A-Z]{1,3} \d+/\d+(?: [A-Z])?"
)
_LEITFADEN = re.compile(
    "(?:"
    + "|".join(map(re.escape, LEITFAEDEN))
    + r") (?:Anlage \d+(?: Nr\. \d+)?|Nr\. \d+(?:\.\d+)*)"
)


@dataclass(frozen=True, slots=True)
class Zitat:
    """One citation with the place in the text; without a law ``norm`` names none."""

    norm: Norm
    stelle: int

    @property
    def vollstaendig(self) -> bool:
        """Whether the text says which law is meant."""
        return bool(self.norm.gesetz)


class _Leser:
    """Reads one run of citations from a sign on; see `read_zitate`."""

    def __init__(self, text: str, ab: int) -> None:
        self.text, self.ort, self.start = text, ab, ab
        self.offen: list[Norm] = []
        self.fertig: list[Norm] = []
        self.jetzt: dict[str, str] = {}
        self.zeichen, self.stufe = "§", "paragraf"

    def _nimm(self, muster: re.Pattern[str]) -> str:
        treffer = muster.match(self.text, self.ort)
        if treffer is None:
            return ""
        self.ort = treffer.end()
        while self.text[self.ort : self.ort + 1] == " ":
            self.ort += 1
        return treffer.group()

    def lies(self) -> list[Norm]:
        """Return the citations of this run; those without a law carry an empty one."""
        while self._schritt():
            pass
        self._schliesse()
        return self.fertig + self.offen

    def _schritt(self) -> bool:
        hier = self.ort
        if zeichen := self._nimm(_ZEICHEN):
            self._schliesse()
            self.zeichen, self.stufe = zeichen, "paragraf"
            return self._setze()
        for stufe, muster in _STUFEN:
            if self.jetzt and self._nimm(muster):
                if _RANG[stufe] <= _RANG[self.stufe] and self.jetzt.get(stufe):
                    self._schliesse(behalte=stufe)
                self.stufe = stufe
                return self._setze()
        if self.jetzt and self._gesetz():
            return self._weiter()
        if self.jetzt and self._nimm(_BINDEWORT):
            return self._folge(hier)
        if self.jetzt and self._nimm(_BIS) and (zahl := self._nimm(_ZAHL)):
            self.jetzt[self.stufe] += f"-{zahl}"
            return True
        self.ort = hier
        return False

    def _folge(self, hier: int) -> bool:
        """After a comma or „und“: another sign, another label, or another number."""
        if _ZEICHEN.match(self.text, self.ort):
            return True
        for stufe, muster in _STUFEN:
            if muster.match(self.text, self.ort):
                self._schliesse(behalte=stufe)
                return True
        if _ZAHL.match(self.text, self.ort):
            stufe = "paragraf" if self.zeichen == "§§" else self.stufe
            self._schliesse(behalte=stufe)
            self.stufe = stufe
            return self._setze()
        self.ort = hier
        return False

    def _weiter(self) -> bool:
        """After the name of a law the run goes on only with another sign."""
        hier = self.ort
        if self._nimm(_BINDEWORT) and _ZEICHEN.match(self.text, self.ort):
            return True
        self.ort = hier
        return bool(_ZEICHEN.match(self.text, self.ort))

    def _setze(self) -> bool:
        zahl = self._nimm(_BUCHSTABE if self.stufe == "buchstabe" else _ZAHL)
        if not zahl:
            return False
        self.jetzt[self.stufe] = zahl
        return True

    def _schliesse(self, behalte: str = "paragraf") -> None:
        """Put the citation that is complete aside; what stands above `behalte` is kept."""
        if "paragraf" in self.jetzt:
            zeichen = "§§" if re.search(r"-|ff\.", self.jetzt["paragraf"]) else self.zeichen[:1]
            if self.zeichen == "Art.":
                zeichen = "Art."
            stufen = self.jetzt.get
            self.offen.append(
                Norm(
                    gesetz="",
                    zeichen=zeichen,
                    paragraf=stufen("paragraf", ""),
                    absatz=stufen("absatz", ""),
                    satz=stufen("satz", ""),
                    nummer=stufen("nummer", ""),
                    buchstabe=stufen("buchstabe", ""),
                    alternative=stufen("alternative", ""),
                )
            )
        grenze = _RANG[behalte]
        self.jetzt = {n: w for n, w in self.jetzt.items() if _RANG[n] < grenze}

    def _gesetz(self) -> bool:
        gesetz = self._nimm(_GESETZ)
        if not gesetz:
            treffer = _AUSGESCHRIEBEN.match(self.text, self.ort)
            if treffer is None:
                return False
            namen = {"dsgvo": "DSGVO", "budgetv": "BudgetV", "bgb": "BGB"}
            gesetz = next((namen[n] for n in namen if treffer[n]), "") or _LANG[treffer["buch"]]
            self.ort = treffer.end()
        alt = _ALT.match(self.text, self.ort)
        if alt:
            self.ort = alt.end()
        self._schliesse()
        self.fertig += [replace(norm, gesetz=gesetz, alte_fassung=bool(alt)) for norm in self.offen]
        self.offen, self.jetzt = [], {}
        while self.text[self.ort : self.ort + 1] == " ":
            self.ort += 1
        return True


def read_zitate(text: str) -> tuple[Zitat, ...]:
    """Read every citation of a text, in its order; unreadable ones raise ``NormUngueltig``."""
    text = re.sub(r"\s+", " ", text.replace("\xa0", " ").replace("&nbsp;", " "))
    gefunden: list[Zitat] = []
    ort = 0
    while treffer := _ZEICHEN.search(text, ort):
        ort = treffer.end()
        if not re.match(r" ?\d", text[ort:]):
            continue
        leser = _Leser(text, treffer.start())
        normen = leser.lies()
        if not normen:
            raise NormUngueltig(
                f"„{text[treffer.start() : treffer.start() + 40]}“ ist nicht lesbar."
            )
        gefunden += [Zitat(norm, treffer.start()) for norm in normen]
        ort = max(ort, leser.ort)
    gefunden += [
        Zitat(Norm.parse(treffer.group()), treffer.start())
        for muster in (_URTEIL, _LEITFADEN)
        for treffer in muster.finditer(text)
    ]
    return tuple(sorted(gefunden, key=lambda zitat: zitat.stelle))
