"""A sample charter, written with the software: an area replaces it with what its own parents draft and ratify."""

from pyramid_app.charter.service import PrincipleDraft, PromiseDraft

INTRODUCTION = (
    "This is a sample charter. It was written with the software, not by parents here. When parents and services here"
    " have agreed their own, it takes this place."
)

COUNCIL, NHS, SCHOOLS, ALL = "council", "nhs", "schools", "partnership"

PRINCIPLES = (
    PrincipleDraft(
        "We listen",
        "You know your child best. We ask you first.",
        (
            PromiseDraft(
                ALL,
                "We ask parents before we change something that matters to them.",
                "Every change names the question we asked, and when.",
            ),
            PromiseDraft(
                COUNCIL,
                "When you tell us something, a person answers within 10 working days.",
                "We count the days and show them.",
            ),
            PromiseDraft(
                ALL,
                "We tell you what came of it, also when the answer is no.",
                "The told rate on the first page.",
            ),
        ),
    ),
    PrincipleDraft(
        "We speak plainly",
        "Nobody should need help to read a letter about their own child.",
        (
            PromiseDraft(
                SCHOOLS,
                "Schools tell you early when something changes for your child.",
                "Once a year we ask you if it happened.",
            ),
            PromiseDraft(
                COUNCIL,
                "Our letters say in the first line what we decided.",
                "Eight parents read a handful of letters each term.",
            ),
        ),
    ),
    PrincipleDraft(
        "We keep to time",
        "Waiting without knowing is the hardest part.",
        (
            PromiseDraft(
                COUNCIL,
                "If a plan will be late, we tell you before the day, not after it.",
                "We count the late ones and how many families knew before.",
            ),
            PromiseDraft(
                COUNCIL,
                "You can ring one named person about your child's plan.",
                "Once a year we ask you if it is true.",
            ),
            PromiseDraft(
                ALL, "Every step we promise has a date and a name.", "Late dates stay on the website with the reason."
            ),
        ),
    ),
    PrincipleDraft(
        "Getting there is part of it",
        "A calm ride makes a good day.",
        (
            PromiseDraft(
                COUNCIL,
                "School transport comes within ten minutes of its time.",
                "The bus companies' own times, once a month.",
            ),
            PromiseDraft(
                COUNCIL, "If the bus is late, somebody tells you.", "We ask the families who use it, once a term."
            ),
        ),
    ),
    PrincipleDraft(
        "Health and school work together",
        "You should not have to tell your story five times.",
        (
            PromiseDraft(
                NHS,
                "One report goes to everyone who helps your child, if you say yes.",
                "Once a year we ask you if you had to repeat yourself.",
            ),
            PromiseDraft(
                NHS,
                "While you wait for therapy, you know how long, and what you can do at home.",
                "The therapy team's waiting list, once a month.",
            ),
            PromiseDraft(
                SCHOOLS,
                "School staff have read the plan before your child's first day.",
                "Once a year we ask you if it happened.",
            ),
        ),
    ),
    PrincipleDraft(
        "Families need a break",
        "Looking after somebody goes better when you have slept.",
        (
            PromiseDraft(
                COUNCIL,
                "Everybody hears about short breaks on the same day, and has a week to ask.",
                "The day we wrote, and the day places were given.",
            ),
            PromiseDraft(
                COUNCIL,
                "Some places can be booked in the evening and at the weekend.",
                "How many places, and how many were asked for.",
            ),
        ),
    ),
)
