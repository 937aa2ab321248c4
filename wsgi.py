"""The door for a WSGI server: ``gunicorn wsgi:app``."""

from pyramid_app.app import serving

app = serving()
