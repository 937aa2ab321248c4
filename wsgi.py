"""The door for a WSGI server: ``gunicorn wsgi:app``."""

from pyramid_app import create_app

app = create_app()
