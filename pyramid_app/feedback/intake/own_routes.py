"""One's own words: where they stand, changing them within the hour, taking them back."""

from flask import Response

from pyramid_app.accounts.forms import OnlyAButton
from pyramid_app.base import errors
from pyramid_app.base.actor import NOBODY, Actor
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.guesses import refuse_guessing, was_wrong
from pyramid_app.base.web.render import render, see_other
from pyramid_app.base.web.sizes import one_size
from pyramid_app.feedback import forgetting, queries, service
from pyramid_app.feedback.author import is_author, remember
from pyramid_app.feedback.blueprint import blueprint
from pyramid_app.feedback.holding import routes as holding
from pyramid_app.feedback.holding.forms import ObjectionForm
from pyramid_app.feedback.holding.permissions import may_object
from pyramid_app.feedback.holding.rules import object_by
from pyramid_app.feedback.intake.forms import MendForm
from pyramid_app.feedback.intake.permissions import may_mend_now, may_take_back
from pyramid_app.feedback.intake.room import room_for_words
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.own_child.screens import handed_of
from pyramid_app.topics import queries as topics


@blueprint.get("/feedback/<ref>")
@anyone
def show(ref: str) -> Response:
    """Where a message stands; never its words."""
    refuse_guessing()
    voice = queries.find_voice(house.reading(), ref.upper())
    if voice is None:
        raise was_wrong()
    topic = topics.get_topic_by_id(house.reading(), voice.topic_id) if voice.topic_id else None
    own = is_author(voice)
    held = holding.author_sees(voice) if own else None
    return render(
        "feedback/show.html", voice=voice, topic=topic, own=own, may_mend=may_mend_now, held=held,
        form=ObjectionForm(formdata=None), may=may_object(held, house.now()) if held else None, object_by=object_by,
        **handed_of(voice),
    )  # fmt: skip


@blueprint.route("/feedback/<ref>/mend", methods=["GET", "POST"])
@anyone
@one_size(room_for_words)
def mend(ref: str) -> Response:
    """Change one's own words, for an hour and while nobody has answered them."""
    voice = _mine(ref)
    may_mend_now(voice, house.now()).enforce()
    form = MendForm(words=queries.own_words(house.reading(), voice.id))
    if form.validate_on_submit():
        try:
            with house.acting(_speaker(voice)) as work:
                service.mend(work, voice.id, form.words.data or "")
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("feedback.show", ref=ref)
    return render("feedback/intake/mend.html", "main", form=form, voice=voice, status=form.status)


@blueprint.route("/feedback/<ref>/take-back", methods=["GET", "POST"])
@anyone
def take_back(ref: str) -> Response:
    """Take one's own words back: first a page that says what that means."""
    voice, form = _mine(ref), OnlyAButton()
    may_take_back(voice).enforce()
    if form.validate_on_submit():
        with house.acting(_speaker(voice)) as work:
            forgetting.take_back(work, voice.id)
        remember(voice)
        return see_other("feedback.show", ref=ref)
    return render("feedback/intake/take_back.html", voice=voice)


def _mine(ref: str) -> Voice:
    """A message of whoever is here. Raises ``NotFound`` for everybody else's."""
    voice = queries.get_voice(house.reading(), ref)
    if not is_author(voice):
        raise errors.NotFound
    return voice


def _speaker(voice: Voice) -> Actor:
    """Whoever left her name out stays nobody in the log."""
    return house.actor() if voice.person_id else NOBODY
