"""A link worker writes down what families say, and sees nothing else of the desk."""

from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.rules import PersonKind
from pyramid_app.base.actor import Role


def test_she_enters_for_others_and_the_desk_stays_closed(browser, act, sam):
    with act() as work:
        lina = accounts.add_person(work, PersonKind.STAFF, "Lina", "link worker")
        accounts.add_contact_point(work, lina.id, "lina@example.org")
        accounts.give_role(work, lina.id, Role.LINK_WORKER)
    browser.sign_in(lina, staff=True).get("/").follow("Write it down")
    browser.press("Keep it", **{"consent": "said yes on the phone", "said-0-words": "The bus never comes."})
    assert "Please tell them: your reference is" in browser.text
    assert "Look at" not in browser.text
    for path in ("/desk", "/desk/enter/list", "/desk/enter/mail", "/desk/people"):
        assert browser.get(path).status == 404, path
