"""A pasted e-mail: what its writer said, and nothing else; nothing is lost on the way; machines are known as such."""

import base64
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.feedback.intake.mail import MOST_LINES, Kind, Machine, cut, is_too_long, read_mail

BUS = "The bus is late most days.\nThe driver never knows why."
ID = "<0192-77aa@town.example.org>"

HEAD = f"""From: Amina Yusuf <amina@example.org>
To: SEND team <send@council.example.org>
Subject: Re: We have read your message
Date: Mon, 1 Mar 2027 09:12:00 +0000
Message-ID: <own@phone.example.org>
In-Reply-To: {ID}
"""

DROPPED = {
    "quoted lines": "> You said: the bus is late.\n> We have read it.\n>> older\n",
    "300 quoted lines": "".join(f"> line {number}\n" for number in range(300)),
    "attribution": "On Mon, 1 Mar 2027 at 08:00, SEND team <send@council.example.org> wrote:\n> Hello Amina.\n",
    "attribution over two lines": "On Mon, 1 Mar 2027 at 08:00, SEND <send@council.example.org>\nwrote:\n\n> Hello.\n",
    "attribution without marks": "On 1 March 2027, at 08:00, SEND team wrote:\n\nHello Amina.\nWe have read it.\n",
    "original message": "-----Original Message-----\nFrom: SEND\nSent: today\n\nHello Amina.\n",
    "outlook": (
        "________________________________\nFrom: SEND team <send@council.example.org>\n"
        "Sent: 01 March 2027 08:00\nTo: Amina Yusuf\nSubject: We have read it\n\nHello Amina.\n"
    ),
    "outlook without a line": (
        "From: SEND team <send@council.example.org>\nSent: 01 March 2027 08:00\nTo: Amina\nSubject: We\n\nHello.\n"
    ),
    "bold outlook": "*From:* SEND team\n*Sent:* 01 March 2027\n*To:* Amina\n*Subject:* We have read it\n\nHello.\n",
    "signature": "-- \nAmina Yusuf\n12 Some Road\n",
    "phone": "Sent from my iPhone\n",
    "outlook for a phone": "Get Outlook for iOS<https://aka.ms/o0ukef>\n",
    "regards": "Kind regards\n\nAmina Yusuf\nParent governor\n07700 900123\n",
    "thanks": "Thanks,\nAmina\n",
    "small print": "This email and any attachments are confidential and intended for the addressee only.\nThe end.\n",
}


@pytest.mark.parametrize("head", ["", HEAD + "\n"], ids=["no head", "head"])
@pytest.mark.parametrize("tail", DROPPED.values(), ids=DROPPED)
def test_only_what_the_writer_said_is_kept(head, tail):
    mail = read_mail(f"{head}{BUS}\n\n{tail}")
    assert mail.words == BUS
    assert tail.strip().splitlines()[-1] in mail.dropped[-1].text


def test_all_of_it_together():
    tail = "".join((DROPPED["regards"], DROPPED["phone"], DROPPED["attribution"], DROPPED["300 quoted lines"]))
    mail = read_mail(f"{HEAD}\nHello Sam,\n\n{BUS}\n\n{tail}")
    assert mail.words == f"Hello Sam,\n\n{BUS}"
    assert (mail.name, mail.address) == ("Amina", "amina@example.org")
    assert mail.sent_on == date(2027, 3, 1)
    assert ID in mail.message_ids
    assert mail.machine is None


def test_answers_between_the_lines_are_kept():
    mail = read_mail("On Monday, SEND team wrote:\n> Was the bus late?\nYes, twice.\n> And the driver?\nShe is kind.\n")
    assert mail.words == "Yes, twice.\nShe is kind."


@pytest.mark.parametrize(
    "said",
    [
        "Thanks\nPlease look at the buses as well, they never come on time.",
        "On Monday my son wrote: I hate the bus. I do not know what to do.",
        "From: the school nobody rings back. To: you I can say it.",
        "We asked -- twice -- and heard nothing.",
        "Regards to Sam. The bus is late.",
        "My email is confidential, please.\nThis message took me all day to write.",
    ],
)
def test_words_that_only_look_like_it_stay(said):
    assert read_mail(said).words == said


def test_if_nothing_would_be_left_all_is_kept():
    forwarded = "---------- Forwarded message ---------\nFrom: Amina\n\nThe bus is late.\n"
    assert "The bus is late." in read_mail(forwarded).words


@pytest.mark.parametrize(
    ("encoding", "carried"),
    [
        ("quoted-printable", "Caf=C3=A9 closed. The bus=\n is late.\n"),
        ("base64", base64.encodebytes("Café closed. The bus is late.\n".encode()).decode()),
        ("8bit", "Café closed. The bus is late.\n"),
    ],
)
def test_what_carried_it_is_undone(encoding, carried):
    head = (
        f"{HEAD}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n"
    )
    assert read_mail(head + carried).words == "Café closed. The bus is late."


def test_what_carried_it_is_undone_without_a_head_too():
    assert read_mail("Caf=C3=A9 closed. It is =\nlate. D=C3=A9j=C3=A0.\n").words == "Café closed. It is late. Déjà."
    assert (
        read_mail(base64.b64encode(("The bus is late. " * 4).encode()).decode()).words
        == ("The bus is late. " * 4).strip()
    )


def test_of_a_mail_in_two_forms_the_plain_one_is_read_and_html_is_undone():
    both = (
        f'{HEAD}Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain\n\nThe bus.\n'
        "--b\nContent-Type: text/html\n\n<p>The <b>bus</b>.</p>\n--b--\n"
    )
    assert read_mail(both).words == "The bus."
    html = f"{HEAD}Content-Type: text/html\n\n<html><style>p {{}}</style><p>The bus &amp; I</p><p>are late.</p></html>"
    assert read_mail(html).words == "The bus & I\n\nare late."


BOUNCE = f"""From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.org>
Subject: Delivery Status Notification (Failure)
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your message to nobody@example.org couldn't be delivered.
--b
Content-Type: message/rfc822

Message-ID: {ID}
Subject: We have read your message

Hello.
--b--
"""


@pytest.mark.parametrize(
    ("pasted", "machine"),
    [
        (BOUNCE, Machine.BOUNCE),
        ("From: a@b.example\nSubject: Undeliverable: One question for you\n\nx", Machine.BOUNCE),
        ("Delivery has failed to these recipients or groups:\n\nnobody@example.org", Machine.BOUNCE),
        ("From: a@b.example\nSubject: Automatic reply: One question for you\n\nI am away.", Machine.AUTO_REPLY),
        ("From: a@b.example\nAuto-Submitted: auto-replied\nSubject: Re: x\n\nBack on Monday.", Machine.AUTO_REPLY),
        ("Hello,\n\nI am currently out of the office until Monday.", Machine.AUTO_REPLY),
        (f"{HEAD}Auto-Submitted: no\n\n{BUS}", None),
        ("The caseworker is always out of the office.", None),
        ("From: a@b.example\nSubject: The delivery failed: my form\n\nI sent my form twice.", None),
    ],
)
def test_machines_are_known(pasted, machine):
    assert read_mail(pasted).machine is machine


def test_a_bounce_names_the_letter_that_came_back():
    assert ID in read_mail(BOUNCE).message_ids


def test_a_reference_of_ours_is_seen_in_words_and_subject():
    assert read_mail("From: a@b.example\nSubject: About KM34PQ\n\nand 7YTRED too, not abcdef or HELLO1").refs == (
        "KM34PQ",
        "7YTRED",
    )


LINES = st.sampled_from(
    [*DROPPED.values(), BUS, "\n", "--", "-- \n", "> x", "Thanks\n", "From: x\n", "On a wrote:\n", "\u2028"]
)


@given(st.one_of(st.text(max_size=400), st.lists(LINES, max_size=12).map("\n".join)))
def test_no_word_is_lost_what_is_kept_and_what_is_dropped_are_the_whole(body):
    assert "".join(part.text for part in cut(body)) == body
    mail = read_mail(body)
    assert "".join(part.text for part in mail.parts) == mail.body
    assert bool(mail.words) is bool(mail.body.strip())
    assert all(part.kind is not Kind.KEPT for part in mail.dropped)


HEADS = st.sampled_from(
    ["From: ", "Subject: ", "Date: ", "Content-Type: ", "Content-Type: multipart/mixed; boundary=b", "--b", "\n\n",
     "Content-Transfer-Encoding: base64", "Content-Type: text/plain; charset=nonsense", "=?utf-8?q?=C3?=", "\n"]
)  # fmt: skip


@given(st.lists(st.one_of(HEADS, st.text(max_size=40)), max_size=20).map("\n".join))
def test_whatever_is_pasted_is_read(pasted):
    read_mail(pasted)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("We <b>never</b> got <i>an answer</i> about <a href='x'>the bus</a>", "We never got an answer about the bus"),
        ("<table><tr><td>Mon<td>late</table>", "Mon\nlate"),
        ("<html><head><style>p {}</style><body>The bus is late.", "The bus is late."),
        ("The bus is < 5 minutes late <3 <a", "The bus is < 5 minutes late <3 <a"),
        ('<p title="a > b">The bus<!-- and nothing else --></p>', "The bus"),
    ],
)
def test_words_of_html_stand_apart_and_nothing_left_open_hides_them(html, words):
    assert read_mail(f"{HEAD}Content-Type: text/html\n\n{html}").words == words


def test_a_blank_plain_part_hides_no_other():
    both = (
        f'{HEAD}Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain\n\n \n'
        "--b\nContent-Type: text/html\n\n<p>The bus is late.</p>\n--b--\n"
    )
    assert read_mail(both).words == "The bus is late."


@pytest.mark.parametrize("how", ["8bit", "quoted-printable"])
def test_signs_that_were_pasted_as_they_are_stay(how):
    head = f"{HEAD}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {how}\n\n"
    assert read_mail(f"{head}We’re late – caf\u00e9 😀").words == "We’re late – café 😀"


def test_parts_in_parts_without_end_are_read_as_words():
    nested = "".join(f"--b{at}\nContent-Type: multipart/mixed; boundary=b{at + 1}\n\n" for at in range(600))
    mail = read_mail(f"{HEAD}Content-Type: multipart/mixed; boundary=b0\n\n{nested}The bus is late.\n")
    assert "The bus is late." in mail.words


def test_a_mail_of_too_many_lines_is_not_opened():
    endless = HEAD + "\n" + "\n" * MOST_LINES + "bye"
    assert is_too_long(endless)
    assert read_mail(endless).parts[0].text == endless
