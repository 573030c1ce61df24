"""The crispy pack: what a browser and a screen reader get from a form."""

from __future__ import annotations

import pytest
from crispy_forms.layout import Column, Div, Field, Fieldset, Layout, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from cases.forms.basis import BasisForm, form_helper
from cases.forms.felder import DatumField, EuroField


class Probe(BasisForm):
    layout = (
        Fieldset("Antrag", Row(Column("eingang"), Column("betrag")), css_class="antrag"),
        Div("art", "leistungen", css_id="wahl"),
        Field("traeger", css_class="breit"),
        "einwilligung",
        "bemerkung",
        "datei",
    )
    eingang = DatumField(label="Eingang", help_text="Tag des Stempels.")
    betrag = EuroField(label="Betrag", required=False)
    art = forms.ChoiceField(label="Art", choices=[("s", "schriftlich")], widget=forms.RadioSelect)
    leistungen = forms.MultipleChoiceField(
        label="Leistungen",
        choices=[("a", "Assistenz"), ("m", "Mobilität")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Mehreres ist möglich.",
    )
    traeger = forms.ChoiceField(label="Träger", choices=[("", "Bitte auswählen")])
    einwilligung = forms.BooleanField(label="Einwilligung")
    bemerkung = forms.CharField(label="Bemerkung", widget=forms.Textarea)
    datei = forms.FileField(label="Datei")


class Antwort(BasisForm):
    anlass = forms.CharField(label="Anlass")
    grund = forms.CharField(label="Grund", required=False)
    bericht = forms.CharField(label="Bericht", required=False, widget=forms.Textarea)
    zeichen = forms.CharField(label="Ihr Zeichen", required=False)


class Zeile(BasisForm):
    bezeichnung = forms.CharField(label="Bezeichnung")
    betrag = EuroField(label="Betrag")
    gutschein = forms.BooleanField(label="Gutschein", required=False)


def rendered(form) -> html.HtmlElement:
    return html.fragment_fromstring(render_crispy_form(form), create_parent="main")


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture
def leer() -> html.HtmlElement:
    return rendered(Probe())


@pytest.fixture
def falsch() -> html.HtmlElement:
    return rendered(Probe({"eingang": "31.02.2026", "betrag": "x"}))


def test_required_fields_say_so_in_words(leer):
    beschriftungen = {text_of(label) for label in leer.xpath(".//label | .//legend")}
    assert beschriftungen >= {
        "Eingang (Pflichtangabe)",
        "Betrag",
        "Art (Pflichtangabe)",
        "Leistungen (Pflichtangabe)",
        "Träger (Pflichtangabe)",
        "Einwilligung (Pflichtangabe)",
    }


def test_every_input_has_its_label(leer):
    eingaben = leer.xpath(".//input[not(@type='hidden')] | .//select | .//textarea")
    beschriftet = {label.get("for") for label in leer.xpath(".//label")}
    assert len(eingaben) == 9
    assert {eingabe.get("id") for eingabe in eingaben} == beschriftet


def test_browser_bubbles_and_placeholders_stay_off(leer):
    assert leer.xpath(".//*[@required or @placeholder]") == []


def test_help_is_tied_to_its_field(leer):
    eingang = leer.get_element_by_id("id_eingang")
    assert eingang.get("aria-describedby") == "id_eingang_helptext"
    hilfe = leer.get_element_by_id("id_eingang_helptext")
    assert text_of(hilfe) == "Tag des Stempels. Form: TT.MM.JJJJ"


def test_group_is_a_fieldset_with_its_help(leer):
    gruppe = leer.get_element_by_id("id_leistungen")
    assert (gruppe.tag, gruppe.get("aria-describedby")) == ("fieldset", "id_leistungen_helptext")
    assert leer.get_element_by_id("id_art").get("role") == "radiogroup"


def test_date_and_amount_ask_for_digits(leer):
    eingang, betrag = leer.get_element_by_id("id_eingang"), leer.get_element_by_id("id_betrag")
    assert (eingang.get("type"), eingang.get("inputmode")) == ("text", "numeric")
    assert (betrag.get("inputmode"), text_of(betrag.getparent())) == ("decimal", "€")


def test_errors_are_tied_to_their_field(falsch):
    eingang = falsch.get_element_by_id("id_eingang")
    assert eingang.get("aria-invalid") == "true"
    assert eingang.get("aria-describedby") == "id_eingang_helptext id_eingang_error"
    meldung = falsch.get_element_by_id("id_eingang_error")
    assert text_of(meldung) == "„31.02.2026“ gibt es nicht: Der Februar 2026 hat 28 Tage."


def test_every_description_and_link_leads_somewhere(falsch):
    kennungen = falsch.xpath(".//@id")
    ziele = [z for liste in falsch.xpath(".//@aria-describedby") for z in liste.split()]
    ziele += [href.removeprefix("#") for href in falsch.xpath(".//a/@href")]
    assert len(ziele) == 18
    assert set(ziele) - set(kennungen) == set()
    assert len(kennungen) == len(set(kennungen))


def test_error_summary_comes_first_and_takes_the_focus(falsch):
    liste = falsch[0]
    assert (liste.get("tabindex"), liste.get("autofocus") is not None) == ("-1", True)
    assert [text_of(punkt) for punkt in liste.xpath(".//li")][:3] == [
        "Eingang: „31.02.2026“ gibt es nicht: Der Februar 2026 hat 28 Tage.",
        "Betrag: „x“ ist kein Betrag. Bitte schreiben Sie eine Zahl, zum Beispiel 2.714,00.",
        "Art: Bitte auswählen.",
    ]


@pytest.mark.parametrize(
    ("feld", "meldung"),
    [
        ("eingang", "Bitte ausfüllen."),
        ("art", "Bitte auswählen."),
        ("traeger", "Bitte auswählen."),
        ("einwilligung", "Bitte bestätigen."),
        ("datei", "Bitte eine Datei auswählen."),
    ],
)
def test_missing_answers_say_what_to_do(feld, meldung):
    assert Probe({}).errors[feld] == [meldung]


@pytest.mark.parametrize("text", [".", "-", " – ", "...", "?!", "—\n—"])
@pytest.mark.parametrize("feld", ["anlass", "grund", "bericht"])
def test_punctuation_is_no_answer(feld, text):
    form = Antwort({"anlass": "Umzug", feld: text})
    [meldung] = form.errors[feld]
    assert meldung.startswith("Hier stehen nur Satzzeichen. Bitte schreiben Sie die Angabe in Wor")
    assert form[feld].value() == text


def test_words_numbers_and_short_marks_are_answers():
    form = Antwort({"anlass": "§ 9", "grund": "Ø", "bericht": "", "zeichen": "-"})
    assert form.errors == {}


def test_errors_of_the_whole_form_are_listed_without_link():
    form = Probe({})
    form.add_error(None, "Der Zeitraum überschneidet sich.")
    punkt = rendered(form)[0].xpath(".//li")[0]
    assert (text_of(punkt), punkt.xpath("./a")) == ("Der Zeitraum überschneidet sich.", [])


def test_typed_text_is_shown_again_and_escaped():
    boese = '"><script>alert(1)</script>'
    form = rendered(Probe({"eingang": boese, "bemerkung": boese}))
    assert form.get_element_by_id("id_eingang").get("value") == boese
    assert form.get_element_by_id("id_bemerkung").text.strip() == boese
    assert form.xpath(".//script") == []


def test_form_without_layout_shows_all_fields_in_order():
    form = rendered(Zeile())
    assert form.xpath(".//label/@for") == ["id_bezeichnung", "id_betrag", "id_gutschein"]


def test_each_empty_form_gets_its_own_vorgang():
    erste, zweite = (rendered(Probe()).get_element_by_id("id_vorgang") for _ in range(2))
    assert erste.get("type") == "hidden"
    assert erste.get("value") != zweite.get("value")


def test_layout_objects_keep_class_id_and_legend(leer):
    assert text_of(leer.xpath(".//fieldset[contains(@class, 'antrag')]/legend")[0]) == "Antrag"
    assert leer.get_element_by_id("wahl").tag == "div"
    assert len(leer.xpath(".//*[@class='fw-reihe']/*[@class='fw-reihe__spalte']")) == 2
    assert "breit" in leer.get_element_by_id("id_traeger").get("class").split()


def test_submit_is_a_button_with_its_text():
    form = Zeile()
    helper = form_helper()
    helper.layout = Layout("bezeichnung", Submit("weiter", "Weiter & prüfen"))
    knopf = html.fragment_fromstring(render_crispy_form(form, helper), create_parent="main").xpath(
        ".//button"
    )[0]
    assert (knopf.get("type"), knopf.get("name"), text_of(knopf)) == (
        "submit",
        "weiter",
        "Weiter & prüfen",
    )


def test_uploaded_file_makes_no_link_before_it_is_stored():
    form = Probe({}, {"datei": SimpleUploadedFile("antrag.pdf", b"%PDF-1.7")})
    assert rendered(form).xpath(".//div[@id='div_id_datei']//a") == []


def formset_table() -> html.HtmlElement:
    reihe = forms.formset_factory(Zeile, extra=2)
    daten = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-bezeichnung": "Assistenz",
        "form-0-betrag": "1,5,0",
        "form-1-bezeichnung": "",
        "form-1-betrag": "5",
    }
    helper = form_helper()
    helper.template = "kern/table_inline_formset.html"
    helper.beschriftung = "Teilbudgets"
    return html.fragment_fromstring(render_crispy_form(reihe(daten), helper), create_parent="main")


def test_inline_table_has_caption_and_headers():
    tabelle = formset_table()
    assert text_of(tabelle.xpath(".//caption")[0]) == "Teilbudgets"
    assert [text_of(th) for th in tabelle.xpath(".//th[@scope='col']")] == [
        "Nr.",
        "Bezeichnung (Pflichtangabe)",
        "Betrag (Pflichtangabe)",
        "Gutschein",
    ]


def test_inline_table_names_each_input_by_column_and_row():
    namen = formset_table().xpath(".//tbody//input/@aria-label")
    assert namen == [
        "Bezeichnung, Zeile 1",
        "Betrag, Zeile 1",
        "Gutschein, Zeile 1",
        "Bezeichnung, Zeile 2",
        "Betrag, Zeile 2",
        "Gutschein, Zeile 2",
    ]


def test_inline_table_lists_errors_with_their_row():
    punkte = [text_of(punkt) for punkt in formset_table().xpath(".//*[@data-fw-fehler]//li")]
    assert punkte == [
        "Zeile 1, Betrag: „1,5,0“ ist nicht eindeutig. Bitte schreiben Sie den Betrag mit Komma "
        "vor den Cent, zum Beispiel 2.714,00.",
        "Zeile 2, Bezeichnung: Bitte ausfüllen.",
    ]
