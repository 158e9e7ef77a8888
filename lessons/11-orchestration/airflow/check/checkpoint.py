"""Checks an answer step by step.

A checkpoint is a list of functions. Each has a sentence as its docstring, gets the answer, and returns rows (what, expected,
observed). It is passed if expected and observed are equal in all rows.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tempfile
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path

from answers import Broken, Unsolved, describe, load
from playing import Stuck, use_database_of_its_own

Row = tuple[str, str, str]


@dataclass
class Result:
    """The verdict on an answer: UNSOLVED, SOLVED, WRONG with the failed step and its rows, or BROKEN with a message.

    `observed` is what the failed step and those after it saw. Two answers that behave equally have the same.
    """

    verdict: str
    step: str = ""
    rows: list[Row] = field(default_factory=list)
    message: str = ""
    observed: dict[str, list[str]] = field(default_factory=dict)


def check(file: Path, checkpoint: Path | None = None) -> Result:
    """Checks an answer in a process of its own, in which nothing is loaded but Airflow."""
    with tempfile.TemporaryDirectory(dir=os.environ["AIRFLOW_HOME"], prefix="check-") as folder:
        return _check_in_child(file, checkpoint, folder)


def _check_in_child(file: Path, checkpoint: Path | None, folder: str) -> Result:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        code = 1
        try:
            tempfile.tempdir = folder
            use_database_of_its_own(folder)
            with os.fdopen(write, "w", encoding="utf-8") as out:
                json.dump(asdict(_check(file, checkpoint)), out)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as text:
        reply = text.read()
    os.waitpid(child, 0)
    if not reply:
        return Result("BROKEN", message="The answer ended the process that checked it.")
    return Result(**json.loads(reply))


def _check(file: Path, checkpoint: Path | None) -> Result:
    _be_quiet()
    try:
        answer = load(file)
    except Unsolved:
        return Result("UNSOLVED")
    except Broken as error:
        return Result("BROKEN", message=str(error))
    result = Result("SOLVED")
    for step in steps(checkpoint):
        try:
            rows = step(answer)
        except (Broken, LookupError, Stuck) as error:
            rows = [("the run", "ends", str(error.args[0] if error.args else error))]
        except Exception as error:
            rows = [("the run", "ends", describe(error, file))]
        if result.verdict == "SOLVED" and any(expected != observed for _, expected, observed in rows):
            result.verdict, result.step, result.rows = "WRONG", step.__doc__.strip(), rows
        if result.verdict == "WRONG":
            result.observed[step.__name__] = [observed for _, _, observed in rows]
    return result


def reads_nothing(answer) -> list[Row]:
    """the file reads nothing when it is imported"""
    return [("the import", "reads nothing", "; ".join(answer.reads) or "reads nothing")]


def steps(checkpoint: Path | None) -> list:
    """The steps of a checkpoint, in the order of its list. Without one, a DAG must be imported, and read nothing."""
    if checkpoint is None:
        return [reads_nothing]
    spec = importlib.util.spec_from_file_location(checkpoint.stem, checkpoint)
    module = importlib.util.module_from_spec(spec)
    sys.modules[checkpoint.stem] = module
    spec.loader.exec_module(module)
    return module.STEPS


def _be_quiet() -> None:
    """A script makes tasks fail on purpose, and Airflow reports each failure."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
