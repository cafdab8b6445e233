"""Calendars, news and mails as clubs and neighbours send them, before they are damaged. Nobody's own."""

from __future__ import annotations

_ZONE = """BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
_EVENTS = """BEGIN:VEVENT
UID:040000008200E00074C5B7101A82E008
SUMMARY;LANGUAGE=de:Chorprobe im Pfarrheim
DTSTART;TZID=W. Europe Standard Time:20261203T193000
DTEND;TZID=W. Europe Standard Time:20261203T210000
RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;UNTIL=20270630T180000Z
EXDATE;TZID=W. Europe Standard Time:20261231T193000,20270114T193000
DESCRIPTION:Noten muss niemand lesen können.\\nKommt vorbei\\, es gibt Tee
 und Kekse für alle.
LOCATION:Pfarrheim\\; Hauptstraße 3
STATUS:CONFIRMED
SEQUENCE:2
BEGIN:VALARM
TRIGGER:-PT15M
ACTION:DISPLAY
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:040000008200E00074C5B7101A82E008
RECURRENCE-ID;TZID=W. Europe Standard Time:20261217T193000
DTSTART;TZID=W. Europe Standard Time:20261218T200000
DURATION:PT1H30M
SUMMARY:Chorprobe in der Kirche
END:VEVENT
BEGIN:VEVENT
UID:fest@verein.example
SUMMARY:Schützenfest
DTSTART;VALUE=DATE:20270619
DTEND;VALUE=DATE:20270622
RDATE;VALUE=DATE:20270703
URL:https://verein.example/fest
CATEGORIES:Fest,Musik
END:VEVENT
BEGIN:VEVENT
UID:oud@dorpshuis.example
SUMMARY:Kaarten
DTSTART:20270105T190000Z
RRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=12
STATUS:CANCELLED
END:VEVENT
"""


def _calendar(*parts: str, ends: str) -> str:
    body = "".join(("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Verein//DE\n", *parts, "END:VCALENDAR\n"))
    return body.replace("\n", ends)


SOUND_CALENDARS = [_calendar(_ZONE, _EVENTS, ends="\r\n"), _calendar(_EVENTS, ends="\n"), _calendar(ends="\r\n")]
SOUND_FEEDS = [
    """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>SV Niel</title><link>https://sv.example/</link>
<item><title>Die Erste gewinnt 3:1</title><link>https://sv.example/1</link><guid isPermaLink="false">sv-1</guid>
<pubDate>Sat, 21 Nov 2026 18:00:00 +0100</pubDate>
<description>&lt;p&gt;Tore: Jan &amp;amp; Piet&lt;/p&gt;</description></item>
<item><title><![CDATA[Neue <b>Trikots</b>]]></title>
<content:encoded><![CDATA[<p>Blau.</p><script>x()</script>]]></content:encoded>
<pubDate>So, 22 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>""",
    """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Dorpshuis</title><id>urn:x:1</id>
<updated>2026-11-20T10:00:00Z</updated><entry><title type="html">Koffie &amp;amp; taart</title><id>urn:x:2</id>
<link href="https://dorpshuis.example/2"/><updated>2026-11-20T10:00:00+01:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>Iedereen welkom.</p></div></content></entry></feed>""",
    """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://x.example"><title>Alt</title></channel>
<item rdf:about="https://x.example/1"><title>Ein altes Blatt</title><link>https://x.example/1</link></item></rdf:RDF>""",
]
SOUND_MAILS = [
    """From: =?utf-8?q?Anna_Verhe=C3=BFen?= <anna@example.org>
To: antwort+k3jd8s0a-20270101-0123456789abcdef0123456789abcdef@example.org
Subject: Re: Ein Brief von Ben
Date: Sat, 28 Nov 2026 09:12:00 +0100
Message-ID: <1@example.org>
In-Reply-To: <0@dorfplatz.example>
Authentication-Results: mx.example.org; dmarc=pass header.from=example.org
Content-Type: text/plain; charset=utf-8

Ja, gern! Um neun vor der Kirche.

Am 27. November 2026 um 20:14 schrieb Dorfplatz <square@example.org>:
> Ben Terhorst schreibt Ihnen:
> Soll ich Sie mitnehmen?
""",
    """From: dirk@example.org
To: antwort+k3jd8s0a-20270101-0123456789abcdef0123456789abcdef@example.org
Subject: =?iso-8859-1?Q?Antw:_Een_brief?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="a"

--a
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset="windows-1252"
Content-Transfer-Encoding: quoted-printable

Prima, tot morgen.=20
--=20
Dirk

--b
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

PHA+UHJpbWEsIHRvdCBtb3JnZW4uPC9wPjxibG9ja3F1b3RlPk9wIHZyIDI3IG5vdi48L2Jsb2NrcXVvdGU+
--b--
--a
Content-Type: image/jpeg; name="foto.jpg"
Content-Disposition: attachment; filename*=utf-8''fo%C3%B6to.jpg
Content-Transfer-Encoding: base64

/9j/4AAQSkZJRg==
--a--
""",
    """From: MAILER-DAEMON@example.org
To: antwort+k3jd8s0a@example.org
Auto-Submitted: auto-replied
Subject: Abwesend
Content-Type: multipart/report; report-type=delivery-status; boundary=r

--r
Content-Type: message/delivery-status

Final-Recipient: rfc822; x@example.org
--r--
""",
]
