"""The one blueprint of this package; set-up and calendar hang on it."""

from flask import Blueprint

blueprint = Blueprint("area", __name__)
