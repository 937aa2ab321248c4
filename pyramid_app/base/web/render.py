"""One template, a page or some of its blocks: ``render("polls/show.html", "paper", poll=poll)``."""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from typing import Any

from flask import Flask, Response, make_response, render_template, url_for
from flask_htmx import HTMX
from flask_wtf.csrf import generate_csrf
from jinja2 import ChainableUndefined
from markupsafe import Markup

from pyramid_app.base.paths import folder
from pyramid_app.base.web.assets import STAMP
from pyramid_app.base.web.house import actor, area, now
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import clock_time, day, london_date, long_date, moment, redline, sentence
from pyramid_app.kit.texts.changes import changes

FRONT_END = f"vendor/{STAMP}"

htmx = HTMX()


def wants_fragment() -> bool:
    """htmx asked for a part of this page; a boosted link or a restored history entry wants all of it."""
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render(template: str, *blocks: str, status: int = 200, **values: Any) -> Response:
    """The page, or, for htmx, only the named blocks of the same template."""
    layout = "layouts/fragment.html" if blocks and wants_fragment() else "layouts/page.html"
    response = make_response(render_template(template, layout=layout, blocks=blocks, **values), status)
    response.vary.add("HX-Request")
    return response


def see_other(endpoint: str, **values: Any) -> Response:
    """After an act: 303 to the page that shows it (htmx follows it and takes the same blocks)."""
    response = make_response("", 303)
    response.location = url_for(endpoint, **values)
    return response


def asset(name: str) -> str:
    """The address of a static file, with a mark of its content so that it may be kept for a year."""
    return url_for("static", filename=name, v=_mark(name))


@cache
def _mark(name: str) -> str:
    return sha256((folder("static") / name).read_bytes()).hexdigest()[:10]


def translate(say: Say | str, **facts: object) -> str:
    """``_`` in templates. English until an area has more languages."""
    return sentence(say, "en", **facts)


def init(app: Flask) -> None:
    if not (folder("static") / FRONT_END).is_file():
        raise ValueError(
            "The front-end files are missing: run make setup in a checkout, or install a wheel that was built after it."
        )
    htmx.init_app(app)
    # GOV.UK's macros read parameters that may be absent; a test compares what our templates use with what they get.
    app.jinja_env.undefined = ChainableUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(day=day, long_date=long_date, moment=moment, london_date=london_date, lines=lines)
    app.jinja_env.filters.update(clock_time=clock_time)
    app.jinja_env.filters.update(marked=marked, before=redline.before, after=redline.after, changes=changes)
    app.jinja_env.globals.update(
        _=translate, asset=asset, csrf_field=csrf_field, demo_letters=app.config["DEMO_LETTERS"]
    )
    app.context_processor(lambda: {"area": area(), "actor": actor(), "now": now()})


def csrf_field() -> Markup:
    """The hidden field every POST form needs; without an id, so that a page may hold several forms."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def lines(text: str) -> Markup:
    """Somebody's plain words with their line breaks; everything else is escaped."""
    return Markup("<br>").join(text.splitlines())


def marked(words: Iterable[redline.Piece] | str) -> list[Markup]:
    """Two wordings of a text by paragraph, with the words marked that came and went; a text alone has no marks."""
    pieces = [redline.Piece(redline.Kind.SAME, words)] if isinstance(words, str) else words
    said = {"added": translate("Added:"), "removed": translate("Removed:"), "end": translate("End.")}
    return redline.to_read(pieces, **said)
