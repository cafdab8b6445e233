"""A model in the engine's real file format, with weights by chance: it says nonsense, and always the same.

The file: a version, then for each tensor the lengths of name, shape and data with its type, then all names, all shapes,
padding to 256 bytes, all data; whole numbers of 64 bits, little-endian. A tensor of int8 ends with its scale. The
vocabulary is a SentencePiece model, a protobuf of pieces with scores.
"""

from __future__ import annotations

import json
import random
import struct
from array import array
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

FLOAT32, INT8, INTGEMM8 = 0x404, 0x101, 0x4101
UNKNOWN, CONTROL, NORMAL, BYTE = 2, 3, 1, 6
_ENDS = ("", "ar", "el", "in", "or", "un", "ast", "eg", "ijk", "oen", "uis")
_SYLLABLES_AGAIN = [f"{one}{two}" for one in "bdfgklmnprst" for two in _ENDS]
SYLLABLES = ["ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "dorf", "plein", "huis", "en"]


# What Firefox has, as far as size and speed go: 32,000 words, six layers to read, two to write, some 25 MB.
REAL_SHAPE = {"dim": 384, "heads": 8, "ffn": 1536, "enc": 6, "dec": 2, "words": 32_000}


def pieces(words: int = 0) -> list[tuple[str, int, float]]:
    """End, unknown, all bytes, letters, a few syllables with and without a space before them; filled up to `words`."""
    found = [("</s>", CONTROL, 0.0), ("<unk>", UNKNOWN, 0.0)]
    found += [(f"<0x{byte:02X}>", BYTE, 0.0) for byte in range(256)]
    found += [
        (letter, NORMAL, -6.0) for letter in "▁abcdefghijklmnopqrstuvwxyzäöüßABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:!?"
    ]
    found += [(syllable, NORMAL, -4.0) for syllable in SYLLABLES]
    found += [(f"▁{syllable}", NORMAL, -3.0) for syllable in SYLLABLES]
    made = (f"▁{one}{two}{three}" for one in SYLLABLES for two in SYLLABLES for three in _SYLLABLES_AGAIN)
    found += [(word, NORMAL, -9.0) for word in islice(made, max(0, words - len(found)))]
    return found


def vocabulary(words: int = 0) -> bytes:
    return b"".join(b"\x0a" + _varint(len(piece)) + piece for piece in (_piece(*one) for one in pieces(words)))


def _piece(text: str, sort: int, score: float) -> bytes:
    raw = text.encode()
    return b"\x0a" + _varint(len(raw)) + raw + b"\x15" + struct.pack("<f", score) + b"\x18" + _varint(sort)


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def model(
    seed: int = 1, *, dim: int = 32, heads: int = 2, ffn: int = 64, enc: int = 1, dec: int = 1, words: int = 0,
    ends: float = 35.0,
) -> bytes:  # fmt: skip
    """The weights of a transformer with a simple recurrent decoder, as all Firefox models are.

    The larger `ends`, the sooner it has said enough.
    """
    weights = Weights(seed, dim, ffn)
    weights.words(pieces(words), ends)
    for layer in range(1, enc + 1):
        weights.attention(f"encoder_l{layer}_self")
        weights.feed_forward(f"encoder_l{layer}_ffn")
    for layer in range(1, dec + 1):
        weights.recurrence(f"decoder_l{layer}_rnn")
        weights.attention(f"decoder_l{layer}_context")
        weights.feed_forward(f"decoder_l{layer}_ffn")
    about = (
        f"dim-emb: {dim}\ntransformer-heads: {heads}\nenc-depth: {enc}\ndec-depth: {dec}\ntransformer-dim-ffn: {ffn}\n"
    )
    raw = about.encode() + b"\0"
    weights.tensors.append(("special:model.yml", INT8, [1, len(raw)], raw))
    return _file(weights.tensors)


class Weights:
    """Tensors by chance, under the names that the engine looks for."""

    def __init__(self, seed: int, dim: int, ffn: int) -> None:
        self.chance, self.dim, self.ffn = random.Random(seed), dim, ffn
        self.tensors: list[tuple[str, int, list[int], bytes]] = []

    def words(self, known: list[tuple[str, int, float]], ends: float) -> None:
        raw = self.chance.randbytes(len(known) * self.dim) + struct.pack("<f", 127.0 / 1.5)
        self.tensors.append(("Wemb", INTGEMM8, [len(known), self.dim], raw))
        self.floats("none_QuantMultA", 1, 30.0, 30.0)
        # Words rather than loose bytes, and an end before long.
        bias = [
            -80.0 if sort in (BYTE, UNKNOWN) else 40.0 if len(text) > 1 and text[0] == "▁" else 0.0
            for text, sort, _ in known
        ]
        bias[0] = ends
        self.tensors.append(("decoder_ff_logit_out_b", FLOAT32, [1, len(known)], array("f", bias).tobytes()))

    def floats(self, name: str, size: int, low: float = -0.1, high: float = 0.1) -> None:
        numbers = array("f", (self.chance.uniform(low, high) for _ in range(size)))
        self.tensors.append((name, FLOAT32, [1, size], numbers.tobytes()))

    def weight(self, name: str, rows: int, columns: int) -> None:
        raw = self.chance.randbytes(rows * columns) + struct.pack("<f", 127.0 / 1.5)
        self.tensors.append((name, INTGEMM8, [rows, columns], raw))
        self.floats(f"{name}_QuantMultA", 1, 30.0, 30.0)

    def layer_norm(self, base: str) -> None:
        self.floats(f"{base}_ln_scale", self.dim, 0.8, 1.2)
        self.floats(f"{base}_ln_bias", self.dim)

    def attention(self, base: str) -> None:
        for letter in "qkvo":
            self.weight(f"{base}_W{letter}", self.dim, self.dim)
            self.floats(f"{base}_b{letter}", self.dim)
        self.layer_norm(f"{base}_Wo")

    def feed_forward(self, base: str) -> None:
        self.weight(f"{base}_W1", self.dim, self.ffn)
        self.floats(f"{base}_b1", self.ffn)
        self.weight(f"{base}_W2", self.ffn, self.dim)
        self.floats(f"{base}_b2", self.dim)
        self.layer_norm(f"{base}_ffn")

    def recurrence(self, base: str) -> None:
        self.weight(f"{base}_W", self.dim, self.dim)
        self.weight(f"{base}_Wf", self.dim, self.dim)
        self.floats(f"{base}_bf", self.dim)
        self.layer_norm(f"{base}_ffn")


def _file(tensors: list[tuple[str, int, list[int], bytes]]) -> bytes:
    padded = [
        (name.encode() + b"\0", sort, shape, data + bytes(-len(data) % 256)) for name, sort, shape, data in tensors
    ]
    out = struct.pack("<QQ", 1, len(padded))
    for name, sort, shape, data in padded:
        out += struct.pack("<QQQQ", len(name), sort, len(shape), len(data))
    out += b"".join(name for name, _, _, _ in padded)
    out += b"".join(struct.pack(f"<{len(shape)}i", *shape) for _, _, shape, _ in padded)
    gap = -(len(out) + 8) % 256
    return out + struct.pack("<Q", gap) + bytes(gap) + b"".join(data for _, _, _, data in padded)


def put(folder: Path, *pairs: str, **shape: Any) -> None:
    """Installs tiny models for these pairs, as the installer would leave them; with `seed`, the same for all."""
    for number, pair in enumerate(pairs):
        files = {"model": model(**{"seed": number + 1, **shape}), "vocabulary": vocabulary(int(shape.get("words", 0)))}
        (folder / pair).mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / pair / name).write_bytes(content)
        digests = {name: sha256(content).hexdigest() for name, content in files.items()}
        note = {"pair": pair, "model": digests["model"], "files": digests}
        (folder / pair / "note.json").write_text(json.dumps(note))
