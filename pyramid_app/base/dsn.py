"""Reading ``PYRAMID_DATABASE``: which databases there are, and how one on another machine is reached safely. Pure."""

import ipaddress
import ssl
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

FORMS = "PYRAMID_DATABASE must be sqlite:///FOLDER/FILE.db or postgresql://USER:PASSWORD@HOST/DATABASE."
ENCODED = (
    "PYRAMID_DATABASE can't be read: in a user name or password write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23"
    " and % as %25."
)
BUNDLES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
"""Where systems keep the certificates they trust: Debian and its kin, Red Hat and its kin, Alpine and the BSDs."""


def read_dsn(text: str) -> str:
    """The URL as every engine takes it. A server that is not this machine is spoken to under TLS, its certificate
    verified, unless the URL has an ``sslmode`` of its own. Raises ``ValueError`` with a sentence that quotes nothing.
    """
    if not text.startswith(("sqlite:", "postgres:", "postgresql:", "postgresql+psycopg:")):
        raise ValueError(FORMS)
    text = text.replace("postgres:", "postgresql:", 1)
    try:
        url = sa.make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError(ENCODED) from None
    if url.drivername == "sqlite":
        if not url.database or url.host:
            raise ValueError(FORMS)
        return text
    # What was not encoded has slipped from the password into what follows it.
    if not url.database or "@" in f"{url.host}{url.database}":
        raise ValueError(ENCODED if "@" in f"{url.host}{url.database}" else FORMS)
    if "sslmode" in url.query or all(_is_near(host) for host in _hosts(url)):
        return text
    return _verified(url).render_as_string(hide_password=False)


def _verified(url: sa.URL) -> sa.URL:
    roots = {} if "sslrootcert" in url.query else {"sslrootcert": _trusted()}
    return url.update_query_dict({"sslmode": "verify-full", **roots})


def _hosts(url: sa.URL) -> list[str]:
    """Every host the driver may turn to; none at all is the socket of this machine, a service is anywhere."""
    named = [url.host or "", *(url.query.get(name, "") for name in ("host", "hostaddr", "service"))]
    return [host for one in named for words in ((one,) if isinstance(one, str) else one) for host in words.split(",")]


def _is_near(host: str) -> bool:
    """A socket, or a loopback address: what is said there passes no network."""
    if not host or host.startswith(("/", "@")):
        return True
    return is_loopback(host)


def is_loopback(host: str) -> bool:
    """``localhost``, or an address of this machine's own inside; a name is not looked up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _trusted() -> str:
    """The file of the system's certificates. psycopg's own wheel does not know where this system keeps them."""
    found = [ssl.get_default_verify_paths().cafile, *BUNDLES]
    return next((file for file in found if file and Path(file).is_file()), "system")
