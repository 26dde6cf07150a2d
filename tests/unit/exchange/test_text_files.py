"""Files at the border: every encoding is read or refused in words, and a file is written whole or not at all."""

import os
import stat

import pytest

from pmtui.exchange.files import NotWritten, read_text, write_file
from pmtui.exchange.findings import LISTED, BadFile, Finding

UMLAUTS = "id,title\n1,Grüße\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (UMLAUTS.encode(), "UTF-8"),
        (UMLAUTS.encode("utf-8-sig"), "UTF-8"),
        (UMLAUTS.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + UMLAUTS.encode("utf-16-be"), "UTF-16"),
        (UMLAUTS.encode("utf-16-le"), "UTF-16"),
        (UMLAUTS.encode("cp1252"), "Windows-1252"),
    ],
)
def test_every_usual_encoding_gives_the_same_text(tmp_path, data, encoding):
    path = tmp_path / "list.csv"
    path.write_bytes(data)

    file = read_text(path)
    assert (file.text, file.encoding) == (UMLAUTS, encoding)


def test_an_encoding_that_had_to_be_guessed_is_said(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(UMLAUTS.encode("cp1252"))

    (finding,) = read_text(path).findings
    assert (finding.line, finding.severity) == (2, "note")
    assert "read as Windows-1252" in finding.text


def test_line_breaks_stay_as_they_are(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"a\r\nb\rc\n")

    assert read_text(path).text == "a\r\nb\rc\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04....", "Save the sheet as CSV"),
        (b"SQLite format 3\x00....", "give it as --db"),
        (b"\x7fELF\x02\x01\x00\x00\xff\xfe\xfd", "It is not a text file"),
        (b"\xef\xbb\xbfid\n\xff\n", "It says it is UTF-8, but is not"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(tmp_path, data, words):
    path = tmp_path / "list.csv"
    path.write_bytes(data)

    with pytest.raises(BadFile) as refusal:
        read_text(path)
    assert words in refusal.value.sentence


def test_a_written_file_is_private_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "plan.json"
    before = os.umask(0)
    try:
        write_file(path, "Grüße\r\n")
    finally:
        os.umask(before)

    assert path.read_bytes() == "Grüße\r\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_keeps_pointing_where_it_pointed(tmp_path):
    target = tmp_path / "real.json"
    target.write_text("old")
    link = tmp_path / "link.json"
    link.symlink_to(target)
    write_file(link, "new")

    assert (link.is_symlink(), target.read_text()) == (True, "new")


def test_a_folder_that_is_missing_or_in_the_way_is_refused(tmp_path):
    with pytest.raises(NotWritten, match="there is no folder"):
        write_file(tmp_path / "nowhere" / "plan.json", "x")
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(NotWritten, match="is a folder"):
        write_file(tmp_path / "link", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["link"]


def test_one_problem_is_one_sentence_and_many_are_counted():
    one = BadFile('"a.csv"', (Finding(3, "error", "It has no end."),))
    many = BadFile('"a.csv"', [Finding(line, "error", "It has no end.") for line in range(1, 31)])

    assert one.sentence == '"a.csv" was not imported (line 3). It has no end. Your plan is as it was.'
    assert len(many.sentence.splitlines()) == LISTED + 2
    assert many.sentence.endswith("… and 10 more")
    assert len(many.problems) == 30
