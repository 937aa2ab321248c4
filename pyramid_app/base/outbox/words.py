"""Letters are rendered by a plain Jinja of their own: no request, no HTML, the same words in web and scheduler.

A letter template is text: its first line is the subject, its second the one line (for a text message or a list),
then a blank line and the body.
"""

from dataclasses import dataclass, replace
from functools import cache, partial

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pyramid_app.base.paths import folder
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import day, long_date, moment, sentence


@dataclass(frozen=True)
class Words:
    """What a letter says."""

    subject: str
    one_line: str
    text: str


def render_letter(name: str, language: str = "en", /, **facts: object) -> Words:
    """The words of ``templates/letters/<name>.txt``. Line breaks in the subject are squeezed out."""
    text = _environment().get_template(f"{name}.txt").render(_=partial(sentence, language=language), **facts)
    subject, one_line, body = (*text.strip().split("\n", 2), "", "")[:3]
    return Words(" ".join(subject.split())[:200], " ".join(one_line.split())[:200], body.strip() + "\n")


STOP = Say("Stop these letters with one click:")


def with_stop(words: Words, link: str, language: str) -> Words:
    """The same letter with the way to stop such letters at its end. The one line of a text message stays short."""
    return replace(words, text=f"{words.text}\n{sentence(STOP, language)}\n{link}\n")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder("templates") / "letters"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701  letters are plain text
    )
    environment.filters.update(day=day, long_date=long_date, moment=moment)
    return environment
