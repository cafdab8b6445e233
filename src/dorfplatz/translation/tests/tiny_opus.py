"""A direct pair as a converter leaves it, with weights by chance: it says nonsense, and always the same."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import sentencepiece

DIM, HEADS, FFN, LONGEST = 16, 2, 32, 512
SYLLABLES = ["ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "dorf", "plein", "huis", "en"]


def put(folder: Path, *, seed: int = 1) -> Path:
    """Writes the model and the SentencePiece model of either side into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    pieces = _pieces(seed)
    for side in ("source", "target"):
        (folder / f"{side}.spm").write_bytes(pieces)
    reading = sentencepiece.SentencePieceProcessor(model_proto=pieces)
    words = [reading.id_to_piece(number) for number in range(reading.get_piece_size())]
    spec = ctranslate2.specs.TransformerSpec.from_config((1, 1), HEADS, pre_norm=False)
    spec.register_source_vocabulary(words)
    spec.register_target_vocabulary(words)
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = "</s>"
    _Filling(seed).fill(spec, len(words))
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))
    return folder


def _pieces(seed: int) -> bytes:
    chance, out = random.Random(seed), io.BytesIO()
    words = ["".join(chance.choices(SYLLABLES, k=3)) for _word in range(1600)]
    lines = [" ".join(words[start : start + 8]) + " 0123456789.,:!?" for start in range(0, len(words), 8)]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_writer=out, vocab_size=100, byte_fallback=False, minloglevel=2,
        unk_id=1, eos_id=0, bos_id=-1, pad_id=-1, num_threads=1, hard_vocab_limit=False,
    )  # fmt: skip
    return out.getvalue()


class _Filling:
    """Tensors by chance, in the shapes that an encoder and a decoder of one layer each have."""

    def __init__(self, seed: int) -> None:
        self._chance = np.random.default_rng(seed)

    def some(self, *shape: int) -> Any:
        return self._chance.standard_normal(shape, dtype="float32") * np.float32(0.5)

    def linear(self, place: Any, out: int, into: int) -> None:
        place.weight, place.bias = self.some(out, into), self.some(out)

    def attention(self, place: Any, *outs: int) -> None:
        for part, out in zip(place.linear, outs, strict=True):
            self.linear(part, out, DIM)
        _norm(place.layer_norm)

    def side(self, side: Any) -> None:
        side.position_encodings.encodings = self.some(LONGEST, DIM)
        for layer in side.layer:
            self.attention(layer.self_attention, 3 * DIM, DIM)
            self.linear(layer.ffn.linear_0, FFN, DIM)
            self.linear(layer.ffn.linear_1, DIM, FFN)
            _norm(layer.ffn.layer_norm)

    def fill(self, spec: Any, words: int) -> None:
        self.side(spec.encoder)
        self.side(spec.decoder)
        for layer in spec.decoder.layer:
            self.attention(layer.attention, DIM, 2 * DIM, DIM)
        spec.encoder.embeddings[0].weight = self.some(words, DIM)
        spec.decoder.embeddings.weight = self.some(words, DIM)
        self.linear(spec.decoder.projection, words, DIM)


def _norm(place: Any) -> None:
    place.gamma, place.beta = np.ones(DIM, "float32"), np.zeros(DIM, "float32")
