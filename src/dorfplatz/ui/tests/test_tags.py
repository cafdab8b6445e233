import pytest
from django import forms
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.utils import translation
from django.utils.html import format_html

from dorfplatz.ui.forms import SampleForm


def shown(request, source, **values):
    return Template(source).render(RequestContext(request, values))


def test_a_text_kept_by_language_is_shown_in_the_readers(request_at):
    names = {"de": "Dorfladen", "nl": "Dorpswinkel"}

    assert shown(request_at(), "{{ names|in_language }}", names=names) == "Dorfladen"
    with translation.override("nl"):
        assert shown(request_at(), "{{ names|in_language }}", names=names) == "Dorpswinkel"


def test_a_text_for_all_languages_and_a_plain_one_are_shown_as_they_are(request_at):
    assert shown(
        request_at(), "{{ a|in_language }} {{ b|in_language }}{{ c|in_language }}", a={"und": "Niel"}, b="Mehr"
    ) == ("Niel Mehr")


def test_names_are_escaped(request_at):
    assert "<b>" not in shown(request_at(), "{{ a|in_language }}", a={"de": "<b>Niel</b>"})


def test_an_icon_is_decoration(request_at):
    html = shown(request_at(), '{% icon "map-pin" %}')

    assert 'aria-hidden="true"' in html
    assert html.count("#map-pin") == 1


def test_an_unknown_icon_is_an_error_at_once(request_at):
    with pytest.raises(ValueError, match="no icon"):
        shown(request_at(), '{% icon "unicorn" %}')


def test_a_field_is_described_by_its_help_and_its_error(request_at):
    form = SampleForm({"mail": "anna"}, auto_id="x_%s")
    html = shown(request_at(), "{% field form.title %}", form=form)

    assert 'aria-describedby="x_title-help x_title-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="x_title-help"' in html
    assert 'id="x_title-error"' in html
    assert "Bitte füllen Sie das noch aus." in html
    assert '<label for="x_title">' in html


def test_choices_stand_in_a_fieldset_with_a_legend(request_at):
    html = shown(request_at(), "{% field form.audience %}", form=SampleForm(auto_id="x_%s"))

    assert "<fieldset" in html
    assert "<legend>Wer darf es sehen?" in html
    assert html.count('type="radio"') == 2


def test_all_that_is_wrong_is_listed_first_with_links(request_at):
    html = shown(request_at(), "{% fields form %}", form=SampleForm({}, auto_id="x_%s"))

    assert html.index('role="alert"') < html.index("<label")
    assert '<a href="#x_title">Wie heißt es?</a>' in html


def test_a_form_without_mistakes_lists_none(request_at):
    assert "role=" not in shown(request_at(), "{% errors form %}", form=SampleForm())


def test_hidden_fields_are_not_forgotten(request_at):
    class Hidden(forms.Form):
        key = forms.CharField(widget=forms.HiddenInput)

    assert 'type="hidden"' in shown(request_at(), "{% fields form %}", form=Hidden(initial={"key": "k"}))


def test_a_query_is_changed_without_losing_the_rest(request_at):
    request = request_at("/de/karte/?village=niel&village=mehr&page=3")

    assert shown(request, "{% query_with page=4 %}") == "?village=niel&amp;village=mehr&amp;page=4"
    assert shown(request, '{% query_with page="" %}') == "?village=niel&amp;village=mehr"


def test_the_language_switch_keeps_page_and_query(request_at):
    request = request_at("/de/grossdruck/?on=1&next=/de/ui/")

    assert shown(request, '{% translate_url "nl" %}') == "/nl/grote-letters/?on=1&amp;next=/de/ui/"


def test_the_language_switch_of_an_unknown_page_changes_its_prefix(request_at):
    assert shown(request_at("/de/gibt/es/nicht?a=b"), '{% translate_url "nl" %}') == "/nl/gibt/es/nicht?a=b"
    assert shown(request_at("/media/x"), '{% translate_url "nl" %}') == "/media/x"


def test_a_slot_shows_what_was_plugged_in_by_rank(request_at, empty_sockets):
    empty_sockets.slots.plug("here", "second", lambda r, c: format_html("<b>{}</b>", c["name"]), rank=20)
    empty_sockets.slots.plug("here", "first", lambda r, c: format_html("<i>{}</i>", r.path), rank=10)

    assert (
        shown(request_at("/de/x/"), '{% slot "here" name=name %}', name="<Niel>") == "<i>/de/x/</i><b>&lt;Niel&gt;</b>"
    )
    assert shown(request_at(), '{% slot "elsewhere" %}') == ""


def test_a_tag_that_needs_the_request_says_so():
    with pytest.raises(TemplateSyntaxError):
        Template("{% query_with page=1 %}").render(Context({}))
