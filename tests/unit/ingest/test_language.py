"""The language of short news, with many foreign names in it."""

from __future__ import annotations

import pytest

from whoholds.ingest.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Syrian Observatory for Human Rights said that Tahrir al-Sham has entered Maarat al-Numan.", "en"),
        ("Taliban seize Kunduz", "en"),
        ("M23 captures Goma", "en"),
        ("Kharkiv, Kupiansk and Vovchansk shelled", "en"),
        ("SDF, YPG repel attack near Kobani", "en"),
        ("قوات المعارضة تدخل مدينة حماة", "ar"),
        ("Силы обороны освободили Купянск, сообщил генштаб", "ru"),
        ("Les forces du régime se sont retirées de la ville, a annoncé l'Observatoire.", "fr"),
        ("Die Armee zog sich am Samstag aus Aleppo zurück, teilte das Ministerium mit.", "de"),
        ("Las fuerzas del régimen se retiraron de la ciudad", "es"),
        ("", "und"),
        ("12:45 – 7/12", "und"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language
