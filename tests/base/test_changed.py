"""``make check`` looks where something changed."""

from tests.support.changed import folders

THERE = ["base", "kit", "laws", "meetings", "polls"]


def test_the_laws_are_always_looked_at():
    assert folders([], THERE) == ["tests/laws"]
    assert folders(["README.md", "tests/conftest.py", "tests/support/post.py", "static/area.css"], THERE) == [
        "tests/laws"
    ]


def test_code_templates_and_tests_name_their_package():
    changed = ["pyramid_app/meetings/exercises/rules.py", "templates/polls/paper.html", "tests/kit/test_qr.py"]
    assert folders(changed, THERE) == ["tests/kit", "tests/laws", "tests/meetings", "tests/polls"]
    assert folders(["pyramid_app/pages/routes.py"], THERE) == ["tests/laws"], "a package without tests"
