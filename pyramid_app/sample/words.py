"""What the sample's families say and what they are told. All of it is made up; none of it is about a real place."""

from dataclasses import dataclass, field

AREA = {
    "name": "Sampleborough",
    "host": "the Sampleborough SEND partnership",
    "team": "SEND team",
    "sender_name": "Sampleborough families",
    "sender_address": "families@sampleborough.example.org",
    "reply_to": "send-team@sampleborough.example.org",
    "phone": "020 7946 0000",
    "hours": "Monday to Friday, 9 am to 4 pm",
    "advice_name": "Sampleborough SENDIASS (sample)",
    "advice_contact": "020 7946 0001",
    "complaints_address": "complaints@sampleborough.example.org",
    "advice_mailbox": "advice@sampleborough.example.org",
    "plan_team_name": "Sampleborough plan team (sample)",
    "plan_team_mailbox": "plans@sampleborough.example.org",
    "complaints_name": "Sampleborough complaints team (sample)",
    "complaints_mailbox": "complaints@sampleborough.example.org",
    "duty_address": "duty@sampleborough.example.org",
    "brand_colour": "#3d3a8c",
    "sample": True,
}

FAMILIES = 44
CONSULTATIVE = 6
REPRESENTATIVES = ("Rosa", "Yusuf", "Bea", "Tunde", "Mai", "Colm", "Nadia", "Greta")


@dataclass(frozen=True)
class Heard:
    """One family's words, so many days ago; ``family`` is the number of the sample family, ``quote``: may be shown."""

    days_ago: int
    family: int
    words: str
    quote: bool = True


@dataclass(frozen=True)
class Answered:
    """What the officer answered to a topic, so many days ago. ``fields`` are those of ``outcomes.service.publish``."""

    days_ago: int
    answer: str
    fields: dict[str, str] = field(default_factory=dict)
    next_word_in: int | None = None


@dataclass(frozen=True)
class Story:
    """A topic, what it touches, what was said, and what came of it. ``word_in``: days from today to the next word."""

    title: str
    summary: str
    commitments: tuple[int, ...]
    heard: tuple[Heard, ...]
    answered: tuple[Answered, ...] = ()
    word_in: int = 30
    outside: str | None = None


LETTERS = Story(
    "Letters we can understand",
    "Families said that letters about plans are long and full of words nobody uses at home.",
    (5,),
    (
        Heard(330, 1, "I read the letter four times and still did not know if it was a yes."),
        Heard(326, 2, "Please put what you decided at the top, not on page three."),
        Heard(320, 3, "My mum helps me with the letters and she could not follow it either.", quote=False),
        Heard(318, 4, "Too many short names for things. I had to look up every second word."),
    ),
    (
        Answered(
            280,
            "done",
            {
                "you_said": "Letters are long, and the decision is hard to find.",
                "we_did": "Every decision letter now starts with the decision, in one sentence. Eight parents read the"
                " new letter before we used it, and we changed it after that.",
                "for_families": "The first line of your next letter tells you yes or no. The last line is a name and a"
                " number you can ring.",
                "evidence": "https://www.example.org/sample/new-decision-letter",
            },
        ),
    ),
)

HELPERS = Story(
    "One more helper on each bus",
    "Families asked for a second helper on buses with many young children.",
    (9,),
    (
        Heard(214, 5, "One person can't drive and calm six children."),
        Heard(212, 6, "My son needs somebody next to him, not just a driver looking in the mirror."),
        Heard(210, 7, "A second helper would mean he arrives ready to learn."),
    ),
    (
        Answered(
            160,
            "can't",
            {
                "you_said": "A second helper on each bus would make the ride calm.",
                "we_did": "We asked for it and it costs more than we have this year.",
                "reason": "A second helper on every bus costs more than the whole bus budget has left this year.",
                "instead": "Where a child's plan says they need somebody beside them, they get it. Tell us if it does"
                " not happen.",
                "for_families": "If your child's plan says one-to-one on the bus, ask us and it is there within two"
                " weeks.",
            },
        ),
    ),
)

THERAPY = Story(
    "Waiting for speech therapy",
    "Families said the wait is long and nobody tells them how long.",
    (12,),
    (
        Heard(130, 8, "We were told six weeks. It has been five months and nobody rings."),
        Heard(126, 9, "I don't mind waiting if somebody tells me how long."),
        Heard(122, 10, "What can I do at home while we wait? Nobody said."),
        Heard(118, 11, "The waiting list letter came after the first visit."),
        Heard(30, 12, "Still waiting, but now I know my number in the line. That helps a bit."),
    ),
    (
        Answered(
            12,
            "working on it",
            {
                "you_said": "Nobody tells us how long we wait for speech therapy.",
                "we_did": "The NHS therapy team now writes to every family on the list each month with the number of"
                " weeks left. Two new therapists start after Easter.",
                "for_families": "You should get a message in the first week of each month. If you don't, tell us.",
            },
            next_word_in=40,
        ),
    ),
    word_in=-20,
)

BUSES = Story(
    "School buses that come on time",
    "Families said the bus comes at a new time each day.",
    (9, 10),
    (
        Heard(44, 13, "The bus comes at a new time each day. He can't cope with that."),
        Heard(43, 14, "I was late for work three times last week because of the bus."),
        Heard(41, 15, "When it is late nobody tells us. We stand in the rain."),
        Heard(39, 16, "A text would be enough. Just tell me it is late.", quote=False),
        Heard(38, 17, "The driver is kind. The times are not."),
        Heard(36, 18, "She gets sick when she has to wait without knowing."),
    ),
    word_in=21,
)

BREAKS = Story(
    "Places at short breaks",
    "Families said the places are gone before they hear about them.",
    (14,),
    (
        Heard(60, 19, "The places were gone before the newsletter came."),
        Heard(58, 20, "Why is it first come first served? Working parents can't ring at nine."),
        Heard(52, 21, "We have had no break since last summer."),
    ),
    word_in=-1,
)

STORIES = (LETTERS, HELPERS, THERAPY, BUSES, BREAKS)

NEW = (
    Heard(2, 22, "The new bus company rang me before the first day. That was really good."),
    Heard(1, 23, "The playground at the youth club has a step. My daughter uses a chair and can't get in."),
    Heard(0, 24, "Could the coffee morning be in the evening once? I work."),
)
OWN_CHILD = "They want to stop my son's transport from next month and I don't know what to do."

ASKED = {
    "title": "How shall we tell you that the bus is late?",
    "why": "Six families told us that the bus is often late and nobody says so. We can change how you hear about it.",
    "who_decides": "The head of school transport, with the SEND Board",
    "where_decided": "At the SEND Board",
    "can_change": "How you are told, and how early.",
    "cannot_change": "How many buses there are this year.",
    "next_what": "what the head of school transport decided, and why",
}
ASKED_QUESTION = "What would help you most when the bus is late?"
ASKED_OPTIONS = (
    ("A text message", "To the phone number you give the bus team", 19),
    ("A phone call", "From the driver's helper", 3),
    ("A page I can look at", "Shows where the bus is now", 9),
    ("A message in the school's app", "Only for schools that have one", 2),
)
ASKED_NOT_SURE = 3

ASKED_RANKING = "What matters most to you on the way to school?"
ASKED_RANKED = (
    ("That we know when it comes", "On time, or we hear that it is late"),
    ("That it is calm", "Few children, little noise"),
    ("That the driver knows my child", "The same person each day"),
)
ASKED_VIEWS = "What do you think of these?"
ASKED_STATEMENTS = (
    "I would rather have a late message than none.",
    "It is fine if the school tells me, and not the driver.",
    "My child can manage if the bus is ten minutes late.",
)
ASKED_SHORTER = "The bus contract was decided that month."

OPEN = {
    "title": "When should the late-bus message come?",
    "why": "Most of you chose a text message. Now we need to know when it helps.",
    "who_decides": "The head of school transport",
    "where_decided": "In the transport office, with two of your reps there",
    "can_change": "The time of the message, and who it goes to.",
    "cannot_change": "The message is a text: that is decided.",
    "next_what": "when the text messages start",
}
OPEN_QUESTIONS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "How late must the bus be before we text you?",
        (
            ("5 minutes", "You may get many messages"),
            ("10 minutes", "Most families would hear twice a month"),
            ("15 minutes", "Only when it is really late"),
        ),
    ),
    (
        "Who should get the message? Choose up to two.",
        (
            ("The parent who is at home", "The first number on our list"),
            ("Both parents", "Both numbers on our list"),
            ("The school", "So that they know your child is on the way"),
        ),
    ),
    ("What else should we know about late buses?", ()),
)
OPEN_WORDS = (
    "A message at seven is too early. We are not up then.",
    "Please write in Somali too.",
    "My son waits at the door from half past seven.",
)
LOOKS = (
    (True, ""),
    (False, "It does not say that some families have no phone."),
)
