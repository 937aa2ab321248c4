"""The rooms of the charter. A commitment's and a draft's own page show several capabilities: they are in ``pages``."""

from pyramid_app.charter.blueprint import blueprint
from pyramid_app.charter.commenting import routes as commenting_routes
from pyramid_app.charter.drafting import routes as drafting_routes
from pyramid_app.charter.editions import desk_routes, file_routes
from pyramid_app.charter.editions import routes as editions_routes
from pyramid_app.charter.handing import link_routes, met_routes
from pyramid_app.charter.handing import routes as handing_routes

__all__ = [
    "blueprint", "commenting_routes", "desk_routes", "drafting_routes", "editions_routes", "file_routes",
    "handing_routes", "link_routes", "met_routes",
]  # fmt: skip
