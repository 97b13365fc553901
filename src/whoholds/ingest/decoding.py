"""Bytes become text, or a clear refusal: never a guess that would put wrong letters into a quotation."""

from __future__ import annotations

import codecs
import re

from whoholds.errors import NotTextError

_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Their names that take the mark off.
_WITH_MARK = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_KNOWN_BINARY = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
)
_SAMPLE = 65_536
_HEAD = 4_096
_ZEROS, _FEW_ZEROS = 0.4, 0.05
_MANY_CONTROLS, _FEW_CONTROLS = 0.1, 0.001
_LAST_ASCII = 0x7F
# Western European prose has under a tenth of its letters outside ASCII; another script in a legacy code page has most.
_FOREIGN_SHARE = 0.25

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_TAG_NAMES = "html|head|body|div|span|p|a|br|meta|script|style|link|ul|ol|li|table|t[rdh]|h[1-6]|img|article|section"
_TAG = re.compile(rf"</?(?:{_TAG_NAMES})\b[^<>]*>", re.IGNORECASE)
_HTML_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_TAGS, _TAG_SHARE = 4, 0.08


def decode(raw: bytes) -> str:
    """Return the text in `raw`: by its byte order mark, as UTF-16 by its zeros, as UTF-8, or as Western cp1252.

    Raises:
        NotTextError: when `raw` is binary or in an encoding that cannot be told.
    """
    refuse_known_binary(raw)
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], encoding)
    if zeros := _utf16_by_zeros(raw):
        return _strictly(raw, zeros)
    try:
        return _plausible(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _western(raw, error.start)


def encoding_of(head: bytes) -> str:
    """Return the encoding in which a stream that begins with `head` is read: by its mark, by its zeros, else UTF-8."""
    for mark, _ in _BOMS:
        if head.startswith(mark):
            return _WITH_MARK[mark]
    return _utf16_by_zeros(head[: len(head) // 2 * 2]) or "utf-8"


def refuse_known_binary(raw: bytes) -> None:
    """Refuse bytes that begin as a well-known format does.

    Raises:
        NotTextError: when they do; the message says which format.
    """
    for magic, what in _KNOWN_BINARY:
        if raw.startswith(magic):
            message = f"this is {what}, not text; save its text as a UTF-8 .txt file and read that"
            raise NotTextError(message)


def refuse_html(text: str) -> None:
    """Refuse text that is the source of a web page.

    Raises:
        NotTextError: when `text` begins as HTML does or is dense with its tags.
    """
    sample = text[:_SAMPLE]
    tags = _TAG.findall(sample)
    share = sum(map(len, tags)) / max(len(sample), 1)
    if _HTML_START.match(sample) or (len(tags) >= _TAGS and share >= _TAG_SHARE):
        message = "this is HTML, not text; save the page's text (in the browser: Save as > Text) and read that"
        raise NotTextError(message)


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return _plausible(raw.decode(encoding))
    except UnicodeDecodeError as error:
        message = f"begins as {encoding.upper()} but breaks at byte {error.start}; save it again as UTF-8"
        raise NotTextError(message) from error


def _utf16_by_zeros(raw: bytes) -> str | None:
    """Tell UTF-16 without a mark by where Western letters leave a zero byte."""
    head = raw[:_HEAD]
    if not raw or len(raw) % 2:
        return None
    even, odd = head[::2], head[1::2]
    even_share, odd_share = even.count(0) / len(even), odd.count(0) / len(odd)
    if odd_share >= _ZEROS and even_share <= _FEW_ZEROS:
        return "utf-16-le"
    return "utf-16-be" if even_share >= _ZEROS and odd_share <= _FEW_ZEROS else None


def _plausible(text: str) -> str:
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > _MANY_CONTROLS * len(sample):
        message = "this is binary data, not text; give a text file in UTF-8"
        raise NotTextError(message)
    return text


def _western(raw: bytes, broken: int) -> str:
    """Read bytes that are no UTF-8 as cp1252, which contains Latin-1, where that makes plausible prose."""
    sample = raw[:_SAMPLE]
    repaired = sample.decode("utf-8", errors="replace")
    valid = sum(character > "\x7f" and character != "\ufffd" for character in repaired)
    if valid > repaired.count("\ufffd"):
        message = f"damaged UTF-8 at byte {broken}; save it again as UTF-8"
        raise NotTextError(message)
    low_controls = len(_CONTROLS.findall(sample.decode("ascii", errors="ignore")))
    foreign = sum(byte > _LAST_ASCII for byte in sample)
    try:
        if low_controls <= _FEW_CONTROLS * len(sample) and foreign <= _FOREIGN_SHARE * len(sample):
            return raw.decode("cp1252")
    except UnicodeDecodeError:
        pass
    message = f"neither UTF-8 nor Western text (first odd byte at {broken}); save it as UTF-8"
    raise NotTextError(message)
