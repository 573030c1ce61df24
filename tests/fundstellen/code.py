"""The citations of the program, with the days that the conditions above them leave."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from recht.datenschutzhinweis import PFLICHT_AB
from recht.zitat import read_zitate
from tests.fundstellen.zeiten import (
    EIN_TAG,
    ENDE,
    HEUTE,
    IMMER,
    ROOT,
    ZEITEN,
    Stelle,
    Zeiten,
    ohne,
    schnitt,
)

_DATEI_HEUTE = re.compile(
    r"^(?:config|berichte|vorfuehrung)/|/forms?(?:/|\.py)|/models/|kommandozeile|^cases/guards\.py|^cases/(?:zugang|austausch|tisch|verzeichnis"
    r"|behoerde|unterlage|person/views|verzeichnis/(?:forms|views)|einwilligung/(?:forms|views))|leseauskunft|lesezugriff|states/zugang"
)
# Says what holds from its first day on and refuses days before.
_DATEI_AB = {"recht/datenschutzhinweis.py": ((PFLICHT_AB, ENDE),)}
APPS = ("recht", "cases", "gesamtplan", "budget", "berichte", "config", "vorfuehrung")


# Which argument of a helper speaks of which Rechtsstand; None takes no part.
_HELFER: dict[str, tuple[str | None, ...]] = {
    "Normfolge": ("A", "B", "UE"),
    "norm_am": (None, "A", "B", "UE"),
    "norm_im": (None, "A", "B", "UE"),
    "je_recht": ("A", "B", "UE"),
}


# What the demonstration says is typed by its people, not cited by the program; the table of
# eingliederungshilfe says by which norm a section belongs to it, and prints it nowhere.
_ERKLAERT = ("vorfuehrung/", "recht/eingliederungshilfe.py")


class _Datei:
    """Walks one file with the days that each place has."""

    def __init__(self, datei: str, text: str) -> None:
        self.datei, self.text = datei, text
        self.ort = ""
        self.baum = ast.parse(self.text)
        self.tage: dict[str, date] = {}
        for anweisung in self.baum.body:
            if isinstance(anweisung, ast.Assign) and (tag := _datum(anweisung.value)):
                self.tage |= {z.id: tag for z in anweisung.targets if isinstance(z, ast.Name)}
        self.merker: dict[str, ast.expr] = {}
        self.stellen: list[Stelle] = []

    def lies(self) -> list[Stelle]:
        """Return the citations of the file."""
        grund = self._gilt_ganz() or _DATEI_AB.get(
            self.datei, HEUTE if _DATEI_HEUTE.search(self.datei) else IMMER
        )
        self._block(self.baum.body, grund)
        for nummer, zeile in enumerate(self.text.splitlines(), 1):
            if zeile.strip().startswith("#"):
                self._text(zeile.strip(), nummer, grund, erklaert=True)
        return self.stellen

    def _gilt_ganz(self) -> Zeiten:
        """The days of a file that says for which Rechtsstände it is written."""
        for anweisung in self.baum.body:
            ziele = getattr(anweisung, "targets", [])
            if any(getattr(ziel, "id", "") == "RECHTSSTAENDE" for ziel in ziele):
                teile = anweisung.value.elts  # type: ignore[attr-defined]
                return tuple(ZEITEN[_stand(teil)] for teil in teile)
        return ()

    def _text(self, text: str, zeile: int, zeiten: Zeiten, *, erklaert: bool = False) -> None:
        for zitat in read_zitate(text):
            erklaert = erklaert or self.datei.startswith(_ERKLAERT)
            if zitat.vollstaendig or not erklaert:
                self.stellen.append(
                    Stelle(self.datei, zeile, zitat.norm, zeiten, erklaert, self.ort)
                )

    def _block(self, body: Sequence[ast.stmt], zeiten: Zeiten) -> None:
        for stelle, anweisung in enumerate(body):
            if stelle == 0 and _is_text(anweisung):
                wert = anweisung.value  # type: ignore[attr-defined]
                self._text(wert.value, anweisung.lineno, zeiten, erklaert=True)
            elif isinstance(anweisung, ast.If):
                zeiten = self._wenn(anweisung, zeiten)
            elif isinstance(anweisung, ast.FunctionDef | ast.ClassDef):
                self._funktion(anweisung, zeiten)
            elif isinstance(anweisung, ast.For | ast.With | ast.Try | ast.While):
                self._verbund(anweisung, zeiten)
            else:
                self._merke(anweisung)
                self._walk(anweisung, zeiten)

    def _wenn(self, anweisung: ast.If, zeiten: Zeiten) -> Zeiten:
        """Walk both branches; return the days on which what follows is reached."""
        ja, nein = self._teile(anweisung.test, zeiten)
        self._walk(anweisung.test, zeiten)
        self._block(anweisung.body, ja)
        self._block(anweisung.orelse, nein)
        if _endet(anweisung.body):
            return nein
        return ja if anweisung.orelse and _endet(anweisung.orelse) else zeiten

    def _funktion(self, anweisung: ast.FunctionDef | ast.ClassDef, zeiten: Zeiten) -> None:
        innen = schnitt(zeiten, _gilt_in(anweisung)) if _gilt_in(anweisung) else zeiten
        self.merker = {}
        davor, self.ort = self.ort, f"{self.ort}.{anweisung.name}".lstrip(".")
        self._block(anweisung.body, innen)
        self.ort = davor
        for teil in ast.iter_child_nodes(anweisung):
            if isinstance(teil, ast.arguments):
                self._walk(teil, zeiten)

    def _verbund(self, anweisung: ast.stmt, zeiten: Zeiten) -> None:
        for teil in ("body", "orelse", "finalbody"):
            self._block(getattr(anweisung, teil, []), zeiten)
        for fang in getattr(anweisung, "handlers", []):
            self._block(fang.body, zeiten)
        for ausdruck in ("iter", "test"):
            if hasattr(anweisung, ausdruck):
                self._walk(getattr(anweisung, ausdruck), zeiten)

    def _merke(self, anweisung: ast.stmt) -> None:
        """Remember what a name stands for, so that a test of it can be read."""
        if isinstance(anweisung, ast.Assign) and len(anweisung.targets) == 1:
            ziel = anweisung.targets[0]
            if isinstance(ziel, ast.Name):
                self.merker[ziel.id] = anweisung.value

    def _zeile(self, node: ast.Call) -> Zeiten:
        """The days of a row of a table: its first and its last, or none where it is open."""
        werte = [*node.args, *(k.value for k in node.keywords)]
        tage = [self._tag(wert) for wert in werte]
        for erste, (tag, danach) in enumerate(pairwise(tage)):
            if tag is not None and (danach is not None or _is_none(werte[erste + 1])):
                return ((tag, danach or ENDE),)
        return IMMER

    def _tag(self, node: ast.expr) -> date | None:
        """The day that an argument names: two of them are the first and the last of a row."""
        if isinstance(node, ast.Name):
            feste = {"DECKUNG_VON": date(2004, 1, 1), "DECKUNG_BIS": ENDE, "OFFEN": ENDE}
            return feste.get(node.id)
        return _datum(node)

    def _walk(self, node: ast.AST, zeiten: Zeiten) -> None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            self._text(node.value, node.lineno, zeiten)
        elif isinstance(node, ast.JoinedStr):
            self._satz(node, zeiten)
        elif isinstance(node, ast.IfExp):
            ja, nein = self._teile(node.test, zeiten)
            self._walk(node.body, ja)
            self._walk(node.orelse, nein)
        elif isinstance(node, ast.Dict):
            self._tabelle(node, zeiten)
        elif isinstance(node, ast.Call):
            self._ruf(node, zeiten)
        else:
            for kind in ast.iter_child_nodes(node):
                if isinstance(kind, ast.stmt):
                    self._block([kind], zeiten)
                else:
                    self._walk(kind, zeiten)

    def _satz(self, node: ast.JoinedStr, zeiten: Zeiten) -> None:
        teile = [str(w.value) if isinstance(w, ast.Constant) else "…" for w in node.values]
        self._text("".join(teile), node.lineno, zeiten)
        for teil in node.values:
            if isinstance(teil, ast.FormattedValue):
                self._walk(teil, zeiten)

    def _tabelle(self, node: ast.Dict, zeiten: Zeiten) -> None:
        for schluessel, wert in zip(node.keys, node.values, strict=True):
            stand = _stand(schluessel) if schluessel is not None else ""
            if schluessel is not None:
                self._walk(schluessel, zeiten)
            self._walk(wert, schnitt(zeiten, (ZEITEN[stand],)) if stand else zeiten)

    def _ruf(self, node: ast.Call, zeiten: Zeiten) -> None:
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        self._walk(node.func, zeiten)
        zeiten = schnitt(zeiten, self._zeile(node))
        staende = _HELFER.get(name)
        if staende is None:
            # Labels and help texts explain the present law, wherever they stand; so does what a
            # kind of letter says about itself in docs/schreibenarten.md.
            jetzt = {"help_text", "hilfe", "label"}
            if any(schluessel.arg == "ausloeser" for schluessel in node.keywords):
                jetzt |= {"norm"}
            for schluessel in node.keywords:
                spricht_jetzt = schluessel.arg in jetzt
                self._walk(schluessel.value, schnitt(zeiten, HEUTE) if spricht_jetzt else zeiten)
            for wert in node.args:
                self._walk(wert, zeiten)
            return
        benannt = {k.arg: k.value for k in node.keywords}
        genannt = dict(zip(staende, node.args, strict=False)) | {
            str(k).upper(): v for k, v in benannt.items()
        }
        for stand, wert in genannt.items():
            if stand is None:
                self._walk(wert, zeiten)
                continue
            wann: Zeiten = (ZEITEN[stand],)
            if stand == "B" and "UE" not in genannt:
                wann = (ZEITEN["UE"], ZEITEN["B"])
            self._walk(wert, schnitt(zeiten, wann))

    def _teile(self, test: ast.expr, zeiten: Zeiten) -> tuple[Zeiten, Zeiten]:
        """The days on which the test can be true, and those on which it can be false."""
        wahr, falsch = self._pruefe(test)
        return schnitt(zeiten, wahr), schnitt(zeiten, falsch)

    def _pruefe(self, test: ast.expr) -> tuple[Zeiten, Zeiten]:
        if isinstance(test, ast.Name) and test.id in self.merker:
            gemerkt = self.merker[test.id]
            return self._pruefe(gemerkt) if not isinstance(gemerkt, ast.Name) else (IMMER, IMMER)
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            wahr, falsch = self._pruefe(test.operand)
            return falsch, wahr
        if isinstance(test, ast.BoolOp):
            paare = [self._pruefe(teil) for teil in test.values]
            wahr, falsch = paare[0]
            for w, f in paare[1:]:
                if isinstance(test.op, ast.And):
                    wahr, falsch = schnitt(wahr, w), _vereint(falsch, f)
                else:
                    wahr, falsch = _vereint(wahr, w), schnitt(falsch, f)
            return wahr, falsch
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            return self._vergleich(test)
        return IMMER, IMMER

    def _vergleich(self, test: ast.Compare) -> tuple[Zeiten, Zeiten]:
        op, rechts = test.ops[0], test.comparators[0]
        if stand := _stand(rechts):
            gleich: Zeiten = (ZEITEN[stand],)
            rest = ohne(IMMER, gleich)
            return (rest, gleich) if isinstance(op, ast.IsNot | ast.NotEq) else (gleich, rest)
        tag = _datum(rechts) or (self.tage.get(rechts.id) if isinstance(rechts, ast.Name) else None)
        if tag is None:
            return IMMER, IMMER
        vorher: Zeiten = ((IMMER[0][0], tag - EIN_TAG),)
        nachher: Zeiten = ((tag, ENDE),)
        if isinstance(op, ast.Gt):
            vorher, nachher = ((IMMER[0][0], tag),), ((tag + EIN_TAG, ENDE),)
        if isinstance(op, ast.GtE | ast.Gt):
            return nachher, vorher
        if isinstance(op, ast.LtE):
            return ((IMMER[0][0], tag),), ((tag + EIN_TAG, ENDE),)
        return (vorher, nachher) if isinstance(op, ast.Lt) else (IMMER, IMMER)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _vereint(a: Zeiten, b: Zeiten) -> Zeiten:
    return ohne(IMMER, ohne(ohne(IMMER, a), b))


def _is_text(anweisung: ast.stmt) -> bool:
    return (
        isinstance(anweisung, ast.Expr)
        and isinstance(anweisung.value, ast.Constant)
        and isinstance(anweisung.value.value, str)
    )


def _endet(body: Sequence[ast.stmt]) -> bool:
    return bool(body) and isinstance(body[-1], ast.Return | ast.Raise | ast.Continue | ast.Break)


def _stand(node: ast.AST) -> str:
    """Which Rechtsstand an expression names, empty for anything else."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr if node.value.id == "Rechtsstand" and node.attr in ZEITEN else ""
    return ""


def _datum(node: ast.AST) -> date | None:
    if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "date"):
        return None
    werte = [w.value for w in node.args if isinstance(w, ast.Constant)]
    return date(*werte) if len(werte) == 3 else None  # type: ignore[arg-type]


def _gilt_in(node: ast.FunctionDef | ast.ClassDef) -> Zeiten:
    for deko in node.decorator_list:
        if isinstance(deko, ast.Call) and getattr(deko.func, "id", "") == "gilt_in":
            return tuple(ZEITEN[_stand(a)] for a in deko.args)
    return ()


def aus_datei(datei: str, text: str) -> list[Stelle]:
    """The citations of one file of the program."""
    return _Datei(datei, text).lies()


def aus_code() -> Iterator[Stelle]:
    """The citations of the program, migrations aside: they are frozen."""
    for app in APPS:
        for pfad in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in pfad.parts and pfad.name not in {"norm.py", "zitat.py"}:
                datei = str(pfad.relative_to(ROOT))
                yield from aus_datei(datei, pfad.read_text(encoding="utf-8"))
