"""Files that people bring: what is in them decides, pictures lose what they say of place, a PDF can only be read."""

import io
import os
import zlib
from datetime import timedelta
from hashlib import sha256
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from sqlmodel import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from pyramid_app.base.clock import now
from pyramid_app.base.errors import Invalid
from pyramid_app.base.files import papers, pictures, queries, rules, service, store
from pyramid_app.base.files.models import StoredFile
from pyramid_app.base.files.rules import Kind

GPS = 0x8825
ORIENTATION = 0x0112


def a_picture(form="JPEG", size=(60, 40), mode="RGB", **how):
    out = io.BytesIO()
    Image.new(mode, size, 120 if mode == "L" else (200, 30, 30, 128)[: len(mode)]).save(out, form, **how)
    return out.getvalue()


def a_pdf(change=lambda writer: None):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def refusal(call, *args):
    with pytest.raises(Invalid) as refused:
        call(*args)
    (say,) = refused.value.fields.values()
    return say


@pytest.fixture
def folder(settings):
    return settings.files


@pytest.fixture
def bring(folder, clock):
    return lambda data, name="bus.jpg": service.bring(folder, data, name, now())


# Pictures ------------------------------------------------------------------------------------------------------------


def photographed():
    """As a phone makes it: lying on its side, with place, camera and a comment."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "CAMERA-CANARY"
    exif[GPS] = {1: "N", 2: (51.0, 33.0, 12.0), 3: "W", 4: (0.0, 6.0, 30.0)}
    return a_picture(exif=exif, comment=b"COMMENT-CANARY", icc_profile=b"PROFILE-CANARY" * 20)


def test_a_photograph_is_upright_and_says_nothing_of_place_camera_or_owner(bring, folder):
    assert Image.open(io.BytesIO(photographed())).getexif()[GPS]
    brought = bring(photographed())
    kept = (folder / brought.digest).read_bytes()
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (brought.width, brought.height) == (40, 60)
        assert dict(picture.getexif()) == {}
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert b"CANARY" not in kept
    assert b"Exif" not in kept


def test_a_drawing_loses_its_hidden_text_and_stays_a_drawing(bring, folder):
    said = PngInfo()
    said.add_text("Author", "AUTHOR-CANARY")
    brought = bring(a_picture("PNG", mode="RGBA", pnginfo=said))
    assert brought.kind is Kind.PNG
    assert b"CANARY" not in (folder / brought.digest).read_bytes()


MODES = {
    "JPEG": ["RGB", "L", "1", "CMYK"],
    "PNG": ["RGB", "L", "1", "RGBA", "P", "LA", "I;16"],
    "WEBP": ["RGB", "L", "RGBA", "LA"],
    "GIF": ["RGB", "L", "1", "RGBA", "P", "LA"],
}


@pytest.mark.parametrize(("form", "mode"), [(form, mode) for form, modes in MODES.items() for mode in modes])
def test_every_kind_of_picture_becomes_one_that_every_browser_opens(form, mode):
    out = io.BytesIO()
    Image.new(mode, (30, 20)).save(out, form)
    kind, data, size = pictures.made_anew(out.getvalue())
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        assert Image.MIME[picture.format] == kind.value
        assert picture.size == size == (30, 20)


def test_the_longest_side_is_two_thousand_and_a_large_drawing_is_kept_as_a_photograph():
    assert pictures.made_anew(a_picture(size=(4000, 1000)))[2] == (2000, 500)
    noise = Image.frombytes("RGB", (900, 900), os.urandom(3 * 900 * 900))
    out = io.BytesIO()
    noise.save(out, "PNG")
    assert pictures.made_anew(out.getvalue())[0] is Kind.JPEG


def test_of_a_moving_picture_the_first_frame_stays():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    kind, data, _size = pictures.made_anew(out.getvalue())
    with Image.open(io.BytesIO(data)) as picture:
        assert getattr(picture, "n_frames", 1) == 1
        assert picture.convert("RGB").getpixel((5, 5))[0] > 200, "the first was red"
    assert kind is Kind.PNG


def png_of(width, height):
    """The head of a PNG that says it is so large; its points are all zero and pack well."""

    def chunk(name, data):
        body = name + data
        return len(data).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    points = zlib.compress(bytes(1 + 3 * min(width, 1000)) * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", points) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(30_000, 30_000), (6000, 6000), (2**31 - 1, 1)])
def test_a_bomb_is_refused_before_it_is_unpacked(size):
    assert refusal(pictures.made_anew, png_of(*size)) in {rules.PICTURE_TOO_LARGE, rules.BROKEN_PICTURE}


@pytest.mark.parametrize("cut", [12, 60, 200])
def test_a_broken_picture_is_refused_in_a_sentence(cut):
    assert refusal(pictures.made_anew, a_picture(size=(300, 300))[:cut]) == rules.BROKEN_PICTURE


@given(
    st.binary(max_size=200),
    st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF1234WEBP", b"%PDF-"]),
)
@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_is_kept_or_refused_in_a_sentence(bring, data, sign):
    try:
        assert bring(sign + data).kind in Kind
    except Invalid as refused:
        assert set(refused.fields) == {"file"}


# PDF -----------------------------------------------------------------------------------------------------------------


def locked(writer):
    writer.encrypt("secret")


def locked_for_changes_only(writer):
    writer.encrypt("", "owner")


def with_attachment(writer):
    writer.add_attachment("inside.txt", b"x")


def with_program(writer):
    act = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")})
    names = ArrayObject([TextStringObject("first"), writer._add_object(act)])
    tree = DictionaryObject({NameObject("/Names"): names})
    writer._root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): tree})


def with_program_on_a_page(writer):
    act = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")})
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): writer._add_object(act)})


def with_start(writer):
    act = DictionaryObject({NameObject("/S"): NameObject("/Launch")})
    writer._root_object[NameObject("/OpenAction")] = act


def with_action(kind, **more):
    def change(writer):
        act = {NameObject("/S"): NameObject(kind), **{NameObject(f"/{name}"): said for name, said in more.items()}}
        writer._root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(act))

    return change


def with_form_that_is_sent(writer):
    act = DictionaryObject({NameObject("/S"): NameObject("/SubmitForm"), NameObject("/F"): TextStringObject("x")})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([DictionaryObject({NameObject("/A"): act})])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (with_action("/URI", URI=TextStringObject("https://example.org")), rules.ACTIVE_PDF),
        (with_action("/GoToR", F=TextStringObject("//evil.example/share")), rules.ACTIVE_PDF),
        (with_form_that_is_sent, rules.ACTIVE_PDF),
        (locked, rules.LOCKED_PDF),
        (locked_for_changes_only, rules.LOCKED_PDF),
        (with_attachment, rules.ACTIVE_PDF),
        (with_program, rules.ACTIVE_PDF),
        (with_program_on_a_page, rules.ACTIVE_PDF),
        (with_start, rules.ACTIVE_PDF),
    ],
)
def test_a_pdf_that_is_locked_or_could_do_more_than_be_read_is_refused(change, why):
    assert refusal(papers.look_through, a_pdf(change)) == why


def test_a_program_is_found_under_another_spelling_and_where_no_table_names_it():
    hidden = a_pdf() + b"\n99 0 obj << /S /J#61vaScript >> endobj\n"
    assert refusal(papers.look_through, hidden) == rules.ACTIVE_PDF


@pytest.mark.parametrize(
    "more",
    [b"<< " * 100_000, b"/a " * 1_000_000, b"[" * 1_000_000, b"<</A" * 300 + b">>" * 300],
    ids=["nested", "names", "lists", "nested and closed"],
)
def test_a_pdf_of_nothing_but_names_is_refused_before_it_is_read(more):
    with patch.object(papers, "PdfReader", side_effect=AssertionError("it was read")):
        assert refusal(papers.look_through, a_pdf() + more) == rules.BROKEN_PDF


def test_a_pdf_may_turn_to_a_page_and_hold_links():
    papers.look_through(a_pdf(with_action("/GoTo", D=ArrayObject([]))))
    papers.look_through(a_pdf(lambda writer: writer.add_uri(0, "https://example.org", [0, 0, 9, 9])))


def test_a_plain_pdf_stays_as_it_came_and_words_about_programs_are_no_program(bring, folder):
    data = a_pdf(lambda writer: writer.add_metadata({"/Title": "All about (JavaScript) and /JS"}))
    brought = bring(data, "minutes.pdf")
    assert (brought.kind, brought.width) == (Kind.PDF, None)
    assert len(PdfReader(folder / brought.digest).pages) == 1
    assert (folder / brought.digest).read_bytes() == data


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\nnothing", a_pdf()[:150], b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj"],
    ids=["nothing in it", "cut off", "no pages"],
)
def test_a_broken_pdf_is_refused_in_a_sentence(data):
    assert refusal(papers.look_through, data) == rules.BROKEN_PDF


# Everything else, and the names of things ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [b"MZ\x90", b"PK\x03\x04", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"<html>", b"x", b"II*\x00"],
)
def test_its_content_decides_never_its_name(bring, data):
    assert refusal(bring, data, "bus.jpg") == rules.NEITHER


def test_a_picture_under_the_name_of_a_paper_is_a_picture(bring):
    assert bring(a_picture(), "minutes.pdf").kind is Kind.JPEG


def test_too_large_or_empty_is_said(bring):
    assert refusal(bring, b"\xff\xd8\xff" + bytes(rules.MOST_BYTES)) == rules.TOO_LARGE
    assert refusal(bring, b"") == rules.EMPTY


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("C:\\fakepath\\bus.jpg", "bus.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\u202egpj.exe\r\n", "agpj.exe"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_name_is_only_shown_and_hides_nothing(name, tidy):
    assert rules.tidy_name(name) == tidy


def test_how_large_it_is_in_words():
    assert [rules.size_in_words(size) for size in (3, 120_400, 999_499, 999_500, 4_960_000)] == [
        "1 kB", "120 kB", "999 kB", "1.0 MB", "5.0 MB"]  # fmt: skip


# Keeping and sweeping ------------------------------------------------------------------------------------------------


def test_keeping_needs_words_and_makes_another_row_for_other_words(act, team, folder, bring):
    brought = bring(a_picture())
    assert brought.digest == sha256((folder / brought.digest).read_bytes()).hexdigest()
    with act(team) as work:
        assert "picture shows" in refusal(service.keep, work, folder, brought, "").message
        row = service.keep(work, folder, brought, "A bus.")
        assert (row.by_id, row.at, row.name, row.size) == (team.person_id, work.now, "bus.jpg", brought.size)
    again = service.Brought(**{**vars(brought), "row_id": row.id})
    with act(team) as work:
        assert service.keep(work, folder, again, "A bus.").id == row.id
        assert service.keep(work, folder, again, "A late bus.").id != row.id
        assert set(queries.files_of(work.session, [row.id])) == {row.id}
    assert len(list(folder.iterdir())) == 1


def test_a_pdf_without_its_words_is_not_kept(act, team, folder, bring):
    brought = bring(a_pdf())
    with act(team) as work:
        assert "cannot open a PDF" in refusal(service.keep, work, folder, brought, "").message


def test_what_nobody_kept_goes_after_a_day_and_what_is_kept_stays(act, team, folder, bring, clock, run_jobs):
    kept, left, again = (bring(a_picture(size=(n, n))) for n in (20, 30, 40))
    with act(team) as work:
        service.keep(work, folder, kept, "A bus.")
    (folder / "coming-half").write_bytes(b"half")
    os.utime(folder / "coming-half", (0, 0))
    (folder / "note of the operator.txt").write_text("not ours")
    os.utime(folder / "note of the operator.txt", (0, 0))
    clock.shift(timedelta(hours=23))
    assert run_jobs("sweep files") == 1, "what never came whole"
    assert bring(a_picture(size=(40, 40))).digest == again.digest, "brought again, it counts as new"
    clock.shift(timedelta(hours=2))
    assert run_jobs("sweep files") == 1
    assert {file.name for file in folder.iterdir()} == {kept.digest, again.digest, "note of the operator.txt"}
    with act(team) as work:
        assert refusal(service.keep, work, folder, left, "A bus.") == rules.GONE
        assert service.keep(work, folder, again, "A bus.").digest == again.digest


def test_a_file_that_is_asked_for_meanwhile_is_not_swept(act, team, folder, bring, clock):
    brought = bring(a_picture())
    clock.shift(timedelta(days=2))
    with act() as work:
        found = store.older_than(folder, work.now - service.WAITS)
    with act(team) as work:
        service.keep(work, folder, brought, "A bus.")
    with act() as work:
        assert [file.name for file in found] == [brought.digest]
        assert service.sweep(work, found) == 0
    assert (folder / brought.digest).exists()


def test_files_are_for_the_service_only(bring, folder):
    brought = bring(a_picture())
    assert (folder.stat().st_mode & 0o777, (folder / brought.digest).stat().st_mode & 0o777) == (0o700, 0o600)


def test_an_act_that_fails_keeps_no_row(act, team, folder, bring, database):
    brought = bring(a_picture())
    with pytest.raises(ZeroDivisionError), act(team) as work:
        service.keep(work, folder, brought, "A bus.")
        raise ZeroDivisionError
    with database.reading() as session:
        assert session.exec(select(StoredFile)).all() == []
        assert queries.without_row(session, [folder / brought.digest]) == [folder / brought.digest]


def sending(browser, path, data):
    body = {"csrf_token": browser.csrf(), "file": FileStorage(io.BytesIO(data), "bus.jpg")}
    border, whole = encode_multipart(body)
    return browser.client.post(path, data=whole, content_type=f"multipart/form-data; boundary={border}")


def test_only_pages_that_take_files_take_much_and_only_from_officers(app, browser, sam, amina, topic):
    path = f"/desk/topics/{topic.ref}/answer"
    browser.sign_in(amina)
    for where in (path, "/feedback/new/families"):
        assert sending(browser, where, bytes(2_000_000)).status_code == 413, where
    browser.sign_in(sam, staff=True)
    answer = sending(browser, path, bytes(2_000_000))
    assert answer.status_code == 422
    assert "This file is neither" in answer.get_data(as_text=True)
    assert "too large" in sending(browser, path, bytes(6_000_000)).get_data(as_text=True)
    assert sending(browser, path, bytes(11_000_000)).status_code == 413
