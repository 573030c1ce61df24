"""No word and no amount runs off the paper, however wide the table."""

from __future__ import annotations

import pypdfium2
import pytest

from cases.schreiben.satz.brief import Gerendert, render_brief
from cases.schreiben.satz.fehler import SchreibenFehler
from cases.schreiben.satz.pdf import ZU_BREIT
from tests.cases.schreiben.proben import make_daten, make_kopf
from tests.cases.schreiben.pruefer import off_paper, text_of
from tests.cases.schreiben.test_pdf import failures


def render(traeger: str = "Eingliederungshilfeträger", *, grossdruck: bool = False) -> Gerendert:
    kopf = make_kopf(grossdruck=grossdruck)
    daten = make_daten(kopf=kopf, traeger=traeger, schluss="Ende")
    return render_brief(art="breit", titel="Bescheid", daten=daten, entwurf=grossdruck)


def breiten(pdf: bytes) -> list[int]:
    with pypdfium2.PdfDocument(pdf) as datei:
        return [round(seite.get_width() / 72 * 25.4) for seite in datei]


@pytest.mark.parametrize("grossdruck", [False, True])
@pytest.mark.parametrize("traeger", ["Kasse", "W" * 60, "Wort " * 900])
def test_everything_stays_on_the_paper(traeger, grossdruck):
    pdf = render(traeger, grossdruck=grossdruck).pdf
    assert off_paper(pdf) == []
    assert failures(pdf) == []
    text = "".join(text_of(pdf).split())
    assert text.count("1.050,00€") == 1
    assert text.count("Wort") == traeger.count("Wort")


def test_wide_table_in_large_print_lies_on_its_own_broad_sheet():
    assert breiten(render(grossdruck=True).pdf) == [210, 297, 210]
    assert breiten(render().pdf) == [210]


def test_usual_words_are_not_broken():
    text = text_of(render(grossdruck=True).pdf)
    assert "Eingliederungshilfeträger" in text
    assert "Rechtsgrundlage" in text


def test_what_cannot_be_narrowed_is_refused():
    daten = make_daten(traeger="Kasse", vermerk="9" * 100)
    with pytest.raises(SchreibenFehler) as error:
        render_brief(art="breit", titel="Bescheid", daten=daten)
    assert error.value.text == ZU_BREIT
