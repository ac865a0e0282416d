"""The sentences of a paragraph and their marks: a short digest each, figures by their names."""

import re
from hashlib import sha256
from html import unescape

_CALL = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_END = re.compile(
    r"(?<=[.!?])\s+|(?<!&amp;)(?<!&lt;)(?<!&gt;)(?<!&quot;)(?<!&#39;)(?<!&#34;)(?<=;)\s+"
    r"|(?<=[。！？；])|</li>\s*<li>"
)
"""Where a sentence ends; not at the end of an escaped sign."""
_LENGTH = 8
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_SHOWN = 60


def sentences(words: str) -> list[str]:
    """A paragraph cut into sentences; a call for a figure never parts.

    >>> sentences('It sent {{ fact( "a.  b" ) }}. It rose;  then fell.')
    ['It sent {{ fact( "a. b" ) }}.', 'It rose;', 'then fell.']
    >>> sentences("The Ministry of Science &amp; Technology; others.")
    ['The Ministry of Science &amp; Technology;', 'others.']
    """
    calls = _CALL.findall(words)
    bare = _CALL.sub("\x00", words)
    waiting = iter(calls)
    parts = [
        " ".join(re.sub("\x00", lambda _: next(waiting), part).split()) for part in _END.split(bare)
    ]
    return [part for part in parts if part]


def mark(sentence: str) -> str:
    """The mark of a sentence; how a call for a figure is spaced does not count.

    >>> mark('It sent {{fact("a")}}.') == mark('It sent {{ fact( "a" ) }}.')
    True
    """
    bare = _CALL.sub(lambda call: re.sub(r"\s+", "", call[0]), sentence)
    # Letters only: a spreadsheet that saves the file would turn 12e45678 into a number.
    return sha256(bare.encode()).hexdigest()[:_LENGTH].translate(_LETTERS)


def difference(words: str, before: str) -> str:
    """The sentences that are new, and how many are gone.

    >>> old = " ".join(mark(sentence) for sentence in sentences("It rains. It snows."))
    >>> difference("It rains. It hails.", old)
    '+ "It hails." - 1'
    >>> difference("R&amp;D", "")
    '+ "R&D"'
    """
    marks = before.split()
    now = sentences(words)
    new = [unescape(sentence) for sentence in now if mark(sentence) not in marks]
    gone = set(marks) - {mark(sentence) for sentence in now}
    added = "; ".join(f'"{s if len(s) <= _SHOWN else s[:_SHOWN].rstrip() + "…"}"' for s in new[:2])
    parts = [f"+ {added}"] if new else []
    if len(new) > 2:
        parts.append(f"+ {len(new) - 2}")
    if gone:
        parts.append(f"- {len(gone)}")
    return " ".join(parts) or "±"
