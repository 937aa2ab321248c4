"""Languages that families here speak, each by its own name. Pure data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """Its name in its own script, and which way it is written."""

    name: str
    right_to_left: bool = False
    english: str = ""


LANGUAGES = {
    "en": Language("English", english="English"),
    "so": Language("Soomaali", english="Somali"),
    "ar": Language("العربية", True, english="Arabic"),
    "bn": Language("বাংলা", english="Bengali"),
    "tr": Language("Türkçe", english="Turkish"),
    "pl": Language("Polski", english="Polish"),
    "uk": Language("Українська", english="Ukrainian"),
    "ti": Language("ትግርኛ", english="Tigrinya"),
    "fa": Language("فارسی", True, english="Farsi"),
    "ur": Language("اردو", True, english="Urdu"),
    "zh": Language("中文", english="Chinese"),
    "es": Language("Español", english="Spanish"),
    "fr": Language("Français", english="French"),
    "pt": Language("Português", english="Portuguese"),
}
OTHER = "und"
"""A language that is not in the table: the code says so to browsers, too."""


def is_language(code: str) -> bool:
    return code in LANGUAGES or code == OTHER
