"""The exercises in Python: their files, and the misconceptions with which a wrong answer is compared."""

from __future__ import annotations

import ast
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from checkpoint import Result, check

PROJECT = Path(__file__).resolve().parents[4]
LESSON = "11"
SOLUTIONS = PROJECT / f"solutions/lesson{LESSON}/src/main/python"


@dataclass(frozen=True)
class Misconception:
    """The answer with one change: what somebody believes who writes it, and what really happens."""

    name: str
    believed: str
    really: str
    more: str
    source: str


@dataclass(frozen=True)
class Exercise:
    """An exercise, by the name of its file."""

    name: str

    @property
    def starter(self) -> Path:
        return PROJECT / f"exercises/lesson{LESSON}/src/main/python/{self.name}.py"

    @property
    def answer(self) -> Path:
        return SOLUTIONS / f"{self.name}.py"

    @property
    def checkpoint(self) -> Path:
        return PROJECT / f"exercises/lesson{LESSON}/src/test/python/{self.name}_checkpoint.py"

    @property
    def hints(self) -> str:
        return f"exercises/lesson{LESSON}/hints/{self.name}.md"

    def check(self, file: Path) -> Result:
        return check(file, self.checkpoint)

    def check_all(self, answers: list[Path | Misconception]) -> Iterator[Result]:
        """Checks answers side by side, and returns their results in the same order."""
        with ThreadPoolExecutor(max(1, (os.cpu_count() or 1))) as threads:
            yield from threads.map(
                lambda answer: self.check(answer) if isinstance(answer, Path) else self.check_text(answer.source), answers
            )

    def check_text(self, text: str) -> Result:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{self.name}.py"
            file.write_text(text, encoding="utf-8")
            return self.check(file)

    def alternatives(self) -> list[Path]:
        """Right answers that are written differently."""
        folder = PROJECT / f"solutions/lesson{LESSON}/src/test/python"
        return sorted(folder.glob(f"{self.name}_*.py"))

    def misconceptions(self) -> list[Misconception]:
        """Wrong answers: each file has the belief, the correction and where to read more, and CHANGES of the answer's text."""
        return [self._misconception(file) for file in sorted((SOLUTIONS / "misconceptions" / self.name).glob("*.py"))]

    def _misconception(self, file: Path) -> Misconception:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        believed, really, more = ast.get_docstring(tree).split("\n\n")
        changes = next(ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign))
        source = self.answer.read_text(encoding="utf-8")
        for old, new in changes.items():
            if source.count(old) != 1:
                raise ValueError(f"{file.name}: the answer has {source.count(old)} times {old!r}")
            source = source.replace(old, new)
        return Misconception(file.stem, believed, " ".join(really.split()), more, source)

    def diagnose(self, result: Result) -> Misconception | None:
        """The misconception whose answer fails in the same step, and observes the same in that step and all later ones."""
        if result.verdict != "WRONG":
            return None
        misconceptions = self.misconceptions()
        for misconception, other in zip(misconceptions, self.check_all(misconceptions)):
            if other.step == result.step and other.observed == result.observed:
                return misconception
        return None


def all_exercises() -> list[Exercise]:
    files = (PROJECT / f"exercises/lesson{LESSON}/src/test/python").glob("*_checkpoint.py")
    return [Exercise(file.stem.removesuffix("_checkpoint")) for file in sorted(files)]
