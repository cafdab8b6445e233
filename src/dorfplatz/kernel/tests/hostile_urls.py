"""Addresses that strangers write to reach what lies behind the server: each must be answered without a connection."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

INSIDE = [
    "127.0.0.1",
    "127.8.9.10",
    "10.0.0.1",
    "172.16.5.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104  to be refused
]
OTHER_CLOSED = ["198.18.0.1", "192.0.2.7", "203.0.113.9", "224.0.0.1", "255.255.255.255", "192.0.0.192", "240.1.2.3"]
CLOSED_6 = """
[::] [::1] [0:0:0:0:0:0:0:1] [::0001] [fe80::1] [fe80::1%25eth0] [fe80::1%eth0]
[fc00::1] [fd00:ec2::254] [fec0::1] [ff02::1]
[2001:db8::1] [3fff::1] [2001:0:4136:e378:8000:63bf:3fff:fdd2] [100::1] [5f00::1] [64:ff9b:1::7f00:1] [4000::1]
""".split()
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
CIRCLED = str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨")


def notations(dotted: str) -> list[str]:
    """One IPv4 address in the spellings that one reader or another understands."""
    number = int(IPv4Address(dotted))
    a, b, c, d = (int(part) for part in dotted.split("."))
    spelled = [
        dotted,
        dotted + ".",
        str(number),
        hex(number),
        f"0{number:o}",
        f"{a}.{(b << 16) + (c << 8) + d}",
        f"{a}.{b}.{(c << 8) + d}",
        f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"0x{a:x}.{b}.0{c:o}.{d}",
        f"{a:03d}.{b:03d}.{c:03d}.{d:03d}",
        dotted.translate(FULL_WIDTH),
        dotted.translate(CIRCLED),
        dotted.replace(".", "。"),
        dotted.replace(".", "｡"),
        dotted.replace(".", "%2e"),
        f"%{ord(dotted[0]):x}{dotted[1:]}",
    ]
    high, low = number >> 16, number & 0xFFFF
    inside = [
        f"::ffff:{dotted}",
        f"::ffff:{high:x}:{low:x}",
        f"0:0:0:0:0:ffff:{high:x}:{low:x}",
        f"::{dotted}",
        f"::ffff:0:{dotted}",
        f"64:ff9b::{dotted}",
        f"64:ff9b:1::{dotted}",
        f"2002:{high:x}:{low:x}::1",
        str(IPv6Address((0x20010000 << 96) | (number ^ 0xFFFFFFFF))),
        f"2a00:1450::5efe:{dotted}",
    ]
    return spelled + [f"[{address}]" for address in inside]


HOSTS = [spelling for dotted in INSIDE for spelling in notations(dotted)] + OTHER_CLOSED + CLOSED_6
NAMES = """
localhost LOCALHOST localhost. LocalHost.localdomain ip6-localhost loopback intranet router fritz.box.local
printer.local metadata.google.internal kubernetes.default.svc.cluster.local db.internal nas.lan host.home.arpa
1.0.0.127.in-addr.arpa
x.onion example.alt ⓛⓞⓒⓐⓛⓗⓞⓢⓣ loc\u00adalhost ｌｏｃａｌｈｏｓｔ .localhost
localhost.. a..b -- _sip.example.org example.org%00.de
""".split()
SHAPES = [
    "file:///etc/passwd", "ftp://93.184.215.14/", "gopher://127.0.0.1:6379/_FLUSHALL", "dict://127.0.0.1:11211/stats",
    "ldap://127.0.0.1/", "jar:http://127.0.0.1!/", "data:text/plain,x",
    "javascript:alert(1)", "//127.0.0.1/", "127.0.0.1",
    "http:/127.0.0.1/", "http:127.0.0.1", "http:///127.0.0.1", "http://", "https://", "", "http://:80/", "http://?q",
    "http://user@example.org/", "http://user:pass@example.org/", "http://example.org@127.0.0.1/",
    "http://127.0.0.1@example.org/", "http://example.org:80@127.0.0.1/", "http://127.0.0.1:80#@example.org/",
    "http://127.0.0.1\\@example.org/", "http://example.org\\@127.0.0.1/", "http://example.org\\.127.0.0.1/",
    "http://127.0.0.1%23@example.org/", "http://127.0.0.1 .example.org/", "http://exa mple.org/", "http://example.org\t/",
    "http://exam\nple.org/", "http://example.org/\r\nHost: 127.0.0.1", "\x00http://example.org/", " http://example.org/",
    "http://example.org:22/", "http://example.org:25/", "http://example.org:6379/", "http://example.org:0/",
    "http://example.org:65536/", "http://example.org:-1/", "http://example.org:8o/", "http://example.org:00000022/",
    "http://[::1/", "http://::1/", "http://[::1]]/", "http://[127.0.0.1]/", "http://[v1.x]/", "http://[]/",
    "http://1.1.1.1.1.1:127.0.0.1/", "http://256.256.256.256/", "http://1.2.3/", "http://0/", "http://00/", "http://0x/",
    "http://127.0.0.1.0x7f/", "http://example.0x1/", "http://999999999999/", "http://" + "a" * 64 + ".org/",
    "http://" + "a." * 200 + "org/", "http://example.org/" + "a" * 5000, "unix:/run/docker.sock", "http+unix://%2Frun/",
    "http://xn--.org/", "http://xn--a/", "http://\udcff.org/", "HTTP://127.0.0.1/", "hTTps://LOCALHOST/",
]  # fmt: skip

HOSTILE = (
    [f"http://{host}/" for host in HOSTS]
    + [f"https://{host}:443/latest/meta-data?x=1" for host in HOSTS[::3]]
    + [f"http://{host}/" for host in NAMES]
    + SHAPES
)
