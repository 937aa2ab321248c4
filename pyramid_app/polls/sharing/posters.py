"""What a poll's poster says in one language; ``kit.paper`` sets it."""

from pyramid_app.kit.charts import qr_svg
from pyramid_app.kit.paper import Poster
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import sentence
from pyramid_app.polls.sharing import words
from pyramid_app.polls.sharing.packs import Pack


def poster_of(pack: Pack) -> Poster:
    """Its sentences, in the order in which somebody in front of a wall needs them."""
    facts, area = pack.facts, pack.area

    def said(*all_said: Say) -> tuple[str, ...]:
        return tuple(sentence(one, pack.language) for one in all_said)

    return Poster(
        language=pack.language,
        colour=area.brand_colour,
        area=area.name,
        greeting=sentence("We want to hear from you", pack.language),
        title=facts.title,
        otherwise=sentence("A question for you", pack.language),
        lines=said(words.how_long(facts), *words.opening(facts), *words.who(facts)),
        until=sentence(words.until(facts), pack.language),
        code=qr_svg(facts.link),
        code_words=pack.code_words,
        scan=sentence("Point your phone's camera at this code.", pack.language),
        type_it=sentence("Or type this address into your phone:", pack.language),
        link=facts.link.removeprefix("https://"),
        address=facts.link,
        promises=said(*_promises(pack)),
        host=sentence(Say("Run by {host}.", host=area.host), pack.language),
    )


def _promises(pack: Pack) -> list[Say]:
    kept = [Say("No one in the {team} can see your answer.", team=pack.area.team)]
    if pack.facts.next_by:
        kept.append(Say("We will tell you what happens by {day}.", day=pack.facts.next_by))
    return kept
