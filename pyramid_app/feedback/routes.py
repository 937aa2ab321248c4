"""The doors of this package, room by room: how words come in, and the desk."""

from pyramid_app.feedback.blueprint import blueprint
from pyramid_app.feedback.checking import routes as checking
from pyramid_app.feedback.filing import routes as filing
from pyramid_app.feedback.filing import topic_routes
from pyramid_app.feedback.holding import routes as holding
from pyramid_app.feedback.intake import entering_routes, list_routes, mail_routes, own_routes
from pyramid_app.feedback.intake import routes as intake
from pyramid_app.feedback.own_child import routes as own_child

__all__ = [
    "blueprint",
    "checking",
    "entering_routes",
    "filing",
    "holding",
    "intake",
    "list_routes",
    "mail_routes",
    "own_child",
    "own_routes",
    "topic_routes",
]
