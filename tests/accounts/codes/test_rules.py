"""Codes as they are drawn and typed, and whose tries count: pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.accounts.codes.making import digits, new_code
from pyramid_app.accounts.codes.rules import LONG, NETWORKS, SHORT, may_try
from pyramid_app.base.keyed import keyed, same

MOST = 5


@pytest.mark.parametrize("length", [SHORT, LONG])
def test_a_code_has_so_many_digits_and_spaces_do_not_matter(length):
    code = new_code(length)
    assert len(code) == length
    assert digits(f" {code[:3]} {code[3:]} ") == code


@pytest.mark.parametrize("typed", ["١٧٨٢١٠", "۱۷۸۲۱۰", "१७८२१०", "১৭৮২১০", "１７８２１０", "178-210", "17 82 10"])
def test_a_code_may_be_typed_on_any_keyboard(typed):
    assert digits(typed) == "178210"


def test_the_same_code_for_another_ask_or_secret_has_another_mark():
    mark = keyed("secret", "code", "ask", "123456")
    assert same(mark, keyed("secret", "code", "ask", "123456"))
    assert not same(mark, keyed("secret", "code", "other", "123456"))
    assert not same(mark, keyed("other", "code", "ask", "123456"))
    assert not same(mark, keyed("secret", "link", "ask", "123456"))


@given(st.dictionaries(st.sampled_from([f"network {n}" for n in range(40)]), st.integers(1, MOST)))
def test_nobody_elsewhere_can_use_up_the_tries_of_who_asked(wrong):
    assert may_try(wrong, "hers", "hers", MOST)


@given(st.lists(st.integers(0, 100), max_size=400))
def test_all_others_together_have_so_many_tries_and_no_more(networks):
    wrong, taken = {}, 0
    for where in map(str, networks):
        if may_try(wrong, where, "hers", MOST):
            wrong[where] = wrong.get(where, 0) + 1
            taken += 1
    assert taken <= MOST * NETWORKS
    assert max(wrong.values(), default=0) <= MOST
