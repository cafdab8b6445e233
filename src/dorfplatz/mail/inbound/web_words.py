"""The words of a mail that is HTML only: line breaks kept, quotations marked, nothing else."""

from __future__ import annotations

from html.parser import HTMLParser

BREAKS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol", "blockquote", "hr"}
UNREAD = {"style", "script", "head", "title", "template"}
QUOTES = ("gmail_quote", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "divRplyFwdMsg", "appendonsend")
CUT_MARK = "\n-----Original Message-----\n"
LONGEST = 200_000


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.quoted = 0
        self.unread = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self.unread = tag
        elif tag in BREAKS:
            self.pieces.append("\n")
        if tag == "blockquote":
            self.quoted += 1
        marks = " ".join(value or "" for name, value in attrs if name in {"class", "id"})
        if tag != "blockquote" and any(mark in marks for mark in QUOTES):
            self.pieces.append(CUT_MARK)

    def handle_endtag(self, tag: str) -> None:
        if tag == self.unread:
            self.unread = ""
        if tag in BREAKS:
            self.pieces.append("\n")
        if tag == "blockquote":
            self.quoted = max(0, self.quoted - 1)

    def handle_data(self, data: str) -> None:
        if self.unread:
            return
        text = " ".join(data.replace("\xa0", " ").split(" ")) if data.strip() else " "
        text = text.replace("\n", " ")
        self.pieces.append("".join(f"\n> {text}\n") if self.quoted else text)


def words_of_html(html: str) -> str:
    """Lines of words; what was quoted begins with “>”. Never raises."""
    reader = _Reader()
    try:
        reader.feed(html[:LONGEST])
        reader.close()
    except (AssertionError, ValueError, RecursionError):
        return ""
    return "\n".join(line.strip() for line in "".join(reader.pieces).splitlines())
