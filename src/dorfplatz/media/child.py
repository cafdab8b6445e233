"""Reads pictures nobody has checked. Runs as a process of its own: `python -I -m dorfplatz.media.child`.

Takes one JSON document on standard input, a list of orders, and answers each with one JSON line in the same order.
Every order is carried out in a fork with limits on memory, processor time and file size, so that the worst file
costs itself only. Imports nothing of Django and nothing of the square.

Orders: {"do": "look", "source": path} and {"do": "copy", "source": path, "target": folder}.
Answers: {"refusal": code} or {"format", "width", "height"} or {"copies": [{"file", "format", "width", "height"}]}.
"""

from __future__ import annotations

import io
import json
import os
import resource
import select
import signal
import sys
import time
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF"]
PIXELS = 50_000_000
MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 10
WALL_SECONDS = 30
FILE_BYTES = 32 * 1024 * 1024
WIDTHS = (320, 640, 1280, 1920)
TALLEST = 2560
ORIENTATION = 0x0112
STRIP_ROWS = 512
SIDEWAYS = {5, 6, 7, 8}

# Good enough that nobody sees a difference on a phone, small enough for the last house without fibre.
ENCODINGS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 9, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 76, "method": 4},
    "jpeg": {"format": "JPEG", "quality": 78, "optimize": True, "progressive": True},
}
SUFFIXES = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}


def look(source: str) -> dict[str, Any]:
    """Format and size by the file's head; nothing is decoded yet."""
    with Image.open(source, formats=FORMATS) as picture:
        return {"format": picture.format, "width": picture.width, "height": picture.height}


def copy(source: str, target: str) -> dict[str, Any]:
    """Decode, turn upright, and write clean copies into the folder. Nothing but pixels gets from one to the other."""
    with Image.open(source, formats=FORMATS) as picture:
        pixels = _upright_pixels(picture)
    copies = []
    for width in _widths(pixels.width):
        height = max(1, round(pixels.height * width / pixels.width))
        sized = pixels if width == pixels.width else pixels.resize((width, height), Image.Resampling.LANCZOS)
        for name, encoding in ENCODINGS.items():
            file = f"{width}.{SUFFIXES[name]}"
            _for_format(sized, name).save(Path(target) / file, **encoding)
            copies.append({"file": file, "format": name, "width": width, "height": height})
    return {"copies": copies}


def _widths(largest: int) -> list[int]:
    return [*(width for width in WIDTHS if width < largest), largest]


def _upright_pixels(picture: Image.Image) -> Image.Image:
    """The picture's pixels as RGB or RGBA in sRGB, at most as large as the largest copy, freed of all else."""
    turn = picture.getexif().get(ORIENTATION, 1)
    profile = picture.info.get("icc_profile")
    box = (TALLEST, WIDTHS[-1]) if turn in SIDEWAYS else (WIDTHS[-1], TALLEST)
    scale = min(1.0, box[0] / picture.width, box[1] / picture.height)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    picture.draft("RGB", size)  # a JPEG is then decoded at a fraction of its size
    small = _shrunk(picture, size, profile)
    small = _in_srgb(small, profile)
    exif = Image.Exif()
    exif[ORIENTATION] = turn
    small.info = {"exif": exif.tobytes()}
    upright = ImageOps.exif_transpose(small)
    return Image.frombytes(upright.mode, upright.size, upright.tobytes())


def _shrunk(picture: Image.Image, size: tuple[int, int], profile: bytes | None) -> Image.Image:
    """The picture at that size in a mode with full colours, never holding a second copy of all its pixels."""
    factor = max(1, min(picture.width // size[0], picture.height // size[1]) // 2)
    rows = STRIP_ROWS // factor * factor
    picture.load()
    whole = Image.new(_in_plain_mode(picture.crop((0, 0, 1, 1)), profile).mode, _divided(picture.size, factor))
    for top in range(0, picture.height, rows):
        strip = picture.crop((0, top, picture.width, min(top + rows, picture.height)))
        whole.paste(_in_plain_mode(strip, profile).reduce(factor), (0, top // factor))
    return whole if whole.size == size else whole.resize(size, Image.Resampling.LANCZOS)


def _divided(size: tuple[int, int], factor: int) -> tuple[int, int]:
    return -(-size[0] // factor), -(-size[1] // factor)


def _in_plain_mode(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if picture.mode == "CMYK" and profile:  # the profile knows better how these inks look
        return picture
    if picture.mode.startswith("I;16") or picture.mode in {"I", "F"}:  # 16 bits of grey: keep the upper eight
        return picture.convert("I").point([i / 256 for i in range(65536)], "L").convert("RGB")
    wanted = "RGBA" if picture.has_transparency_data else "RGB"
    return picture if picture.mode == wanted else picture.convert(wanted)


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as their profile means them; one that cannot be read is as good as none."""
    if profile:
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            wanted = "RGBA" if picture.mode == "RGBA" else "RGB"
            turned = ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode=wanted)
            if turned is not None:
                return turned
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return picture if picture.mode in {"RGB", "RGBA"} else picture.convert("RGB")


def _for_format(picture: Image.Image, name: str) -> Image.Image:
    if name != "jpeg" or picture.mode == "RGB":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def refusal_for(error: BaseException) -> str:
    """The code in `media.enums.Refusal` for what went wrong."""
    if isinstance(error, MemoryError):
        return "too_much_work"
    if isinstance(error, Image.DecompressionBombError | Image.DecompressionBombWarning):
        return "too_many_pixels"
    return "not_a_picture" if isinstance(error, UnidentifiedImageError) else "damaged"


def carry_out(order: dict[str, str]) -> dict[str, Any]:
    """One order, without limits; whatever goes wrong becomes a refusal."""
    try:
        return look(order["source"]) if order["do"] == "look" else copy(order["source"], order["target"])
    except Exception as error:  # decoders raise what they like at hostile files
        return {"refusal": refusal_for(error)}


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limited(order: dict[str, str]) -> dict[str, Any]:
    """The order carried out in a fork under limits. A fork that dies is a refusal too."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            _limit()
            if order["do"] == "copy":
                os.nice(10)  # readers come first
            os.write(writing, json.dumps(carry_out(order)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    try:
        told = _read_for(reading, WALL_SECONDS)
    finally:
        os.close(reading)
    os.kill(child, signal.SIGKILL)  # not yet waited for, so the number is still this child's
    _, status, used = os.wait4(child, 0)
    answer: dict[str, Any] = json.loads(told) if told else {"refusal": _refusal_of_death(status)}
    return {**answer, "cpu_s": round(used.ru_utime + used.ru_stime, 3), "memory_kb": used.ru_maxrss}


def _read_for(pipe: int, seconds: float) -> bytes:
    told, until = b"", time.monotonic() + seconds
    while select.select([pipe], [], [], max(0.0, until - time.monotonic()))[0]:
        part = os.read(pipe, 65536)
        if not part:
            return told
        told += part
    return b""


def _refusal_of_death(status: int) -> str:
    """A decoder that crashed read a damaged file; one that was stopped had too much to do."""
    crashed = os.WIFSIGNALED(status) and os.WTERMSIG(status) in {signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT}
    return "damaged" if crashed else "too_much_work"


def main() -> None:
    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.preinit()
    for order in json.load(sys.stdin):
        sys.stdout.write(json.dumps(limited(order)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
