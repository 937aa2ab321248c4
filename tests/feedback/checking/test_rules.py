"""Every message needs a yes or a no."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.feedback.checking.rules import what_is_unsaid

ids = st.lists(st.uuids(), unique=True, max_size=10)


@given(ids, st.data())
def test_what_is_missing_is_named_by_its_number(items: list[UUID], data: st.DataObject):
    said = data.draw(st.sets(st.sampled_from(items))) if items else set()
    unsaid = what_is_unsaid(items, dict.fromkeys(said, True))
    assert bool(unsaid) == (len(said) < len(items))
    if unsaid:
        numbers = str(unsaid[""].facts["numbers"]).split(", ")
        assert [items[int(number) - 1] for number in numbers] == [item for item in items if item not in said]
