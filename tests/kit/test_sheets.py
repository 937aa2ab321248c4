"""Files for a spreadsheet: whatever a table is called, it can be fetched."""

from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.kit.sheets import Sheet, xlsx

NAMES = st.one_of(st.text(max_size=60), st.text("'a 😀[", min_size=25, max_size=40))


@given(st.lists(NAMES, max_size=3))
def test_a_workbook_is_made_whatever_its_sheets_are_called(names):
    assert xlsx([Sheet(name, ["a"], []) for name in [*names, *names, "x"]])


def test_a_name_that_is_cut_at_an_apostrophe_ends_before_it():
    assert xlsx([Sheet("How often is your young person's bus late?", ["a"], [])])
    assert xlsx([Sheet("How often is your young person" + "'" * 9, ["a"], [])] * 12)
