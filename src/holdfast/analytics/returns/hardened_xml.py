"""Opens an XML file that nobody vouches for, and hands out whole elements one at a time.

Refused whole, before or while parsing: any DOCTYPE (so no entity can be declared), an encoding that could hide one,
a wrong first element, a single record or text over RECORD_LIMIT, deep nesting, and anything malformed or cut short.
Not here: what the elements mean. Rule: memory stays bounded whatever the file holds, and no text of it is quoted.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from lxml import etree

from holdfast.analytics.faults import UnreadableReturn

CHUNK = 256 * 1024
LOOK = 4 * 1024
# One child's whole record is 2 kB on average; the largest seen in a real system is far below a megabyte.
RECORD_LIMIT = 4 * 1024 * 1024
PROLOG_LIMIT = 256 * 1024
# Each of these reads the characters of a prolog as ASCII does (or is UTF-16, told by its bytes), so that the search for
# a DOCTYPE sees what the parser will see. UTF-7 and the like would not.
ENCODINGS = frozenset({"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252", "utf-16", "utf-16-le", "utf-16-be"})
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DECLARED = re.compile(r"<\?xml[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._\-]+)[\"']")
SKIPPED = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
FIRST_ELEMENT = re.compile(r"<(?:[\w.\-]+:)?([\w.\-]+)[\s/>]")
NAMES_IN_ERROR = re.compile(r"mismatch: ([\w.\-:]+) line")
NOT_XML = {b"PK": "a compressed file or workbook", b"%PDF": "a PDF", b"\xd0\xcf\x11\xe0": "an old Office document"}
Saw = Callable[[bytes], object]
_KINDS = etree.ErrorTypes
BREAKS_OFF = frozenset({_KINDS.ERR_TAG_NOT_FINISHED, _KINDS.ERR_GT_REQUIRED})
CHARACTERS = frozenset(
    {
        _KINDS.ERR_INVALID_CHAR,
        _KINDS.ERR_INVALID_CHARREF,
        _KINDS.ERR_INVALID_ENCODING,
        _KINDS.ERR_UNDECLARED_ENTITY,
        _KINDS.WAR_UNDECLARED_ENTITY,
        _KINDS.ERR_NAME_REQUIRED,
        _KINDS.ERR_ENTITYREF_SEMICOL_MISSING,
    }
)


class XmlFile:
    """One untrusted XML file. `kind` names the return in words; `root` is the first element it must have."""

    def __init__(self, kind: str, root: str) -> None:
        self.kind, self.root = kind, root
        self.first: Any = None
        # Whether the element last given may carry an attribute: there was an equals sign among its bytes.
        self.may_have_attributes = True

    def elements(self, path: Path, wanted: tuple[str, ...], saw: Saw) -> Iterator[Any]:
        """Each wanted element (local names) when it is complete, its blank text removed. Shows `saw` the bytes.

        The caller must empty what it was given. Raises UnreadableReturn.
        """
        with path.open("rb") as file:
            head = file.read(PROLOG_LIMIT)
            self._check_prolog(head, is_all=len(head) < PROLOG_LIMIT)
            saw(head)
            parser = self._parser(wanted)
            try:
                yield from self._fed(parser, file, head, saw)
                parser.close()
            except etree.XMLSyntaxError as error:
                raise self._malformed(error) from None
            yield from self._complete(parser)

    def beginning(self, path: Path, wanted: tuple[str, ...]) -> Any | None:
        """The first wanted element of the file's first PROLOG_LIMIT bytes; None when none is complete by then.

        Raises UnreadableReturn for what stands before it. What comes after it is not looked at.
        """
        with path.open("rb") as file:
            head = file.read(PROLOG_LIMIT)
        self._check_prolog(head, is_all=len(head) < PROLOG_LIMIT)
        parser = self._parser(wanted)
        try:
            for start in range(0, len(head), LOOK):
                parser.feed(head[start : start + LOOK])
                for element in self._complete(parser):
                    return element
        except etree.XMLSyntaxError as error:
            raise self._malformed(error) from None
        return None

    def is_meant(self, path: Path) -> bool:
        """Whether a file means to be XML: it is empty, or begins with a less-than sign in an encoding that we know."""
        with path.open("rb") as file:
            head = file.read(PROLOG_LIMIT)
        return not head.strip() or self._decoded(head).lstrip().startswith("<")

    def _parser(self, wanted: tuple[str, ...]) -> Any:
        return etree.XMLPullParser(
            events=("start", "end"),
            tag=[f"{{*}}{name}" for name in (self.root, *wanted)],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            remove_blank_text=True,
            remove_comments=True,
            remove_pis=True,
        )

    def _fed(self, parser: Any, file: IO[bytes], head: bytes, saw: Saw) -> Iterator[Any]:
        since_last, chunk, before = 0, head, True
        while chunk:
            parser.feed(chunk)
            since_last += len(chunk)
            here = b"=" in chunk
            self.may_have_attributes = here or before
            for element in self._complete(parser):
                since_last, before = 0, False
                yield element
            before = before or here
            if since_last > RECORD_LIMIT:
                raise self._too_large()
            chunk = file.read(CHUNK)
            saw(chunk)

    def _complete(self, parser: Any) -> Iterator[Any]:
        for event, element in parser.read_events():
            if event == "end":
                if element is not self.first and self._is_in_place(element):
                    yield element
            elif self.first is None:
                self.first = element
                if element.getroottree().docinfo.internalDTD is not None:
                    raise self._doctype(None)

    def _is_in_place(self, element: Any) -> bool:
        """Directly under the first element, or under one of its own. Deeper down it is part of another record."""
        parent = element.getparent()
        return parent is self.first or (parent is not None and parent.getparent() is self.first)

    def _check_prolog(self, head: bytes, *, is_all: bool) -> None:
        """Raise unless the file begins as XML of an encoding we read, without a DOCTYPE, with the right element."""
        text = self._prolog(head)
        position = 0
        while skipped := SKIPPED.match(text, position):
            position = skipped.end()
        rest = text[position : position + 400]
        line = text.count("\n", 0, position) + 1
        if rest[:9].upper() == "<!DOCTYPE":
            raise self._doctype(line)
        first = FIRST_ELEMENT.match(rest)
        if first is None:
            raise UnreadableReturn(self.kind, line=line, expected=self._no_element(rest, is_all=is_all))
        if first[1] != self.root:
            raise UnreadableReturn(
                self.kind, line=line, element=first[1][:60], expected=f"The first element should be <{self.root}>."
            )

    def _prolog(self, head: bytes) -> str:
        """The start of the file as text, in the encoding that its bytes and its declaration agree on."""
        if not head.strip():
            raise UnreadableReturn(self.kind, expected="The file is empty.")
        for magic, words in NOT_XML.items():
            if head.startswith(magic):
                raise UnreadableReturn(self.kind, line=1, expected=f"It is {words}; an XML file was expected.")
        text = self._decoded(head)
        declared = DECLARED.match(text)
        if declared:
            self._check_encoding(declared[1], self._told_by_bytes(head))
        return text

    def _decoded(self, head: bytes) -> str:
        return head.decode(self._told_by_bytes(head) or "latin-1", errors="replace").removeprefix("\ufeff")

    @staticmethod
    def _told_by_bytes(head: bytes) -> str | None:
        for mark, encoding in MARKS:
            if head.startswith(mark):
                return encoding
        return {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}.get(head[:2])

    def _check_encoding(self, declared: str, told: str | None) -> None:
        try:
            name = codecs.lookup(declared).name
        except LookupError:
            name = ""
        is_wide = name.startswith("utf-16")
        if name not in ENCODINGS or is_wide != bool(told and told.startswith("utf-16")):
            raise UnreadableReturn(
                self.kind, line=1, expected="The encoding it declares should be its own: UTF-8, UTF-16 or Windows-1252."
            )

    def _no_element(self, rest: str, *, is_all: bool) -> str:
        if rest.startswith(("<!--", "<?")) or (not rest and not is_all):
            return (
                f"The first element, <{self.root}>, should come sooner: what stands before it is too long or not ended."
            )
        return f"The file should be XML and begin with <{self.root}>."

    def _doctype(self, line: int | None) -> UnreadableReturn:
        return UnreadableReturn(
            self.kind, line=line, element="!DOCTYPE", expected="No DOCTYPE is accepted, because it can carry an attack."
        )

    def _too_large(self) -> UnreadableReturn:
        line, name = self._deepest()
        megabytes = RECORD_LIMIT // 1024**2
        return UnreadableReturn(
            self.kind,
            line=line,
            element=name,
            expected=f"One record, or one value, should be under {megabytes} MB; this one is larger.",
        )

    def _malformed(self, error: Any) -> UnreadableReturn:
        """The parser's complaint in our words. Its own may quote the file, so only element names are taken from it."""
        line, name = self._deepest()
        line = error.lineno or line
        mismatch = NAMES_IN_ERROR.search(error.msg or "")
        if mismatch:
            name = mismatch[1].rpartition(":")[2]
            return UnreadableReturn(
                self.kind, line=line, element=name[:60], expected=f"</{name[:60]}> was expected here."
            )
        if error.code in BREAKS_OFF:
            said = f"The file breaks off before </{self.root}>."
        elif error.code == _KINDS.ERR_DOCUMENT_END:
            said = f"Nothing should follow </{self.root}>."
        elif error.code in CHARACTERS:
            said = "There is a character or an entity that the file's encoding and XML do not allow."
        elif "huge" in (error.msg or "").lower() or "depth" in (error.msg or "").lower():
            said = "One value is too long, or elements are nested too deeply."
        else:
            said = "It is not well-formed XML at this place."
        return UnreadableReturn(self.kind, line=line, element=name, expected=said)

    def _deepest(self) -> tuple[int | None, str | None]:
        """Line and name of the last element begun: where the parser was."""
        element = self.first
        if element is None:
            return None, None
        while len(element):
            element = element[-1]
        return element.sourceline, etree.QName(element).localname[:60]
