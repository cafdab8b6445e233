"""How mail programs put an answer above, below or around what they quote, in three languages."""

from __future__ import annotations

OWN_WORDS = {
    "de": [
        "Ja, gern!",
        "Guten Morgen,\n\nSamstag passt mir gut. Um wie viel Uhr?\n\nViele Grüße\nAnna",
        "Das geht leider nicht: am 3. Mai sind wir in Kleve.",
        "1. Kaffee\n2. Kuchen\n\nMehr brauchen wir nicht - oder?",
    ],
    "nl": [
        "Graag!",
        "Goedemorgen,\n\nzaterdag komt goed uit. Hoe laat?\n\nGroeten,\nDirk",
        "Dat lukt helaas niet: op 3 mei zijn we in Groesbeek.",
        "1. koffie\n2. taart\n\nMeer is niet nodig - toch?",
    ],
    "en": [
        "Yes, please!",
        "Good morning,\n\nSaturday is fine. What time?\n\nBest wishes\nEve",
        "Sorry, on 3 May we are away: in Nijmegen.",
    ],
}
QUOTED = {
    "de": "Guten Tag, Anna!\n\nEin Nachbar hat Ihnen geschrieben.\n\nhttps://example.org/de/briefe/abc/",
    "nl": "Goedendag, Dirk!\n\nEen buur heeft u geschreven.\n\nhttps://example.org/nl/brieven/abc/",
    "en": "Good day, Eve!\n\nA neighbour has written to you.\n\nhttps://example.org/en/letters/abc/",
}
WHO = "Dorfplatz <antwort+labcdefghijklmnopqrstuvwxyz234567abcdefghijk@example.org>"
ADDRESS = WHO.partition("<")[2].rstrip(">")
SAYS = {
    "gmail": {
        "de": f"Am Sa., 28. Nov. 2026 um 10:12 Uhr schrieb Dorfplatz <\n{ADDRESS}>:",
        "nl": f"Op za 28 nov 2026 om 10:12 schreef Dorpsplein <\n{ADDRESS}>:",
        "en": f"On Sat, Nov 28, 2026 at 10:12 AM Village square <\n{ADDRESS}> wrote:",
    },
    "thunderbird": {
        "de": "Am 28.11.26 um 10:12 schrieb Dorfplatz:",
        "nl": "Op 28-11-2026 om 10:12 schreef Dorpsplein:",
        "en": "On 28/11/2026 10:12, Village square wrote:",
    },
    "apple": {
        "de": f"Am 28.11.2026 um 10:12 schrieb {WHO}:",
        "nl": f"Op 28 nov. 2026 om 10:12 heeft {WHO} het volgende geschreven:",
        "en": f"On 28 Nov 2026, at 10:12, {WHO} wrote:",
    },
}
DEVICES = {
    "de": ["Von meinem iPhone gesendet", "Gesendet mit der GMX Mail App", "Gesendet von Outlook für Android"],
    "nl": [
        "Verstuurd vanaf mijn iPhone",
        "Verzonden vanaf Outlook voor Android",
        "Verzonden met mijn Android telefoon",
    ],
    "en": ["Sent from my iPhone", "Get Outlook for iOS", "Sent with Proton Mail secure email."],
}
HEADS = {
    "de": ("Von", "Gesendet", "An", "Betreff"),
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp"),
    "en": ("From", "Sent", "To", "Subject"),
}
BELOW = {
    "de": "-----Ursprüngliche Nachricht-----",
    "nl": "-----Oorspronkelijk bericht-----",
    "en": "-----Original Message-----",
}


def _quoted(language: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in QUOTED[language].splitlines())


def _head(language: str, mark: str = "") -> str:
    values = (WHO, "28.11.2026 10:12", "anna@example.org", "Ein Brief")
    return "\n".join(f"{mark}{name}:{mark} {value}" for name, value in zip(HEADS[language], values, strict=True))


CLIENTS = {
    "gmail": lambda words, language: f"{words}\n\n{SAYS['gmail'][language]}\n\n{_quoted(language)}\n",
    "thunderbird": lambda words, language: f"{words}\n\n{SAYS['thunderbird'][language]}\n{_quoted(language)}\n",
    "thunderbird below": lambda words, language: f"{SAYS['thunderbird'][language]}\n{_quoted(language)}\n\n{words}\n",
    "thunderbird signed": lambda words, language: f"{words}\n\n-- \nAnna Janßen\nDorfstraße 3\n",
    "apple": lambda words, language: f"{words}\n\n> {SAYS['apple'][language]}\n> \n{_quoted(language)}\n",
    "apple mail": lambda words, language: f"{words}\n\n{SAYS['apple'][language]}\n\n{_quoted(language)}\n\n",
    "telephone": lambda words, language: (
        f"{words}\n\n{DEVICES[language][0]}\n\n{SAYS['apple'][language]}\n\n{_quoted(language)}"
    ),
    "app": lambda words, language: f"{words}\n\n{DEVICES[language][1]}\n",
    "other app": lambda words, language: f"{words}\n--\n{DEVICES[language][2]}\n",
    "outlook": lambda words, language: f"{words}\n\n{_head(language)}\n\n{QUOTED[language]}\n",
    "outlook of old": lambda words, language: (
        f"{words}\n\n{BELOW[language]}\n{_head(language)}\n\n{QUOTED[language]}\n"
    ),
    "outlook on the web": lambda words, language: f"{words}\n\n{'_' * 32}\n{_head(language)}\n\n{QUOTED[language]}\n",
    "outlook in bold": lambda words, language: f"{words}\n\n{_head(language, '*')}\n\n{QUOTED[language]}\n",
    "web mail": lambda words, language: f"{words}\r\n\r\n{BELOW[language]}\r\n{_quoted(language)}\r\n",
}


def sent_by(client: str, language: str, words: str) -> str:
    return CLIENTS[client](words, language)
