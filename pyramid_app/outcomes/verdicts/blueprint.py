"""The one blueprint of this room."""

from flask import Blueprint

blueprint = Blueprint("verdicts", __name__)
