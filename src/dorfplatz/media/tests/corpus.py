"""Files nobody should trust, made anew from a seed: each with the name it would come under.

Every file that holds metadata or a stowaway holds CANARY in it, so that one search finds what got through.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, PngImagePlugin

CANARY = b"CANARY-lat-51.826-lon-6.020"
SIZE = (40, 30)
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MAGIC = {"avif": (4, b"ftypavif"), "webp": (8, b"WEBP"), "jpg": (0, b"\xff\xd8\xff")}
SCRIPT = b"<script>alert('" + CANARY + b"')</script>"


@dataclass(frozen=True)
class Hostile:
    """One file. `is_picture` when a clean copy of it may be made, None when either is fine."""

    name: str
    data: bytes
    is_picture: bool | None = None


def drawing(chance: random.Random, mode: str = "RGB", size: tuple[int, int] = SIZE) -> Image.Image:
    small = Image.new("RGB", (4, 3))
    small.putdata([tuple(chance.randrange(256) for _ in range(3)) for _ in range(12)])
    return small.resize(size, Image.Resampling.BICUBIC).convert(mode)


def saved(picture: Image.Image, name: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, name, **options)
    return buffer.getvalue()


def exif_with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()  # ImageDescription
    exif[0x013B] = CANARY.decode()  # Artist
    exif[0x0112] = 6
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (51.0, 49.0, 35.0), "E", (6.0, 1.0, 13.0)
    place[29] = CANARY.decode()[:11]
    return exif.tobytes()


def xmp() -> bytes:
    return b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:li>" + CANARY + b"</rdf:li></x:xmpmeta>"


def plain(chance: random.Random) -> dict[str, bytes]:
    """A sound picture of each kind, without anything in it."""
    return {
        "jpg": saved(drawing(chance), "JPEG"),
        "png": saved(drawing(chance, "RGBA"), "PNG"),
        "webp": saved(drawing(chance), "WEBP"),
        "avif": saved(drawing(chance), "AVIF", speed=10),
        "gif": saved(drawing(chance).convert("P"), "GIF"),
    }


def talkative(chance: random.Random) -> Iterator[Hostile]:
    """Sound pictures that tell too much."""
    picture, exif = drawing(chance), exif_with_place()
    segment = b"\xff\xed" + struct.pack(">H", len(CANARY) + 30) + b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0" + CANARY
    jpeg = saved(picture, "JPEG", exif=exif, comment=CANARY, xmp=xmp())
    yield Hostile("exif.jpg", jpeg, True)
    yield Hostile("iptc.jpg", jpeg[:2] + segment.ljust(len(CANARY) + 32, b"\0") + jpeg[2:], True)
    yield Hostile("profile.jpg", saved(picture, "JPEG", icc_profile=CANARY * 20), True)
    yield Hostile("exif.webp", saved(picture, "WEBP", exif=exif, xmp=xmp(), icc_profile=CANARY * 20), True)
    yield Hostile("exif.avif", saved(picture, "AVIF", exif=exif, xmp=xmp(), speed=10), True)
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", CANARY.decode())
    words.add_text("zipped", CANARY.decode() * 50, zip=True)
    words.add_itxt("XML:com.adobe.xmp", xmp().decode())
    words.add(b"prVt", CANARY)
    yield Hostile("words.png", saved(picture, "PNG", pnginfo=words, exif=exif), True)
    yield Hostile("comment.gif", saved(picture.convert("P"), "GIF", comment=CANARY), True)
    thumbnail = saved(picture, "JPEG", exif=exif)
    yield Hostile("thumbnail.jpg", saved(picture, "JPEG", exif=exif + thumbnail), True)


def polyglots(chance: random.Random) -> Iterator[Hostile]:
    """Pictures that are something else as well, or carry something behind their end."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("../../etc/cron.d/canary", CANARY)
    tails = {
        "zip": archive.getvalue(),
        "html": b"<html>" + SCRIPT,
        "php": b"<?php echo '" + CANARY + b"';",
        "pdf": b"%PDF-1.7\n" + CANARY + b"\n%%EOF",
        "eicar": EICAR + CANARY,
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>",
    }
    for kind, data in plain(chance).items():
        for what, tail in tails.items():
            yield Hostile(f"{what}-behind.{kind}", data + tail)
        yield Hostile(f"twice.{kind}", data + data + CANARY)
    yield Hostile("script.gif", b"GIF89a/*" + bytes(60) + b"*/=1;" + SCRIPT)
    yield Hostile("bmp.jpg", b"BM" + SCRIPT + bytes(200), False)


def bombs(chance: random.Random) -> Iterator[Hostile]:
    """Little files that want to become much."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    def png(width: int, height: int, body: bytes, *extra: bytes) -> bytes:
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + chunk(b"IDAT", body) + chunk(b"IEND", b"")

    nothing = zlib.compress(bytes(2_000_000), 9)
    yield Hostile("wide.png", png(100_000, 100_000, nothing), False)
    yield Hostile("edge.png", png(2**31 - 1, 1, nothing), False)
    yield Hostile("fifty-one.png", png(7200, 7100, nothing), False)
    yield Hostile("starved.png", png(7000, 7000, nothing), False)
    yield Hostile("zero.png", png(0, 0, nothing), False)
    yield Hostile(
        "text-bomb.png",
        png(1, 1, zlib.compress(b"\0\0"), chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(9**8), 9))),
        None,
    )
    yield Hostile(
        "profile-bomb.png",
        png(1, 1, zlib.compress(b"\0\0"), chunk(b"iCCP", b"k\0\0" + zlib.compress(bytes(9**8), 9))),
        None,
    )
    yield Hostile("huge.gif", b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\x80\0\0" + bytes(6) + b";", False)
    frame = b"\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"
    yield Hostile("frames.gif", b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff" + frame * 100_000 + b";", True)
    jpeg = bytearray(saved(drawing(chance), "JPEG"))
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = struct.pack(">HH", 65500, 65500)
    yield Hostile("grown.jpg", bytes(jpeg), False)
    webp = bytearray(saved(drawing(chance), "WEBP", lossless=True))
    webp[21:25] = b"\xff\xff\xff\x0f"
    yield Hostile("grown.webp", bytes(webp), False)


def strangers() -> Iterator[Hostile]:
    """No pictures at all, whatever they are called."""
    svg = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>" + SCRIPT + b"</svg>"
    docx = io.BytesIO()
    with zipfile.ZipFile(docx, "w") as zipped:
        entity = b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><w:t>&e;" + CANARY + b"</w:t>"
        zipped.writestr("word/document.xml", entity)
    other = {
        "drawing.svg": svg,
        "drawing.svg.png": svg,
        "page.html": b"<!doctype html>" + SCRIPT,
        "page.jpg": b"<!doctype html><img src=x onerror=alert(1)>" + SCRIPT,
        "letter.docx": docx.getvalue(),
        "eicar.jpg": EICAR,
        "paper.pdf": b"%PDF-1.7\n" + CANARY,
        "phone.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + CANARY,
        "scan.tiff": saved(drawing(random.Random(1)), "TIFF"),
        "old.bmp": saved(drawing(random.Random(1)), "BMP"),
        "icon.ico": saved(drawing(random.Random(1), size=(32, 32)), "ICO"),
        "print.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run",
        "film.jpg": b"\0\0\0\x20ftypisom" + bytes(100),
        "shell.png": b"#!/bin/sh\nid #" + CANARY,
        "zeros.png": bytes(5000),
        "empty.jpg": b"",
        "one.jpg": b"\xff",
        "magick.jpg": b"push graphic-context\nfill 'url(https://x/\"|id\")'",
        "text.gif": CANARY * 100,
        "array.avif": b"[" * 100_000,
        "pixmap.ppm": b"P6\n10 10\n255\n" + bytes(300),
    }
    for name, data in other.items():
        yield Hostile(name, data, False)


def badly_named(chance: random.Random) -> Iterator[Hostile]:
    """Sound pictures under names that want to get somewhere else."""
    data = plain(chance)["jpg"]
    for name in (
        "../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/cron.d/x.jpg", "a\0.php.jpg", "x" * 4000 + ".jpg",
        "\u202egpj.exe", "con.jpg", "a/b/c.jpg", ".htaccess", "a.jpg;.php", "a\r\nX: y.jpg", "\u2066photo\u2069",
        "%2e%2e%2fx", "~root", "$(id).jpg", "' OR 1=1 --.jpg", "<img src=x>.jpg", "", ".", "..",
    ):  # fmt: skip
        yield Hostile(name, data, True)
    for kind, sound in plain(chance).items():
        for other in ("jpg", "svg", "html", "exe"):
            yield Hostile(f"wrong-{kind}.{other}", sound, True)


def broken(chance: random.Random, count: int) -> Iterator[Hostile]:
    """Sound and talkative pictures cut off or changed in some bytes."""
    seeds = [(kind, data) for kind, data in plain(chance).items()]
    seeds += [(hostile.name.rpartition(".")[2], hostile.data) for hostile in talkative(chance)]
    for number in range(count):
        kind, data = seeds[number % len(seeds)]
        changed = bytearray(data)
        way = chance.randrange(4)
        if way == 0:
            changed = changed[: chance.randrange(len(changed))]
        elif way == 1:
            for _ in range(chance.choice([1, 2, 8, 40])):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
        elif way == 2:
            at = chance.randrange(len(changed))
            changed[at:at] = chance.randbytes(chance.choice([1, 4, 64]))
        else:
            at, length = chance.randrange(len(changed)), chance.choice([1, 4, 64])
            changed[at : at + length] = chance.choice([b"", b"\0" * length, b"\xff" * length, CANARY])
        yield Hostile(f"broken-{number}.{kind}", bytes(changed))


def hostile_files(seed: int, broken_count: int) -> Iterator[Hostile]:
    """The whole corpus: about 130 files made by thought and `broken_count` by chance."""
    chance = random.Random(seed)
    yield from talkative(chance)
    yield from polyglots(chance)
    yield from bombs(chance)
    yield from strangers()
    yield from badly_named(chance)
    yield from broken(chance, broken_count)


def require_clean(data: bytes, suffix: str, source: bytes) -> None:
    """The bytes are a picture of that kind, made anew, and hold nothing else."""
    at, magic = MAGIC[suffix]
    assert data[at : at + len(magic)] == magic
    assert data != source
    for stowaway in (
        CANARY,
        CANARY[:11],
        b"Exif\0\0",
        b"xmpmeta",
        b"Photoshop",
        b"<script",
        b"<svg",
        b"ICC_PROFILE",
        b"ICCP",
    ):
        assert stowaway not in data
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        assert not dict(picture.getexif())
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(picture.info)
        assert not picture.info.get("background") or suffix == "webp"
