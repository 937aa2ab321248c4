"""The one blueprint of this package; its rooms hang their routes on it."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
