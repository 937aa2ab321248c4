"""The room's blueprint; its views lie in the modules that ``routes`` gathers."""

from flask import Blueprint

blueprint = Blueprint("polls", __name__)
