"""The citations of the templates, with the days that their conditions leave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from recht.zitat import read_zitate
from tests.fundstellen.zeiten import ENDE, HEUTE, IMMER, ROOT, ZEITEN, Stelle, Zeiten, ohne, schnitt

_MARKE = re.compile(
    r"\{%-?\s*(if|elif|else|endif)\b(.*?)%\}|\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.S
)
DSGVO_AB = date(2018, 5, 25)
_STAND_TEST = re.compile(r'\b[\w.]*rechtsstand\s*(==|!=)\s*"(A|UE|B)"')
_VORLAGE_HEUTE = re.compile(r"/lesezugriff/|/schreiben/briefe/|schreiben_anforderung")
_VORLAGE_IMMER = re.compile(r"/schreiben|/(?:bescheid|zielvereinbarung|zustaendigkeit)/")


def _test_zeiten(test: str) -> tuple[Zeiten, Zeiten]:
    test = test.strip()
    if treffer := _STAND_TEST.fullmatch(test):
        gleich: Zeiten = (ZEITEN[treffer[2]],)
        rest = ohne(IMMER, gleich)
        return (gleich, rest) if treffer[1] == "==" else (rest, gleich)
    if re.fullmatch(r"(?:not )?(?:d\.)?alt", test):
        alt: Zeiten = (ZEITEN["A"],)
        paar = (alt, ohne(IMMER, alt))
        return paar[::-1] if test.startswith("not") else paar
    if re.fullmatch(r"(?:\w+\.)*dsgvo", test):
        seit: Zeiten = ((DSGVO_AB, ENDE),)
        return seit, ohne(IMMER, seit)
    return IMMER, IMMER


def aus_vorlage(datei: str, text: str) -> Iterator[Stelle]:
    """The citations of one template; `{% if d.alt %}` and tests of `rechtsstand` give the days."""
    # Who has read a file is asked and answered today, whatever the file is about; so are letters
    # that somebody fills in.
    immer = _VORLAGE_IMMER.search(datei) and not _VORLAGE_HEUTE.search(datei)
    grund = IMMER if immer else HEUTE
    stapel: list[list[Zeiten]] = []
    jetzt, ort = grund, 0
    stuecke: list[tuple[int, str, Zeiten]] = []
    for marke in _MARKE.finditer(text):
        stuecke.append((ort, text[ort : marke.start()], jetzt))
        ort = marke.end()
        art, test = marke[1], marke[2] or ""
        if art == "if":
            ja, nein = _test_zeiten(test)
            stapel.append([jetzt, schnitt(jetzt, nein)])
            jetzt = schnitt(jetzt, ja)
        elif art in ("elif", "else"):
            ja, nein = _test_zeiten(test) if art == "elif" else (IMMER, ())
            rest = stapel[-1][1]
            jetzt = schnitt(rest, ja)
            stapel[-1][1] = schnitt(rest, nein)
        elif art == "endif":
            jetzt = stapel.pop()[0]
    stuecke.append((ort, text[ort:], jetzt))
    yield from _aus_stuecken(datei, text, stuecke)


def _aus_stuecken(
    datei: str, text: str, stuecke: list[tuple[int, str, Zeiten]]
) -> Iterator[Stelle]:
    for nummer, (ort, stueck, zeiten) in enumerate(stuecke):
        ganz = stueck
        # „(§ 14 Abs. 1 S. 2 SGB IX{% if d.alt %} in der bis zum … Fassung{% endif %})“
        danach = stuecke[nummer + 1] if nummer + 1 < len(stuecke) else None
        if danach and danach[1].lstrip().startswith("in der bis zum") and stueck.rstrip()[-3:-1]:
            for zitat in read_zitate(_klar(ganz))[-1:]:
                alte = next(iter(read_zitate(f"{zitat.norm} {danach[1]}")))
                zeile = text.count("\n", 0, ort) + 1
                yield Stelle(datei, zeile, alte.norm, danach[2])
        for zitat in read_zitate(_klar(ganz)):
            wann = zeiten
            if danach and danach[1].lstrip().startswith("in der bis zum"):
                letzte = read_zitate(_klar(ganz))[-1]
                if zitat == letzte:
                    wann = ohne(zeiten, danach[2])
            zeile = text.count("\n", 0, ort) + 1
            yield Stelle(datei, zeile, zitat.norm, wann)


def _klar(text: str) -> str:
    return re.sub(
        r"<[^>]+>|\{\{.*?\}\}|\{%.*?%\}",
        lambda m: m.group() if "§" in m.group() else " ",
        text,
        flags=re.S,
    )


def aus_vorlagen() -> Iterator[Stelle]:
    """The citations of all templates."""
    for pfad in sorted((ROOT / "templates").rglob("*.html")):
        yield from aus_vorlage(str(pfad.relative_to(ROOT)), pfad.read_text(encoding="utf-8"))
