"""Words: texts in several languages, addresses made of titles, and user text made safe to show."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

ANY_LANGUAGE = "und"  # BCP 47: undetermined; for names that are the same in every language


def in_language(texts: Mapping[str, str], language: str, others: Sequence[str] = ("de", "nl", "en")) -> str:
    """The text for that language, else the one for any language, else the first of `others`, else any, else ""."""
    for code in (language, ANY_LANGUAGE, *others):
        if texts.get(code):
            return texts[code]
    return next((text for text in texts.values() if text), "")


_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe"})


def slug(text: str, *, longest: int = 60) -> str:
    """Words of an address: lower case a–z, digits and single hyphens; umlauts spelled out; "" when nothing remains."""
    folded = unicodedata.normalize("NFC", text).lower().translate(_FOLDED)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words if len(words) <= longest else words[:longest].rsplit("-", 1)[0].strip("-") or words[:longest]


LONGEST_BYTES = 64 * 1024
DEEPEST = 100  # elements inside one another; the sanitizer's time grows with the square of it
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}
ALLOWED_TAGS = {
    *("p", "br", "hr", "strong", "em", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre"),
    *("h2", "h3", "h4", "h5", "h6"),
}
TOP = "top"  # the level of the first heading, in the environment of a parse
LINK_REL = "nofollow noopener ugc"
_VOID = {"br", "hr", "img", "input", "wbr", "meta", "link", "source", "embed", "area", "base", "col", "track", "param"}
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_URL = re.compile(r"\bhttps?://[^\s<>\"“”„»«]+")
_TRAILING = ".,;:!?'…*_~)]}"


class Markup(str):
    """HTML that is safe to put into a page as it is: templates ask `__html__` and then do not escape it again."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def render(text: str, *, top: int = 3) -> Markup:
    """Safe HTML of what a person wrote: paragraphs, emphasis, lists, quotes, links; line breaks are kept.

    The text is simple Markdown; HTML in it is shown as written. Headings begin at level `top`, since the page has
    those above, and none is left out on the way down. Pictures are not embedded. What is longer than LONGEST_BYTES is
    cut there.
    """
    text = _shortened(text)
    tokens = _MARKDOWN.parse(text, {TOP: top})
    if _depth(tokens) > DEEPEST:
        return _harmless(f"<p>{html.escape(text)}</p>")
    return _harmless(str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})))


def clean(fragment: str) -> Markup:
    """The harmless part of somebody's HTML. Cleaning twice changes nothing more.

    What is longer than LONGEST_BYTES is cut there; what is nested deeper than DEEPEST is shown as written.
    """
    fragment = _shortened(fragment)
    return _harmless(html.escape(fragment) if _open_tags(fragment) > DEEPEST else fragment)


def _harmless(fragment: str) -> Markup:
    return Markup(
        nh3.clean(
            fragment,
            tags=ALLOWED_TAGS,
            attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
            url_schemes=ALLOWED_SCHEMES,
            link_rel=LINK_REL,
            strip_comments=True,
        )
    )


def plain(text: str) -> str:
    """What a person wrote without its marks, for mail, print and search: paragraphs apart by an empty line."""
    paragraphs = (_words(token.children or []) if token.type == "inline" else token.content for token in _said(text))
    return "\n\n".join(paragraph.strip() for paragraph in paragraphs if paragraph.strip())


def excerpt(text: str, longest: int) -> str:
    """The beginning of what a person wrote in one line of at most `longest` characters, ended by “…” when cut."""
    line = " ".join(plain(text).split())
    if len(line) <= longest:
        return line
    cut = line[: max(longest - 1, 0)]
    if line[len(cut)] != " " and " " in cut[longest // 2 :]:
        cut = cut.rpartition(" ")[0]
    return cut.rstrip(" ,;:–-") + "…"


def _shortened(text: str) -> str:
    text = text.replace("\x00", "")
    raw = text.encode("utf-8", "replace")
    return (raw[:LONGEST_BYTES] if len(raw) > LONGEST_BYTES else raw).decode("utf-8", "ignore")


def _said(text: str) -> Iterator[Token]:
    return (token for token in _MARKDOWN.parse(_shortened(text)) if token.type in {"inline", "fence", "code_block"})


def _words(tokens: Sequence[Token]) -> str:
    return "".join("\n" if token.type in {"softbreak", "hardbreak"} else token.content for token in tokens)


def _depth(tokens: Sequence[Token]) -> int:
    """How deep the deepest element lies; inline marks count from their block."""
    return max(
        (token.level + max((child.level for child in token.children or []), default=0) for token in tokens), default=0
    )


def _open_tags(fragment: str) -> int:
    """An upper bound of how deep the elements of a fragment can be nested."""
    depth = deepest = 0
    for match in _TAG.finditer(fragment):
        if match[1]:
            depth = max(depth - 1, 0)
        elif match[2].lower() not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _demote_headings(state: StateCore) -> None:
    top = int(state.env.get(TOP, 3))
    level = top - 1
    for token in state.tokens:
        if token.type == "heading_open":
            level = min(int(token.tag[1:]) + top - 1, level + 1, 6)
            token.tag = f"h{level}"
        elif token.type == "heading_close":
            token.tag = f"h{level}"


def _link_addresses(state: StateCore) -> None:
    """Makes web addresses that stand in the text into links, as mail programs do."""
    for block in state.tokens:
        if block.type == "inline" and block.children and "://" in block.content:
            block.children = list(_with_links(block.children))


def _with_links(tokens: Sequence[Token]) -> Iterator[Token]:
    inside = 0
    for token in tokens:
        inside += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and not inside:
            yield from _linked(token)
        else:
            yield token


def _linked(token: Token) -> Iterator[Token]:
    done = 0
    for match in _URL.finditer(token.content):
        address = match[0].rstrip(_TRAILING)
        if ")" in match[0][len(address) :] and "(" in address:  # as in de.wikipedia.org/wiki/Niel_(Kranenburg)
            address += ")"
        if match.start() > done:
            yield Token("text", "", 0, content=token.content[done : match.start()], level=token.level)
        yield Token("link_open", "a", 1, attrs={"href": _MARKDOWN.normalizeLink(address)}, level=token.level)
        yield Token("text", "", 0, content=address, level=token.level + 1)
        yield Token("link_close", "a", -1, level=token.level)
        done = match.start() + len(address)
    if done < len(token.content):
        yield Token("text", "", 0, content=token.content[done:], level=token.level)


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
    markdown.enable("strikethrough").disable(["image", "html_block", "html_inline", "reference", "lheading"])
    markdown.core.ruler.push("demote_headings", _demote_headings)
    markdown.core.ruler.push("link_addresses", _link_addresses)
    return markdown


_MARKDOWN = _markdown()
