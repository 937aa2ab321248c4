"""A member, and browsers in networks of their own."""

import pytest

from tests.builders import a_member, the_area

ADDRESS = "amina@example.org"


@pytest.fixture
def amina(act):
    with act() as work:
        the_area(work)
        return a_member(work, ADDRESS)


@pytest.fixture
def browser_in(new_browser):
    """``browser_in(7)``: a browser in the network 10.0.7.0/24."""

    def make(network):
        browser = new_browser()
        browser.client.environ_base["REMOTE_ADDR"] = f"10.0.{network}.1"
        return browser

    return make
