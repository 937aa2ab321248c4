"""The parts of a mail: what its writer said, what is only repeated, what stands below a name. Pure.

Put together the parts are the body, letter for letter: what is dropped is shown beside what is kept, and a colleague
looks at both before anything is stored.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import itemgetter


class Kind(StrEnum):
    KEPT = "kept"
    QUOTED = "quoted"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Part:
    kind: Kind
    text: str


def cut(body: str) -> list[Part]:
    """The body as parts, neighbours of one kind as one. If all would be dropped, all is kept: it may be forwarded."""
    lines = body.splitlines(keepends=True)
    kinds = _signatures(lines, _quotes(lines))
    if Kind.KEPT not in {kind for kind, line in zip(kinds, lines, strict=True) if line.strip()}:
        return [Part(Kind.KEPT, body)] if body else []
    runs = groupby(zip(kinds, lines, strict=True), key=itemgetter(0))
    return [Part(kind, "".join(line for _kind, line in run)) for kind, run in runs]


# What is only repeated -----------------------------------------------------------------------------------------------

_ATTRIBUTION = re.compile(
    r"(?:On|Am|Le|El|Il|Op|W dniu|Em)\b.{4,300}\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|napisał|escreveu)"
    r".{0,80}:\s*", re.DOTALL)  # fmt: skip
_RULE = re.compile(
    r"[ \t]*(?:-{2,} ?(?:Original Message|Original message|Forwarded message|Ursprüngliche Nachricht|Message d'origine)"
    r" ?-{2,}|Begin forwarded message:|_{20,})[ \t]*")  # fmt: skip
_FROM = re.compile(r"[ \t>*]*(?:From|Von|De|Od|Kimden)[ \t]?\*?:\*?.{1,200}")
_SENT = re.compile(r"[ \t>*]*(?:Sent|Date|Gesendet|Envoyé|Enviado|Wysłano|Gönderildi)[ \t]?\*?:\*?.{1,200}")
_TO = re.compile(r"[ \t>*]*(?:To|Subject|An|Betreff|À|Objet|Para|Asunto|Do|Temat|Kime|Konu|Cc)[ \t]?\*?:\*?.{0,300}")


def _quotes(lines: Sequence[str]) -> list[Kind]:
    """Which lines somebody else wrote."""
    kinds, at = [Kind.KEPT] * len(lines), 0
    while at < len(lines):
        length, to_the_end = _quoted_from(lines, at)
        until = len(lines) if to_the_end else at + length
        kinds[at:until] = [Kind.QUOTED] * (until - at)
        at = max(until, at + 1)
    return kinds


def _quoted_from(lines: Sequence[str], at: int) -> tuple[int, bool]:
    """How many lines from here are repeated (0: none), and whether all that follow are."""
    line = lines[at].strip()
    if line.startswith(">"):
        return 1, False
    if _RULE.fullmatch(line) and (not line.startswith("_") or _block(lines, at + 1)):
        return 1, True
    if _block(lines, at):
        return 1, True
    length = _attribution(lines, at)
    if not length:
        return 0, False
    after = at + length
    while after < len(lines) and not lines[after].strip():
        after += 1
    return length, not (after < len(lines) and lines[after].lstrip().startswith(">"))


def _block(lines: Sequence[str], at: int) -> bool:
    """A head as mail programs write it into the text: From, Sent, To, Subject. The very first lines quote nobody."""
    after = [line.strip() for line in lines[at : at + 7] if line.strip()][:4]
    if at == 0 or len(after) < 3 or not _FROM.fullmatch(after[0]):
        return False
    return bool(_SENT.fullmatch(after[1]) or _TO.fullmatch(after[1])) and bool(_TO.fullmatch(after[2]))


def _attribution(lines: Sequence[str], at: int) -> int:
    """ "On Monday somebody wrote:", which mail programs break over up to three lines."""
    for length in (1, 2, 3):
        if _ATTRIBUTION.fullmatch("".join(lines[at : at + length]).strip()):
            return length
    return 0


# What stands below a name --------------------------------------------------------------------------------------------

_PHONE_MADE = re.compile(
    r"\s*(?:Sent (?:from|via|with) (?:my |the )?[\w .-]{2,40}|Get Outlook for \w{2,10}.{0,60}"
    r"|Sent from Yahoo.{0,60}|Envoyé de mon .{2,30}|Wysłane z .{2,30}"
    r"|[A-Z][\w ]{1,20} (?:from|on) my (?:iPhone|iPad|phone))\s*"
)
_GREETING = re.compile(
    r"\s*(?:kind(?:est)? regards|warm(?:est)? regards|best regards|regards|best wishes|all the best|many thanks|thanks"
    r"|thank you|thanks again|with thanks|thanks in advance|yours (?:sincerely|faithfully|truly)|yours|sincerely"
    r"|best|cheers|k\.?r\.?|love|wassalam|salaam)[,.! ]*+\s*+", re.IGNORECASE)  # fmt: skip
_SMALL_PRINT = re.compile(
    r"\s*\W{0,3}(?:this (?:e-?mail|message|communication)|the (?:information|contents?) (?:contained )?(?:in|of) this"
    r"|confidentiality notice|disclaimer)\b", re.IGNORECASE)  # fmt: skip
_PRINTED = re.compile(r"confidential|intended|recipient|virus|disclaimer|privileged", re.IGNORECASE)
NAME_BLOCK = 8


def _signatures(lines: Sequence[str], kinds: list[Kind]) -> list[Kind]:
    """Of each run of the writer's own lines, the tail that says only who she is."""
    at = 0
    while at < len(lines):
        until = next((i for i in range(at, len(lines)) if kinds[i] is not Kind.KEPT), len(lines))
        start = _signature_start(lines[at:until])
        kinds[at + start : until] = [Kind.SIGNATURE] * (until - at - start)
        for i in range(at, at + start):
            if _PHONE_MADE.fullmatch(lines[i]):
                kinds[i] = Kind.SIGNATURE
        at = until + 1
    return kinds


def _signature_start(own: Sequence[str]) -> int:
    said = [(i, line.strip()) for i, line in enumerate(own) if line.strip()]
    for nth, (i, _line) in enumerate(said):
        if own[i].rstrip("\n") in ("-- ", "--"):
            return i
        tail = [line for _i, line in said[nth + 1 : nth + 2 + NAME_BLOCK]]
        if _GREETING.fullmatch(own[i]) and _is_name_block(tail):
            return i
        if _SMALL_PRINT.match(own[i]) and _PRINTED.search(" ".join(own[i : i + 4])):
            return i
    return len(own)


def _is_name_block(tail: Sequence[str]) -> bool:
    """A name, a job, numbers: short lines that hold no sentence. Small print may follow."""
    for i, line in enumerate(tail):
        if _SMALL_PRINT.match(line):
            return True
        if i >= NAME_BLOCK or len(line) > 70:
            return False
        if not _PHONE_MADE.fullmatch(line) and len(line.split()) > 6 and not re.search(r"\d|@|www\.|\|", line):
            return False
        if re.search(r"[a-z]{2}[.?!]$", line) and len(line.split()) > 3:
            return False
    return True
