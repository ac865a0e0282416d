"""Rules are read as written, and written as they are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yearbook import relation
from yearbook.relation import Call, Comparison, Name, Number, Operation, RuleError, parse, written

names = st.sampled_from(["a", "group_heads", "人数"])
leaves = st.one_of(
    names.map(Name),
    st.decimals(0, 999, places=1).map(Number),
    st.builds(Call, st.sampled_from(["count", "prev"]), names.map(lambda name: (name,))),
    st.builds(Call, st.just("sum"), st.tuples(names, names)),
)
terms = st.recursive(
    leaves,
    lambda inner: st.builds(Operation, st.sampled_from("+-*/"), inner, inner),
    max_leaves=12,
)


@given(terms)
def test_written(term: relation.Term) -> None:
    """What is written of a term reads back as the same term."""
    (read,) = parse(f"{written(term)} = 1")
    assert read.left == term


@given(st.text("ab1+-*/(),=<> count", max_size=30))
def test_any_text(text: str) -> None:
    """Any text is a rule or a `RuleError` with words in both languages."""
    try:
        said = bool(parse(text))
    except RuleError as problem:
        said = bool(problem.what.en and problem.what.zh)
    assert said


def test_longest() -> None:
    """A rule as long as may be is still read, brackets and all; a longer one is refused."""
    brackets = (relation.LONGEST - 3) // 2
    deep = "(" * brackets + "a" + ")" * brackets
    assert parse(f"{deep} = 1") == (Comparison(Name("a"), "=", parse("a = 1")[0].right),)
    with pytest.raises(RuleError):
        parse(f"({deep}) = 1 + 1")
