"""The rooms of the charter. A commitment's own page shows several capabilities: it is in ``pages``."""

from pyramid_app.charter.blueprint import blueprint
from pyramid_app.charter.editions import desk_routes, file_routes, routes

__all__ = ["blueprint", "desk_routes", "file_routes", "routes"]
