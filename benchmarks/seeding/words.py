"""Words that entries are made of."""

from __future__ import annotations

NAMES = (
    "Janssen", "Peters", "Thissen", "Derksen", "van den Berg", "Hendricks", "Verhoeven", "Kersten", "Lamers", "Smits",
    "Zur Linde", "Am Deich", "Rheinblick", "De Waal", "De Duffelt", "Zum Storch", "Alte Schule", "Het Anker",
    "Sonnenhof", "Kastanienhof", "St. Martin", "St. Johannes", "Zonnebloem", "De Linde", "Pappelweg", "Eintracht",
    "Frohsinn", "Concordia", "Vooruit", "Ons Genoegen", "Germania", "Viktoria", "Zur Mühle", "De Molen", "Wiesengrund",
    "Ooypolder",
)  # fmt: skip
STREETS = (
    "Hauptstraße", "Dorfstraße", "Kirchweg", "Deichstraße", "Mühlenweg", "Dorpsstraat", "Kerkstraat", "Molenweg",
    "Schoolstraat", "Rijksstraatweg", "Bahnhofstraße", "Lindenallee", "Im Winkel", "Waldstraße", "Am Markt",
)  # fmt: skip
_DAYS = ("Mo-Fr", "Mo-Sa", "Tu-Su", "Mo,We,Fr", "Tu,Th", "Th-Sa", "Mo-Th")
_OPEN = ("07:00", "08:00", "08:30", "09:00", "10:00")
_CLOSE = ("12:30", "16:00", "17:30", "18:00", "20:00", "22:00")
HOURS = (
    *(f"{days} {begins}-{ends}" for days in _DAYS for begins in _OPEN for ends in _CLOSE),
    "24/7", "Mo-Fr 08:00-12:30,14:00-18:00; Sa 08:00-13:00; PH off", "We[1] 19:00-21:00", "Su 10:00-11:30",
    "Apr-Oct: Mo-Su 10:00-18:00; Nov-Mar: Sa-Su 11:00-16:00", "Mo-Su 17:00-01:00",
)  # fmt: skip
SENTENCES = {
    "de": (
        "Wir treffen uns jeden zweiten Dienstag im Pfarrheim und freuen uns über neue Gesichter.",
        "Eine Anmeldung ist nicht nötig, kommen Sie einfach vorbei.",
        "Frisches Brot, Brötchen und Kuchen aus eigener Herstellung, sonntags auf Vorbestellung.",
        "Für Kinder ab sechs Jahren gibt es eine eigene Gruppe mit ausgebildeten Übungsleitern.",
        "Der Eingang ist ebenerdig, ein Parkplatz liegt direkt vor der Tür.",
        "Wer selbst nicht fahren kann, wird auf Wunsch abgeholt; bitte einen Tag vorher anrufen.",
        "Wir beraten vertraulich und kostenlos zu Pflege, Wohnen und finanziellen Hilfen im Alter.",
        "Im Sommer sitzt man unter den Kastanien, im Winter am Kachelofen.",
        "Gemeinsam pflegen wir die Kopfweiden und Obstwiesen am Deich.",
        "Auch Gäste aus den Nachbardörfern jenseits der Grenze sind herzlich willkommen.",
        "Fahrräder werden repariert, Räder und Anhänger auch tageweise verliehen.",
        "Die Proben sind mittwochs um acht, Noten muss niemand lesen können.",
    ),
    "nl": (
        "Wij komen elke tweede dinsdag bij elkaar in het dorpshuis en verwelkomen graag nieuwe gezichten.",
        "Aanmelden is niet nodig, loop gerust binnen.",
        "Vers brood, broodjes en taart uit eigen bakkerij, op zondag op bestelling.",
        "Voor kinderen vanaf zes jaar is er een eigen groep met opgeleide begeleiders.",
        "De ingang is gelijkvloers en er is een parkeerplaats voor de deur.",
        "Wie zelf niet kan rijden wordt opgehaald; bel een dag van tevoren.",
        "Wij geven vertrouwelijk en gratis advies over zorg, wonen en geldzaken voor ouderen.",
        "In de zomer zit u onder de kastanjes, in de winter bij de kachel.",
        "Samen onderhouden wij de knotwilgen en boomgaarden langs de dijk.",
        "Ook gasten uit de buurdorpen aan de andere kant van de grens zijn van harte welkom.",
        "Fietsen worden gerepareerd, fietsen en karren ook per dag verhuurd.",
        "De repetities zijn op woensdag om acht uur, noten lezen hoeft niet.",
    ),
}
