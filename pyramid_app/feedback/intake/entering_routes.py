"""Writing down what somebody said by phone, on paper or at a meeting: one of them, or many in one go."""

from flask import Response, request

from pyramid_app.accounts import queries as people
from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import Form
from pyramid_app.base.web.guard import link_workers
from pyramid_app.base.web.render import render, see_other
from pyramid_app.base.web.sizes import one_size
from pyramid_app.feedback import queries
from pyramid_app.feedback.blueprint import blueprint
from pyramid_app.feedback.intake import service
from pyramid_app.feedback.intake.forms import OccasionForm, SaidForm, all_errors
from pyramid_app.feedback.intake.room import room_for_several
from pyramid_app.feedback.intake.rules import MOST_AT_ONCE, Entry
from pyramid_app.kit.texts.numbers import whole


@blueprint.route("/desk/enter", methods=["GET", "POST"])
@link_workers
@one_size(room_for_several, {"POST"})
def enter() -> Response:
    """What others said, each with a block of its own; "Add another" keeps all that is typed and stores nothing."""
    form, blocks = OccasionForm(), [SaidForm(number) for number in range(_how_many())]
    if "add" in request.form and len(blocks) < MOST_AT_ONCE:
        blocks.append(SaidForm(len(blocks), formdata=None))
    elif form.validate_on_submit() & _all_fit(blocks):
        try:
            refs = _enter(form, blocks)
        except errors.Invalid as refused:
            take(refused, form, blocks)
        else:
            return see_other("feedback.entered", refs=",".join(refs))
    found = {} if "add" in request.form else all_errors(form, blocks)
    return render(
        "feedback/intake/enter.html", "main", form=form, people=blocks, summary={"errors": found},
        most=MOST_AT_ONCE, status=422 if found else 200,
    )  # fmt: skip


@blueprint.get("/desk/enter/kept")
@link_workers
def entered() -> Response:
    """The references to pass on, and when each hears."""
    refs = request.args.get("refs", "").split(",")[:MOST_AT_ONCE]
    voices = [voice for ref in refs if (voice := queries.find_voice(house.reading(), ref))]
    return render("feedback/intake/entered.html", voices=voices)


def _all_fit(blocks: list[SaidForm]) -> bool:
    """Every block is looked at, so that all that is wrong is said at once."""
    fit = {block.validate() for block in blocks} if request.method == "POST" else {False}
    return fit == {True}


def _how_many() -> int:
    """How many blocks this page has."""
    return min(max(whole(request.form.get("blocks")) or 1, 1), MOST_AT_ONCE)


def _enter(form: OccasionForm, blocks: list[SaidForm]) -> list[str]:
    """Keep all that was written; blocks without any word are left out. Raises ``Invalid`` by the box it is about."""
    written = [block for block in blocks if not block.is_empty] or blocks[:1]
    entries = [entry_of(block) for block in written]
    try:
        with house.acting() as work:
            voices = service.enter(work, entries, form.occasion(), form.form_id.data or "")
    except errors.Invalid as refused:
        raise errors.Invalid({_where(name, written): say for name, say in refused.fields.items()}) from refused
    return [voice.ref for voice in voices]


def _where(name: str, written: list[SaidForm]) -> str:
    """The service counts entries, the page counts blocks."""
    if not name.startswith("said-"):
        return name
    _said, number, box = name.split("-", 2)
    return f"said-{written[int(number)].number}-{box}"


def entry_of(block: SaidForm) -> Entry:
    """Raises ``Invalid`` at the block's own boxes."""
    typed = (block.address.data or "").strip()
    try:
        address = people.normal_address(typed, house.house().channels)[1] if typed else ""
    except errors.Invalid as refused:
        raise errors.Invalid({f"said-{block.number}-address": refused.reason}) from refused
    return block.entry(address)


def take(refused: errors.Invalid, form: Form, blocks: list[SaidForm]) -> None:
    """Each refusal beside the box it is about."""
    of_the_page = {name: say for name, say in refused.fields.items() if not name.startswith("said-")}
    if of_the_page:
        form.take(errors.Invalid(of_the_page))
    for block in blocks:
        block.take_own(refused)
