"""The bare floor: the least that any Flask application does for the same three cells, to measure ours against.

Signed cookie, one look-up of the session row, one statement, and the product's own templates with the product's own
values. No ORM, no rules, no seals, no CSRF check: a bound that cannot be reached, not a way to build it.
"""

import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, abort, g, render_template, request, session, template_rendered

from pyramid_app.app import create_app
from pyramid_app.base.config import Settings

PLAN = "PYRAMID_BENCH_PLAN"
"""The variable that names the file with the plan of this bench."""

TABLES = (
    "CREATE TABLE visit (token bytea PRIMARY KEY, person_id integer NOT NULL)",
    "CREATE TABLE answer (path text, person_id integer, chosen text NOT NULL, PRIMARY KEY (path, person_id))",
    "CREATE TABLE line (path text, position integer, words text NOT NULL, PRIMARY KEY (path, position))",
)
FIND_VISIT = sa.text("SELECT person_id FROM visit WHERE token = :token")
FIND_LINES = sa.text("SELECT words FROM line WHERE path = :path ORDER BY position")
CAST = sa.text(
    "INSERT INTO answer (path, person_id, chosen) VALUES (:path, :person_id, :chosen)"
    " ON CONFLICT (path, person_id) DO UPDATE SET chosen = excluded.chosen"
)


@dataclass(frozen=True)
class Page:
    """A page of the product: its template, and the values that the product gave to it."""

    template: str
    values: dict[str, Any]


def token_of(cookie_value: str) -> bytes:
    """What the floor's session row is found by."""
    return sha256(cookie_value.encode()).digest()


def lay(url: str, tokens: list[str], paths: list[str], words: list[str]) -> None:
    """The floor's tables: everybody signed in, and each page's lines."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for table in TABLES:
            connection.execute(sa.text(table))
        visits = [{"token": token_of(token), "person_id": number} for number, token in enumerate(tokens)]
        connection.execute(sa.text("INSERT INTO visit VALUES (:token, :person_id)"), visits)
        lines = [{"path": p, "position": n, "words": w} for p in paths for n, w in enumerate(words)]
        connection.execute(sa.text("INSERT INTO line VALUES (:path, :position, :words)"), lines)
    engine.dispose()


def serving() -> Flask:
    """The floor as gunicorn runs it; the plan says where its database and the product's pages are."""
    plan = json.loads(Path(os.environ[PLAN]).read_text())
    product = create_app(Settings())
    pages = {path: watch(product, path, cookie) for path, cookie in plan["pages"].items()}
    return build(product, sa.create_engine(plan["floor"], pool_size=10), pages, plan["cast"])


def watch(product: Flask, path: str, cookie: str) -> Page:
    """Let the product make the page once, and look at what it gives to its template."""
    seen: list[Page] = []

    def remember(_sender: Flask, template: Any, context: dict[str, Any], **_: Any) -> None:
        # Those three belong to a request: the floor has its own.
        values = {name: value for name, value in context.items() if name not in {"g", "request", "session"}}
        seen.append(Page(template.name, values))

    with template_rendered.connected_to(remember, product):
        answer = product.test_client(use_cookies=False).get(path, headers={"Cookie": cookie})
    if answer.status_code != 200:
        raise RuntimeError(f"The product answers {path} with {answer.status_code}.")
    # The page itself comes last: parts that are templates of their own are done before it.
    return seen[-1]


def build(product: Flask, engine: sa.Engine, pages: dict[str, Page], cast_path: str) -> Flask:
    """The same addresses and the same template environment, with three small views behind them."""
    floor = Flask("floor", static_folder=None)
    floor.config.update(product.config)
    floor.extensions = product.extensions
    floor.jinja_env = product.jinja_env
    for rule in product.url_map.iter_rules():
        floor.url_map.add(rule.empty())
    reading = engine.execution_options(isolation_level="AUTOCOMMIT")
    addresses = product.url_map.bind("")

    def show(**_: str) -> str:
        page = pages[request.path]
        with reading.connect() as connection:
            # The result page is for anyone: without a cookie there is nobody to look up.
            if "_user_id" in session:
                who_is_here(connection)
            connection.execute(FIND_LINES, {"path": request.path}).all()
        g.area, g.actor, g.now = (page.values[name] for name in ("area", "actor", "now"))
        return render_template(page.template, **page.values)

    def cast(**_: str) -> Response:
        chosen = "&".join(value for name, value in request.form.items() if name != "csrf_token")
        with engine.begin() as connection:
            person_id = who_is_here(connection)
            connection.execute(CAST, {"path": request.path, "person_id": person_id, "chosen": chosen})
        return Response(status=303, headers={"Location": request.path})

    for path in pages:
        floor.view_functions[addresses.match(path)[0]] = show
    floor.view_functions[addresses.match(cast_path, method="POST")[0]] = cast
    return floor


def who_is_here(connection: sa.Connection) -> int:
    """The person of this signed cookie; 401 without a row."""
    found = connection.execute(FIND_VISIT, {"token": token_of(session.get("_user_id", ""))}).scalar()
    return abort(401) if found is None else int(found)
