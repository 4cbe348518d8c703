"""What a unique pupil number has to be, as SQL. SOURCE: the DfE's rules 1510 and 1530, the second as of each year."""

CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
# Codes of authorities since April 1998, and of those that stand for one, as the rule lists them for 2022/23.
AUTHORITIES = (
    "001-005 201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 660-681 701-708 800-803 805-808 "
    "810-813 815 816 820-823 825 826 830 831 835-839 840 841 845 846 850-852 855-857 860 861 865-896 908 909 916 919 "
    "921 925 926 928 929 931 933 935-938 940-941"
)


def _codes(spans: str) -> list[str]:
    ends = [span.partition("-") for span in spans.split()]
    return [f"{code:03d}" for first, _, last in ends for code in range(int(first), int(last or first) + 1)]


def bad_check_letter(upn: str) -> str:
    """True where twelve digits follow the first character, and it is not their check letter; NULL for NULL."""
    total = " + ".join(f"CAST(substr({upn}, {place}, 1) AS INTEGER) * {place}" for place in range(2, 14))
    letter = f"substr('{CHECK_LETTERS}', ({total}) % 23 + 1, 1)"
    return f"CASE WHEN regexp_full_match({upn}, '.[0-9]{{12}}') THEN substr({upn}, 1, 1) <> {letter} END"


def unknown_authority(upn: str, *, since: str = "") -> str:
    """True where characters 2 to 4 are no authority's code; NULL for NULL. `since`: codes that came later."""
    codes = ", ".join(f"'{code}'" for code in _codes(f"{AUTHORITIES} {since}"))
    return f"substr({upn}, 2, 3) NOT IN ({codes})"
