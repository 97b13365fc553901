"""Roads and borders between two places, and villages on the way to one: what is named by places without being one; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whoholds.locate.names import is_article, plain
from whoholds.locate.words import words

_NAME = (
    r"(?:[AaEe][lnrstdz]h?[- ])?[^\W\d_a-z][\w'’‘]+(?: (?:[ae][lnrstdz]h?-)?[^\W\d_a-z][\w'’‘]+| [ae][lnrstdz]h?-[^\W\d_a-z][\w'’‘]+){0,2}"
)
_WAY = r"(?:roads?|highways?|motorways?|expressways?|routes?|railways?|railroads?|pipelines?|corridor|stretch|supply lines?)"
_BORDER = r"(?:borders?|frontier|boundary|demarcation line)"
_BETWEEN = re.compile(
    rf"\b(?P<noun>{_WAY}|{_BORDER}) (?:that |which )?(?:(?:run|runs|running|leading|leads) )?"
    rf"(?:between|from|linking|links|connecting|connects|joining) (?:the )?(?:(?:city|cities|town|towns|village|villages) of )?"
    rf"(?P<one>{_NAME}) (?:and|to|with) (?:the )?(?P<other>{_NAME})"
)
_JOINED = re.compile(rf"(?P<one>{_NAME})(?:-|–|—|/| to )(?P<other>{_NAME}) (?:[a-z]+ )?(?P<noun>{_WAY}|{_BORDER})\b")
_ON_THE_WAY = re.compile(
    r"^(?:the |a |an |one )?(?:[a-z-]+ ){0,2}(?:village|villages|town|towns|hamlet|hamlets|settlement|settlements) "
    r"(?:before|short of|beyond|past|on the (?:way|road) (?:to|from)) (?:the )?(?:city of |town of )?[^\W\d_a-z]"
)
_REACH = 80


@dataclass(frozen=True, slots=True)
class Line:
    """A way or a border (`noun`) between two places, by their names as written."""

    noun: str
    one: str
    other: str

    @property
    def words(self) -> str:
        """The line as words: "road between Homs and Tartus"."""
        return f"{self.noun} between {self.one} and {self.other}"


def line_at(as_written: str, left: str, right: str) -> Line | None:
    """Return the line that the words at a mention name ("the Homs-Tartus road", "the border between A and B"), if any."""
    before, after = left[-_REACH:], right[:_REACH]
    text = f"{before}{as_written}{after}"
    start, stop = len(before), len(before) + len(as_written)
    for pattern in (_BETWEEN, _JOINED):
        for found in pattern.finditer(text):
            if found.start() < stop and found.end() > start and not is_article(plain(found["one"])):
                return Line(found["noun"], _country(found["one"]), _country(found["other"]))
    return None


def _country(name: str) -> str:
    """Return the country that an adjective of nationality stands for: "the Syrian-Jordanian border"."""
    return words().nationalities.get(plain(name), name)


def is_on_the_way(phrase: str) -> bool:
    """Tell whether a phrase means an unnamed settlement by a place that it is not: "the last village before Homs"."""
    return bool(_ON_THE_WAY.match(phrase))
