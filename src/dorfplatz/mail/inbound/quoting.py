"""What somebody has written herself: quotations, signatures and marks of mail programs are cut. Linear in the text.

A quotation is known by “>”, by a line that says who wrote when, or by the head of the mail below. Answers between
quoted lines stay. Where nothing of one's own is left, nothing is left.
"""

from __future__ import annotations

import re

LOOKED_AT = 2000  # of a line, for marks of a quotation
# “Am 3. März 2026 um 10:12 schrieb Anna <…>:”, over up to four lines.
SAYS_WHO = re.compile(
    r"(?:Am|Op|On|Le|Den|Von|Van|Il|El)\b.{0,300}?"
    r"\b(?:schrieb|geschrieben|schreef|geschreven|wrote|a écrit|ha scritto|escribió)\b.{0,300}:\s*"
)
WHO_SAYS = re.compile(r".{1,200}\b(?:schrieb|schreef|wrote)\b.{0,100}\b(?:am|op|on|vom)\b.{1,100}:\s*")
BEGINS = re.compile(r"(?:Am|Op|On|Le)\b.*\d")
HEAD_BELOW = re.compile(r"\*?(?:Von|Van|From|De)\s*:\*?\s*\S", re.IGNORECASE)
HEAD_ON = re.compile(
    r"\*?(?:Gesendet|Verzonden|Verstuurd|Sent|Datum|Date|An|Aan|To|Betreff|Onderwerp|Subject|Cc)\s*:\*?", re.IGNORECASE
)
BELOW = re.compile(
    r"(?:Urspr(?:ü|ue)ngliche(?:\s+Nachricht)?|Original(?:nachricht)?(?:[ -]?(?:Nachricht|Message))?"
    r"|Oorspronkelijk bericht|Weitergeleitete Nachricht|Doorgestuurd bericht|Forwarded message)\b", re.IGNORECASE,
)  # fmt: skip
DEVICE = re.compile(
    r"(?:Von meinem .{1,60} gesendet|Gesendet (?:von|mit|über|aus|vom) .{1,80}"
    r"|Diese Nachricht wurde von meinem .{1,80}|(?:Verzonden|Verstuurd) (?:vanaf|met|via|vanuit) .{1,80}"
    r"|Sent (?:from|with|via) .{1,80}|(?:Get|Holen Sie sich|Download) Outlook .{1,60}"
    r"|Outlook (?:für|voor|for) .{1,60}|Mit freundlichen Grüßen gesendet von .{1,60})", re.IGNORECASE,
)  # fmt: skip
RULE = re.compile(r"[_=*-]{5,}\s*")
MARK = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u2060\ufeff]")


def own_words(text: str) -> str:
    """The text without what its writer has not written."""
    lines = [MARK.sub("", line).replace("\xa0", " ").rstrip() for line in _lines(text)]
    kept: list[str] = []
    index = 0
    while index < len(lines):
        if _ends_here(lines, index):
            break
        span = _attribution(lines, index)
        if span:
            if not _is_quoted_after(lines, index + span):
                break
            index += span
            continue
        if not _is_quoted(lines[index]):
            kept.append(lines[index])
        index += 1
    return _tidy(kept)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith((">", "|>"))


def _is_quoted_after(lines: list[str], index: int) -> bool:
    for line in lines[index : index + 4]:
        if line.strip():
            return _is_quoted(line)
    return False


def _ends_here(lines: list[str], index: int) -> bool:
    """A signature begins, or the mail that was answered stands below."""
    line = lines[index].strip()[:LOOKED_AT]
    bare = line.lstrip("-_ ")
    if line == "--" or ("--" in line[: len(line) - len(bare)] and BELOW.match(bare)):
        return True
    below = lines[index + 1] if RULE.fullmatch(line) and index + 1 < len(lines) else line
    if HEAD_BELOW.match(below.strip()):
        return sum(1 for other in lines[index + 1 : index + 8] if HEAD_ON.match(other.strip())) >= 2
    return False


def _attribution(lines: list[str], index: int) -> int:
    """How many lines, from this one on, say who wrote when; 0 where none does."""
    first = lines[index].strip()[:LOOKED_AT]
    if WHO_SAYS.fullmatch(first) and _is_quoted_after(lines, index + 1):
        return 1
    if not first.startswith(("Am ", "Op ", "On ", "Le ", "Den ", "Il ", "El ", "Von ", "Van ")):
        return 0
    if not BEGINS.match(first) and index + 1 < len(lines) and not any(c.isdigit() for c in lines[index + 1]):
        return 0
    said = ""
    for count, line in enumerate(lines[index : index + 4], start=1):
        if not line.strip() and count > 1:
            return 0
        said = f"{said} {line.strip()[:LOOKED_AT]}".strip()
        if said.endswith(":"):
            return count if SAYS_WHO.fullmatch(said[:1500]) else 0
    return 0


def _tidy(lines: list[str]) -> str:
    """Without empty lines around, without the mark of a telephone or a rule at the end, never two empty lines."""
    while lines and (not lines[-1].strip() or DEVICE.fullmatch(lines[-1].strip()) or RULE.fullmatch(lines[-1].strip())):
        lines.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
