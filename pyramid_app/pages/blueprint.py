"""The one blueprint of this package."""

from flask import Blueprint

blueprint = Blueprint("pages", __name__)
