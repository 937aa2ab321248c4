"""Who gives and ends roles, and who says that somebody is away. One lead is enough; the other leads are told."""

from uuid import UUID

from pyramid_app.base.actor import YES, Actor, Role, Verdict, no


def may_run_staff(actor: Actor) -> Verdict:
    """A lead, or a command."""
    return YES if actor.is_lead or actor.system else no("Only a lead can do this.")


def may_readdress(actor: Actor) -> Verdict:
    """A command: whoever may move an account to another mailbox could sign in as anybody."""
    return YES if actor.system else no("Only whoever runs this machine can do this.")


def may_end(actor: Actor, person_id: UUID) -> Verdict:
    """Nobody ends their own part, so that no lead locks herself out."""
    allowed = may_run_staff(actor)
    if allowed and actor.person_id == person_id:
        return no("You can't end your own part. Ask another lead.")
    return allowed


def may_take(actor: Actor, person_id: UUID, role: Role) -> Verdict:
    """Nobody takes the lead from herself, for the same reason."""
    allowed = may_run_staff(actor)
    if allowed and role is Role.LEAD and actor.person_id == person_id:
        return no("You can't stop being a lead by yourself. Ask another lead.")
    return allowed


def may_say_away(actor: Actor, person_id: UUID) -> Verdict:
    """Every officer for herself, a lead for anybody."""
    mine = actor.is_officer and actor.person_id == person_id
    return YES if mine or actor.is_lead or actor.system else no("Only they or a lead can say this.")
