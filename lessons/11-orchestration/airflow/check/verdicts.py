"""Verdicts as text for a terminal, like those of the exercises in Java."""

from __future__ import annotations

import textwrap

from checkpoint import Result
from exercises import LESSON, Exercise, Misconception

WIDTH = 98


def text(exercise: Exercise, result: Result, misconception: Misconception | None = None) -> str:
    line = f"{result.verdict:8}  lesson {LESSON} {exercise.name}"
    if result.verdict == "UNSOLVED":
        return f"{line}: not solved yet, open exercises/lesson{LESSON}/src/main/python/{exercise.name}.py"
    if result.verdict == "BROKEN":
        return f"{line}: {_indented(result.message).strip()}{_hints(exercise)}"
    if result.verdict == "WRONG":
        return f"{line}: failed: {result.step}\n\n{_table(result.rows)}{_hints(exercise)}{_diagnosis(misconception)}"
    return line


def _table(rows) -> str:
    """The rows that differ, and what is right before them."""
    lines = [("", "expected", "observed"), *rows]
    first, second = (max(len(row[column]) for row in lines) for column in (0, 1))
    return "\n".join(
        f"  {what:{first}}  {expected:{second}}  {observed}" + ("  <- differs" if (what and expected != observed) else "")
        for what, expected, observed in lines
    )


def _hints(exercise: Exercise) -> str:
    return f"\n\n  Hints: {exercise.hints}"


def _diagnosis(misconception: Misconception | None) -> str:
    if misconception is None:
        return ""
    return (
        "\n\n  Diagnosis: your code behaves exactly like code with this misconception:\n"
        + _indented(f'"{misconception.believed}"')
        + "\n\n"
        + _indented(f"{misconception.really}\n\n{misconception.more}")
    )


def _indented(paragraph: str) -> str:
    lines = [part for line in paragraph.splitlines() for part in textwrap.wrap(line, WIDTH) or [""]]
    return "\n".join(f"  {line}".rstrip() for line in lines)
