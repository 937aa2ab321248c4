"""The second net: what may tell who somebody is, what is about one child, and what may be urgent. Pure.

It is a help to the person who writes and to the desk, never a judge: a machine that marks too much is switched off by
those who read it, so that the bus which is late on Monday, the SENCO and the Local Offer must stay unmarked.
Found by patterns alone, in English; every pattern is bounded, so that no text makes it slow.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a place in somebody's words may give away; the word stands in its stead in the cleared text."""

    NAME = "name"
    SCHOOL = "school"
    ADDRESS = "address"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, order=True)
class Span:
    """A place in the words, half-open. Signs that name nobody have no ``kind``."""

    start: int
    end: int
    kind: Kind | None = None


@dataclass(frozen=True)
class Noticed:
    """What the check step shows before anything is sent."""

    who: tuple[Span, ...] = ()
    one_child: tuple[Span, ...] = ()
    urgent: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.who or self.one_child or self.urgent)

    @property
    def all(self) -> list[Span]:
        """Every place once, in order."""
        return list(_apart([*self.who, *self.one_child, *self.urgent]))


def notice(words: str) -> Noticed:
    """All that a writer may want to look at again."""
    return Noticed(tuple(find_who(words)), tuple(_found(ONE_CHILD, words)), tuple(_found(URGENT, words)))


def may_be_urgent(words: str) -> bool:
    """Somebody should read this today."""
    return next(_found(URGENT, words), None) is not None


def find_who(words: str) -> list[Span]:
    """Names, schools, addresses, numbers and days of birth, in order, none inside another.

    A name that is given away once is marked wherever it stands.
    """
    spans = [Span(*found.span(name), kind) for kind, name, found in _matches(words) if found[name]]
    names = {words[span.start : span.end] for span in spans if span.kind is Kind.NAME}
    each = {part for name in names for part in name.split() if _stands_alone(part)}
    return list(_apart([*spans, *_again(words, each | names)]))


def _stands_alone(part: str) -> bool:
    """A part of a name that gives somebody away wherever it stands."""
    return part[:1].isupper() and len(part) > 1 and part not in NO_NAMES and not re.fullmatch(_TITLE, part)


def clear(words: str) -> str:
    """The words with every found place replaced by what it was: ``[name]``. A person decides."""
    return "".join(f"[{span.kind}]" if span else text for text, span in pieces(words, find_who(words)))


def pieces(words: str, spans: Sequence[Span]) -> list[tuple[str, Span | None]]:
    """The words cut at the spans, in order; put together again they are the words."""
    cut, at = list[tuple[str, Span | None]](), 0
    for span in spans:
        cut += [(words[at : span.start], None), (words[span.start : span.end], span)]
        at = span.end
    return [(text, span) for text, span in [*cut, (words[at:], None)] if text]


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """In order, none touching the inside of another: of two, the one that begins first, then the longer."""
    at = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if span.start >= at and span.end > span.start:
            yield span
            at = span.end


def _matches(words: str) -> Iterator[tuple[Kind, str, re.Match[str]]]:
    for kind, pattern in WHO:
        for found in pattern.finditer(words):
            if not _says_nothing(kind, found):
                yield kind, "it", found


def _says_nothing(kind: Kind, found: re.Match[str]) -> bool:
    """Words that look like a name or a school and are none: "The School", "my son Monday"."""
    said = found["it"].replace("’", "'").split()
    if kind is Kind.NAME:
        return said[0].removesuffix("'s") in NO_NAMES or said[-1] in NO_NAMES
    if kind is Kind.SCHOOL:
        before = _word_before(found.string, found.start("it"))
        own = [word for word in said if word[:1].isupper() and word.removesuffix("'s") not in NO_SCHOOLS]
        return not own or any(word.casefold() in ARTICLES for word in (*before, said[0]))
    return False


def _word_before(words: str, at: int) -> list[str]:
    """The word that ends there, if it is a short one."""
    near = words[max(0, at - NEAR) : at].split()
    return near[-1:] if at <= NEAR or len(near) > 1 else []


def _again(words: str, names: set[str]) -> Iterator[Span]:
    """Wherever one of these names stands as whole words; all are looked for at once, however many there are."""
    if not names:
        return
    parts = [found.span() for found in _WORD.finditer(words)]
    most = max(len(_WORD.findall(name)) for name in names)
    for at, (start, _end) in enumerate(parts):
        for _start, end in parts[at : at + most]:
            if words[start:end] in names:
                yield Span(start, end, Kind.NAME)


_WORD = re.compile(r"\w+")


def _found(patterns: Sequence[re.Pattern[str]], words: str) -> Iterator[Span]:
    return _apart(Span(*found.span()) for pattern in patterns for found in pattern.finditer(words))


# What may tell who somebody is ---------------------------------------------------------------------------------------

_CAP = (
    r"(?:[OD]['’])?[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]{1,30}"
    r"(?:[A-Z][a-z]{1,30})?(?:[-'’][A-Z\u00c0-\u00de]?[a-z\u00df-\u00ff]{1,30}){0,2}"
)
"""A word as names are written: a capital, then small letters. EHCP and SENCO are none."""
_NAME = rf"(?P<it>{_CAP}(?:[ \t]{_CAP}){{0,2}})"
_FAMILY = (
    r"(?:sons?|daughters?|child(?:ren)?|boys?|girls?|kids?|twins?|grand(?:son|daughter|child)|nephew|niece"
    r"|brother|sister|husband|wife|partner|mother|father|mum|dad|teenager|toddler|baby|foster (?:son|daughter|child))"
)
_WORKER = r"(?:teacher|head|assistant|TA|LSA|tutor|social worker|case ?worker|key ?worker|therapist|escort|driver)"
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Cllr|Councillor)\.?"
_KEYWORD = (
    r"(?:(?:[Pp]rimary|[Ss]econdary|[Hh]igh|[Ii]nfants?'?|[Jj]unior|[Nn]ursery|[Ss]pecial|[Gg]rammar|[Ff]ree)[ \t])?"
    r"(?:School|school|Academy|academy|College|college)|Primary|Nursery|Infants|Juniors|Grammar|Sixth Form"
    r"|Pre-?[Ss]chool|PRU"
)
_DAY = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
    r"|(?:\d{1,2}(?:st|nd|rd|th)?(?:[ \t]of)?[ \t])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6},?"
    r"[ \t](?:19|20)\d\d|(?:19|20)\d\d)\b"
)
_STREET = (
    r"(?:Road|Rd|Street|St|Avenue|Ave|Lane|Close|Gardens?|Drive|Way|Court|House|Place|Square|Terrace|Crescent|Grove"
    r"|Hill|Row|Mews|Walk|Estate|Buildings|Point|Tower)"
)

WHO: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.ADDRESS, re.compile(r"(?P<it>[^\s@<>()\[\],;:]{1,64}@[^\s@<>()\[\],;:]{1,250}\.\w{1,20})")),
    (Kind.ADDRESS, re.compile(
        r"(?<![A-Za-z0-9])(?P<it>[A-Z]{1,2}\d[A-Z\d]?[ \t]{0,2}\d[A-Z]{2}"
        r"|[a-z]{1,2}\d[a-z\d]?[ \t]{0,2}\d(?!(?:st|nd|rd|th)\b)[abd-hjlnp-uw-z]{2})(?![A-Za-z0-9])")),
    (Kind.ADDRESS, re.compile(
        rf"\b(?P<it>(?:(?:Flat|flat|Apartment)[ \t]\d{{1,4}}[A-Za-z]?,?[ \t])?\d{{1,4}}[A-Za-z]?,?[ \t]"
        rf"(?:{_CAP}[ \t]){{1,3}}{_STREET})\b")),
    (Kind.ADDRESS, re.compile(r"\b(?P<it>(?:[Ff]lat|[Aa]partment)[ \t]\d{1,4}[A-Za-z]?)\b")),
    (Kind.DATE, re.compile(
        rf"\b(?:[Bb]orn|BORN|[Dd]ob|DOB|[Dd]\.o\.b\.?|D\.O\.B\.?|[Dd]ate of [Bb]irth)(?:[ \t]is)?[ \t]?:?[ \t]?"
        rf"(?:on |in )?(?P<it>{_DAY})")),
    (Kind.NUMBER, re.compile(
        r"(?<![\d£$€.,])(?P<it>(?!(?:19|20)\d\d[ ./-]?(?:(?:19|20)\d\d|\d\d)(?!\d)(?![ \t()./-]\d))"
        r"(?!\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?!\d))"
        r"\+?\(?\d(?=(?:[ \t().-]{0,2}\d){5})(?=[\d \t().-]{0,12}\d{3})(?:[ \t().-]{0,2}\d){5,18})")),
    (Kind.NUMBER, re.compile(r"\b(?P<it>[A-Z]{2}[ ]?\d{2}[ ]?\d{2}[ ]?\d{2}[ ]?[A-D])\b")),
    (Kind.SCHOOL, re.compile(
        rf"(?<!\w)(?P<it>(?:(?:St\.?|{_CAP}['’]?)(?:[ \t](?:of|the|and|&|for|in|at))?[ \t]){{1,5}}"
        rf"(?:{_KEYWORD}))(?!\w)")),
    (Kind.SCHOOL, re.compile(rf"\b(?:at|to|from|in|of)[ \t](?P<it>St\.?[ \t]{_CAP}(?:'s|’s)?)(?!\w)")),
    (Kind.NAME, re.compile(
        rf"\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir|[Tt]he)[ \t](?:\w{{1,12}}[ \t]){{0,2}}(?:{_FAMILY}|{_WORKER})"
        rf"[ \t]?(?:,[ \t]?|[ \t](?:is|are|was|who is)[ \t](?:called|named)[ \t]|[ \t]?(?:called|named)[ \t]|[ \t]?)"
        rf"{_NAME}")),
    (Kind.NAME, re.compile(
        rf"\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir)[ \t](?:\w{{1,12}}[ \t]){{0,2}}{_FAMILY}"
        rf"(?:,[ \t]?|[ \t](?:are[ \t])?(?:called[ \t]|named[ \t])?){_CAP},?[ \t](?:and|&)[ \t]{_NAME}")),
    (Kind.NAME, re.compile(rf"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Cc]hild|[Ss]on|[Dd]aughter)(?:'s|’s|[ \t](?:is|are|was))?[ \t]"
                           rf"(?:called|named)[ \t]{_NAME}")),
    (Kind.NAME, re.compile(
        rf"\b(?:[Mm]y|[Hh]is|[Hh]er|[Tt]heir|[Tt]he|(?:[Cc]hild|[Ss]on|[Dd]aughter)(?:'s|’s))"
        rf"(?:[ \t](?:full|first|last))?[ \t]name(?:'s|’s|[ \t]is)[ \t]{_NAME}")),
    (Kind.NAME, re.compile(
        rf"\b(?P<it>(?:{_TITLE}[ \t](?:and|&)[ \t])?{_TITLE}[ \t]{_CAP}(?:[ \t]{_CAP})?)")),
    (Kind.NAME, re.compile(
        rf"(?:[Rr]egards|[Tt]hanks|[Tt]hank you|[Bb]est wishes|[Ss]incerely|[Ff]aithfully|[Ll]ove)[,.!]?[ \t]*\n"
        rf"\s{{0,3}}(?P<it>{_CAP}(?:[ \t]{_CAP})?)[.!]?\s{{0,9}}\Z")),
)  # fmt: skip


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


NO_NAMES = _each(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August"
    " September October November December A An And Any Are As At All Also After Before Because Both But By Can Do"
    " Does Each Every Everyone For From Got Had Has Have He Her Hers Here His How However I If In Is It Its Just"
    " Many Most My No Nobody Not Now Of On Once One Only Or Other Our Please She Should Since So Some That The Their"
    " Then There These They This Those Though To Today Too Two Us Very Was We Well Were What When Where Which While"
    " Who Why Will With Would You Your Yes Yet Autism Autistic Dyslexia Easter Christmas Ramadan Eid English Maths"
    " Science Reading Year Reception Key Stage Term Local Offer Council Borough Parent Parents Carer Carers Charter"
    " Parliament Education Health Care Plan Plans Special Needs Send Senco Sendiass Tribunal Ofsted Government Zoom"
    " Teams Google Facebook Whatsapp Covid Transport Taxi Bus Camhs Nhs Happy Great Good Bad New Old Young Black"
    " Asian White Somali Arabic Bengali Turkish Polish Muslim Christian Jewish Deaf Blind Down Tourette Asperger"
    " Makaton Braille God"
)
"""Words that begin with a capital and name nobody."""

NO_SCHOOLS = NO_NAMES | _each(
    "School Academy College Primary Secondary Nursery Infant Infants Junior Juniors Grammar High Middle Free State"
    " Private Independent Mainstream Boarding Faith Maintained Village Day Summer Winter Autumn Spring Holiday"
    " Breakfast Afternoon Evening Night Whole Inclusive Small Big Large Best Better Worst Different Another Same"
    " Next Last First Second Third Further Higher Home Out Back Against Between During Without Within Choosing"
    " Finding Starting Leaving Going Moving Changing Sixth Form Pre Preschool Mum Dad Head Heads Teacher Teachers"
    " Staff Transition Attending Looking Getting Keep Make Let Help Think"
)
"""Words before "school" that name none."""
NEAR = 40
"""Letters before a school in which a word that stands before it is looked for."""
ARTICLES = frozenset(("a", "an", "any"))
"""After one of these it is some school, not this one."""


# What is about one child ---------------------------------------------------------------------------------------------

_OF_A_PLAN = (
    r"(?:plan|EHCP|ehcp|EHC plan|diagnosis|placement|assessment|annual review|place|appeal|tribunal|exclusion|needs)"
)
ONE_CHILD: tuple[re.Pattern[str], ...] = (
    re.compile(rf"\b[Mm]y (?:\w{{1,12}} )?(?:{_FAMILY})(?:'s|’s|s'|s’) (?:\w{{1,12}} ){{0,2}}{_OF_A_PLAN}\b"),
    re.compile(
        r"\b(?:[Hh]is|[Hh]er|[Tt]heir) (?:EHCP|ehcp|EHC plan|plan|assessment|place|placement|diagnosis) "
        r"(?:\w{1,12} ){0,2}(?:refused|rejected|turned down|ceased|stopped|ended|delayed|lost|declined|withdrawn"
        r"|late)\b"
    ),
    re.compile(r"\b(?:refus(?:ed|al|ing) to (?:assess|issue)|mediation certificate|[Tt]ribunal|SENDIST)\b"),
    re.compile(
        r"\b(?:[Hh]e|[Ss]he|[Ww]e|I|son|daughter|child) (?:\w{1,10} ){0,2}"
        r"(?:been|was|is|got) (?:permanently |being )?(?:excluded|suspended|off[- ]rolled)\b"
    ),
    re.compile(r"\b(?:[Ww]e|I) (?:are|am|have|had|want to|will|'ve) ?(?:to )?appeal(?:ing|ed)?\b"),
)

# What may be urgent --------------------------------------------------------------------------------------------------

_SELF = r"(?:himself|herself|themselves|themself|myself|him self|her self|my self)"
_SOON = (
    r"(?:today|tonight|tomorrow|this week|by (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|the weekend)"
    r"|on (?:Monday|Tuesday|Wednesday|Thursday|Friday)|in (?:a few|one|two|three|four|five|six|[1-7]) days?"
    r"|(?:one|two|three|a few|[1-7]) days? left|within days|runs? out|has passed|is over soon)"
)
_LIMIT = r"(?:appeal|tribunal|deadline|time limit|last day|hearing|mediation)"
URGENT: tuple[re.Pattern[str], ...] = (
    re.compile(r"\b(?:self[- ]?harm\w{0,4}|suicid\w{1,4}|overdos\w{1,3}|safeguarding)\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:kill(?:ing|ed)?|hurt(?:s|ing)?|harm(?:s|ing|ed)?|cut(?:s|ting)?|starv(?:e|es|ing)) {_SELF}\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:end (?:his|her|my|their) (?:own )?life|wants? to die|wish(?:es)? (?:he|she|they|I) (?:was|were) dead"
        r"|(?:do(?:es)?n[o'’]?t|do(?:es)? not) want to (?:live|be here|be alive|go on)|better off dead)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:abus(?:e|ed|es|er|ing|ive)|neglect(?:ed)?|groom(?:ed|ing)|rap(?:e|ed)|assault(?:ed|s)?|domestic violence"
        r"|molest\w{0,4})\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:hit(?:s|ting)?|beat(?:s|ing|en)?|slap(?:s|ped|ping)?|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|hurt(?:s|ing)?"
        r"|chok(?:e|es|ed|ing)|restrain(?:s|ed|ing)?|threaten(?:s|ed|ing)?) "
        r"(?:him|her|them|me|us|my (?:son|daughter|child))\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:not safe|unsafe|in danger|at risk of harm|afraid to go home|scared to go home|ran away|run away"
        r"|gone missing|bruises?|bruised|locked (?:in|up)|nowhere to (?:sleep|live|stay)|nothing to eat"
        r"|stopped eating)\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_LIMIT}s?\b[^.!?\n]{{0,60}}\b{_SOON}\b", re.IGNORECASE),
    re.compile(rf"\b{_SOON}\b[^.!?\n]{{0,40}}\b{_LIMIT}\b", re.IGNORECASE),
)
