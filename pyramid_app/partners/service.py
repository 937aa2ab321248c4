"""Naming the partners of an area."""

from pyramid_app.base.work import Work
from pyramid_app.partners.models import Partner
from pyramid_app.partners.rules import Did

USUAL = (
    ("council", "The council"),
    ("nhs", "The NHS"),
    ("schools", "Schools and colleges"),
    ("forum", "The parent carer forum"),
    ("partnership", "All partners together"),
)


def add_partner(work: Work, slug: str, name: str, position: int) -> Partner:
    """A body that makes promises. ``slug`` never changes; two with one slug: the act fails whole."""
    partner = Partner(slug=slug, name=name, position=position)
    work.session.add(partner)
    work.session.flush()  # commitments point to it in the same act
    work.record(Did.ADDED, f"partner:{slug}")
    return partner


def lay_partners(work: Work) -> None:
    """The bodies that most partnerships have; an area renames them."""
    for position, (slug, name) in enumerate(USUAL):
        add_partner(work, slug, name, position)
