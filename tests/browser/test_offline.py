"""Without a network: pages kept by choice, and drafts that are sent later, once."""

from __future__ import annotations

import pytest

from tests.fixtures.chromium import OpenWindow

pytestmark = pytest.mark.browser
KEPT = "() => caches.open('dorf-pages').then(pages => pages.keys()).then(keys => keys.map(key => key.url))"
COPY = """() => caches.open('dorf-pages')
  .then(pages => pages.match(location.origin + '/de/niel/', {ignoreVary: true})).then(copy => copy.text())"""
WAITING = """() => new Promise(done => {
  const opening = indexedDB.open('dorf');
  opening.onsuccess = () => {
    const asked = opening.result.transaction('drafts').objectStore('drafts').count();
    asked.onsuccess = () => done(asked.result);
  };
})"""
# A form with a key, as rooms have them, put into a page of the square: what is looked at is the waiting and sending.
FORM = """
const form = document.createElement('form');
form.method = 'post';
form.action = '/de/meine-seite/was-ich-bekomme/beobachten/';
const fields = {form_key: 'k'.repeat(32), area: 'niel', section: '', words: 'Leiter', way: 'list'};
for (const [name, value] of Object.entries(fields)) {
  const field = document.createElement('input');
  field.name = name; field.value = value; form.append(field);
}
const send = document.createElement('button');
send.id = 'send'; send.textContent = 'Senden'; form.append(send);
document.querySelector('main').prepend(form);
"""


def test_who_chose_so_reads_the_village_without_a_network(window: OpenWindow) -> None:
    here = window("ben@example.org", width=390)
    page = here.go("/de/ohne-netz/")
    page.get_by_role("button", name="Den Dorfplatz auf diesem Gerät behalten").click()
    page.get_by_role("button", name="Alles von diesem Gerät nehmen").wait_for()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    here.go("/de/niel/")
    here.go("/de/meine-seite/")
    page.wait_for_function(f"() => ({KEPT})().then(urls => urls.some(url => url.endsWith('/niel/')))")
    kept = page.evaluate(KEPT)
    assert not [url for url in kept if "meine-seite" in url]
    text = page.evaluate(COPY)
    assert "Abmelden" not in text
    assert 'name="dorf-reader"' not in text
    here.context.set_offline(True)
    page.goto(here.origin + "/de/niel/")
    assert page.locator("h1").inner_text() == "Niel"
    assert "Ohne Netz: So war diese Seite am" in page.locator("main .notice").first.inner_text()
    page.goto(here.origin + "/de/frasselt/")
    assert page.locator("h1").inner_text() == "Ohne Netz lesen"
    page.locator("dorf-offline li a").first.wait_for()  # the list is read from the device's own copy, after the page
    here.context.set_offline(False)
    here.faults.clear()  # what could not be fetched meanwhile


def test_what_was_written_without_a_network_is_sent_later_once_and_by_nobody_else(window: OpenWindow) -> None:
    here = window("ben@example.org", width=390)
    page = here.go("/de/meine-seite/was-ich-bekomme/")
    page.evaluate(FORM)
    here.context.set_offline(True)
    page.click("#send")
    page.get_by_text("bleibt auf diesem Gerät").first.wait_for()
    here.context.set_offline(False)
    page.get_by_text("ist jetzt verschickt").wait_for()
    here.go("/de/meine-seite/was-ich-bekomme/")
    assert page.locator(".watches li").filter(has_text="Leiter").count() == 1
    left = page.evaluate(WAITING)
    assert left == 0
    page.locator(".watches li").filter(has_text="Leiter").get_by_role("button").click()
    here.faults.clear()  # what could not be fetched meanwhile
