"""Bytes to text: what is read, and what is refused with which advice."""

from __future__ import annotations

import random

import pytest

from whoholds.errors import NotTextError
from whoholds.ingest.decoding import decode, refuse_html

PROSE = "Rebels took Şanlıurfa, the “council” said – café."
WESTERN = "Le café: “rebels” took the town – said Müller."


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param(PROSE.encode(), PROSE, id="UTF-8"),
        pytest.param(PROSE.encode("utf-8-sig"), PROSE, id="UTF-8 with a mark"),
        pytest.param(PROSE.encode("utf-16"), PROSE, id="UTF-16 with a mark"),
        pytest.param(b"\xfe\xff" + PROSE.encode("utf-16-be"), PROSE, id="UTF-16 BE with a mark"),
        pytest.param(PROSE.encode("utf-16-le"), PROSE, id="UTF-16 LE without a mark"),
        pytest.param(PROSE.encode("utf-16-be"), PROSE, id="UTF-16 BE without a mark"),
        pytest.param(PROSE.encode("utf-32"), PROSE, id="UTF-32 with a mark"),
        pytest.param(WESTERN.encode("cp1252"), WESTERN, id="cp1252"),
        pytest.param("Le café des forces armées".encode("latin-1"), "Le café des forces armées", id="Latin-1"),
        pytest.param(b"The army\0 left the town of Homs.", "The army\0 left the town of Homs.", id="a NUL in text"),
        pytest.param("دخلت القوات حماة".encode(), "دخلت القوات حماة", id="Arabic"),
        pytest.param(b"", "", id="empty"),
        pytest.param(b"A", "A", id="one letter"),
    ],
)
def test_text_in_a_known_encoding_is_read(raw: bytes, text: str) -> None:
    assert decode(raw) == text


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        pytest.param(b"%PDF-1.7 text", "PDF", id="PDF"),
        pytest.param(b"PK\x03\x04word/document.xml", "Office", id="docx"),
        pytest.param(b"{\\rtf1 text}", "RTF", id="RTF"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8, "UTF-8", id="PNG"),
        pytest.param(random.Random(1).randbytes(5000), "UTF-8", id="noise"),  # noqa: S311  no secret
        pytest.param(bytes(2000), "binary", id="zeros"),
        pytest.param("دخلت القوات مدينة حماة".encode("cp1256"), "UTF-8", id="Arabic in its old code page"),
        pytest.param("Войска вошли в город".encode("cp1251"), "UTF-8", id="Russian in its old code page"),
        pytest.param(PROSE.encode() * 9 + b"\xe2\x80", "damaged UTF-8", id="UTF-8 cut short"),
        pytest.param(b"\xff\xfea", "UTF-16", id="UTF-16 cut short"),
        pytest.param(b"The army left.\x01\x02\x03\xe9 The army left.", "UTF-8", id="controls and odd bytes"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_advice(raw: bytes, says: str) -> None:
    with pytest.raises(NotTextError, match=says):
        decode(raw)


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><html><body>The army left.</body></html>",
        "\n <html lang='en'>The army left",
        '<?xml version="1.0"?><!-- x --><!doctype html>',
        "<p>The army <b>left</b> <a href='x'>Homs</a>.</p><p>It <br> went.</p>",
    ],
)
def test_html_is_refused(text: str) -> None:
    with pytest.raises(NotTextError, match="save the page's text"):
        refuse_html(text)


@pytest.mark.parametrize("text", ["Losses were < 20 and > 10.", "He wrote <a> in the margin. " + "The army left. " * 30, "<3 a < b > c"])
def test_prose_with_angle_brackets_is_no_html(text: str) -> None:
    refuse_html(text)
