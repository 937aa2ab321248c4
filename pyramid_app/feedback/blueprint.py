"""The one blueprint of this package; the routes of families and of the desk hang on it."""

from flask import Blueprint

blueprint = Blueprint("feedback", __name__)
