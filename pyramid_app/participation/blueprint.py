"""The one blueprint of this package; joining and inviting hang their routes on it."""

from flask import Blueprint

blueprint = Blueprint("participation", __name__)
