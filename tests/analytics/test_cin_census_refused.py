"""A file that cannot be read is refused whole, with the line, the element and what was expected, in bounded memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from analytics.census import child, episode, message, read
from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns import read_return
from holdfast.analytics.returns.hardened_xml import PROLOG_LIMIT, RECORD_LIMIT

GOOD = message(child("A1", episode()), child("B2", episode()))
LAUGHS = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><Message>&c;</Message>"""


def refusal(folder: Path, contents: str | bytes) -> UnreadableReturn:
    with pytest.raises(UnreadableReturn) as caught:
        read(folder, contents)
    return caught.value


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        (b"", "The file is empty."),
        (b" \n\t ", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "should be XML"),
        (b"PK\x03\x04rest", "compressed file or workbook"),
        (b"%PDF-1.7", "PDF"),
        (bytes(range(1, 256)) * 20, "should be XML"),
        ("just words", "should be XML"),
        ("<Message", "should be XML"),
        ("<!-- never ended <Message/>", "too long or not ended"),
        ("<Children/>", "The first element should be <Message>."),
        ('<?xml version="1.0"?>\n<SSDA903/>', "The first element should be <Message>."),
        ('<?xml version="1.0" encoding="utf-7"?><Message/>', "encoding"),
        ('<?xml version="1.0" encoding="nonsense"?><Message/>', "encoding"),
        ('<?xml version="1.0" encoding="utf-16"?><Message/>', "encoding"),
        ("<Message/>".encode("utf-32"), "should be XML"),
        (b"<Message>\xff\xfe</Message>", "character"),
        ("<Message>&secret;</Message>", "well-formed"),
        (GOOD + "<Message/>", "Nothing should follow </Message>"),
        (GOOD + "left over", "Nothing should follow </Message>"),
        (GOOD.replace("</CINdetails>", "</CINdetail>"), "was expected here"),
    ],
)
def test_what_is_not_a_census_file_is_refused_in_words(tmp_path: Path, contents: str | bytes, said: str) -> None:
    refused = refusal(tmp_path, contents)
    assert said in str(refused)
    assert str(refused).endswith("submit the new one.")


def test_a_file_that_breaks_off_is_refused_with_its_line_and_element(tmp_path: Path) -> None:
    text = GOOD.replace("<Child>", "\n<Child>")
    refused = refusal(tmp_path, text[: text.rindex("</CINreferralDate>")])
    assert (refused.line, refused.element) == (3, "CINreferralDate")
    assert "breaks off" in str(refused)


@pytest.mark.parametrize("at", range(1, len(GOOD), 37))
def test_a_file_cut_anywhere_is_refused(tmp_path: Path, at: int) -> None:
    refusal(tmp_path, GOOD[:at])


def test_a_mismatched_element_is_refused_with_the_one_that_was_expected(tmp_path: Path) -> None:
    refused = refusal(tmp_path, GOOD.replace("</ReferralNFA>", "\n</Referral>", 1))
    assert (refused.kind, refused.line, refused.element) == ("cin_census", 2, "ReferralNFA")
    assert refused.expected == "</ReferralNFA> was expected here."


XXE = '<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "contents",
    [
        LAUGHS,
        f"{XXE}<Message>&x;</Message>",
        f'<?xml version="1.0"?>\n<!-- a comment -->\n<?pi x?>\n{XXE}<Message/>',
        '<!DOCTYPE Message SYSTEM "http://127.0.0.1/a.dtd"><Message/>',
        f"<!-- {'x' * 1000} -->{XXE}<Message/>",
        f"\ufeff{XXE}<Message/>",
        f"{XXE}<Message/>".encode("utf-16"),
        f'<?xml version="1.0" encoding="utf-16"?>{XXE}<Message/>'.encode("utf-16"),
        f"{XXE}<Message/>".encode("utf-16-be"),
    ],
)
def test_any_doctype_is_refused_before_parsing(tmp_path: Path, contents: str | bytes) -> None:
    refused = refusal(tmp_path, contents)
    assert refused.element == "!DOCTYPE"
    assert "No DOCTYPE is accepted" in str(refused)


def test_a_doctype_hidden_behind_a_long_comment_is_refused(tmp_path: Path) -> None:
    refusal(tmp_path, f"<!-- {'x' * PROLOG_LIMIT} -->{XXE}<Message/>")


def test_an_attack_in_the_dtd_of_a_doctype_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("SECRET")
    entity = f'<!DOCTYPE Message [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    assert "SECRET" not in str(refusal(tmp_path, f"{entity}{GOOD.replace('A1', '&x;')}"))


def test_no_refusal_quotes_the_file(tmp_path: Path) -> None:
    for broken in (GOOD.replace("A1", "SECRET&"), GOOD.replace("A1", "SECRET\x01"), GOOD.replace("A1", "SECRET<")):
        assert "SECRET" not in str(refusal(tmp_path, broken))


def test_a_value_or_a_record_past_the_limit_is_refused_with_its_element(tmp_path: Path) -> None:
    value = refusal(tmp_path, GOOD.replace("A1", "A" * (RECORD_LIMIT + 1_000_000)))
    record = refusal(tmp_path, message(child("A1", episode() * (2 * RECORD_LIMIT // len(episode())))))
    assert "under 4 MB" in str(value)
    assert value.element == "LAchildID"
    assert "under 4 MB" in str(record)


def test_elements_nested_too_deeply_are_refused(tmp_path: Path) -> None:
    refusal(tmp_path, GOOD.replace("<Ethnicity>", "<a>" * 1000 + "<Ethnicity>"))


MEASURE = """
import sys
from pathlib import Path
from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns import read_return
try:
    read_return(Path(sys.argv[1]), into=Path(sys.argv[2]), kind="cin_census")
except UnreadableReturn as refused:
    status = Path("/proc/self/status").read_text()  # its own peak: getrusage would begin at that of whoever started it
    print(refused.element, status.split("VmHWM:")[1].split()[0])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux counts it")
@pytest.mark.parametrize("inside", ["x", "<b/>", "<Child></Child>"], ids=["text", "elements", "records in disguise"])
def test_one_element_of_a_gigabyte_is_refused_with_bounded_memory(tmp_path: Path, inside: str) -> None:
    path = tmp_path / "huge.xml"
    with path.open("w") as file:
        file.write("<Message><Children><Junk>")
    with path.open("ab") as file:
        block = (inside * (1024 * 1024 // len(inside))).encode()
        for _ in range(100):  # refused long before the end, so a tenth of a gigabyte says the same
            file.write(block)
    printed = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path), str(tmp_path / "into")], check=True, capture_output=True, text=True
    ).stdout.split()
    assert printed[0] in ("Junk", "b", "Child")
    assert int(printed[1]) < 300_000


def test_a_kind_that_is_not_read_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReturn, match="cin_census"):
        read_return(tmp_path / "x.xml", into=tmp_path, kind="payroll")
