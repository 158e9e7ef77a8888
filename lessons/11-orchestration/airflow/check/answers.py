"""Imports a DAG file as Airflow's DAG processor does, and watches what it reads meanwhile."""

from __future__ import annotations

import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from airflow.dag_processing.dagbag import DagBag

# What a file may take to be imported, in seconds. The DAG processor imports each file every few seconds, or minutes.
BUDGET = 10

READS = {
    "open": "opens the file {0}",
    "os.listdir": "lists the folder {0}",
    "sqlite3.connect": "queries the database {0}",
    "socket.connect": "connects to {1}",
    "socket.getaddrinfo": "looks up the host {0}",
    "subprocess.Popen": "starts the program {0}",
    "os.system": "starts the program {0}",
}


class Unsolved(Exception):
    """The file is still the starter."""


class Broken(Exception):
    """The file cannot be imported, or its DAG cannot be used. The message is for the learner."""


@dataclass
class Answer:
    """A DAG and what its file read when it was imported, as sentences without a subject."""

    dag: object
    reads: list[str]


class _Watch:
    """An audit hook cannot be removed, so there is one, which is switched on and off."""

    def __init__(self) -> None:
        self.file: str | None = None
        self.reads: list[str] = []
        sys.addaudithook(self._hear)

    @contextmanager
    def on(self, file: Path):
        self.file = str(file)
        try:
            yield
        finally:
            self.file = None

    def _hear(self, event: str, arguments: tuple) -> None:
        if self.file is not None and event in READS and self._is_from_the_file():
            text = READS[event].format(*arguments)
            if text not in self.reads:
                self.reads.append(text)
            if event.startswith("socket."):
                raise PermissionError(f"a DAG file {text} when it is imported")

    def _is_from_the_file(self) -> bool:
        """Whether a line of the file leads to the event, but not an import, which reads code."""
        frame = sys._getframe(2)
        while frame is not None:
            if "importlib" in frame.f_code.co_filename:
                return False
            if frame.f_code.co_filename == self.file:
                return True
            frame = frame.f_back
        return False


_watch = _Watch()


def load(file: Path) -> Answer:
    """Imports a file that has one DAG.

    Raises Unsolved or Broken.
    """
    bag = DagBag(dag_folder=str(file), collect_dags=False)
    begin = time.monotonic()
    with _watch.on(file):
        bag.process_file(str(file), only_if_updated=False, safe_mode=False)
    if bag.import_errors:
        _raise(file)
    if time.monotonic() - begin > BUDGET:
        raise Broken(f"The import took {time.monotonic() - begin:.0f} s; it may take {BUDGET} s.")
    if len(bag.dags) != 1:
        raise Broken(f"The file has {len(bag.dags)} DAGs; it must have one.")
    (dag,) = bag.dags.values()
    return Answer(dag, _watch.reads)


def _raise(file: Path) -> None:
    """Imports the file again without Airflow, which keeps only the text of an error."""
    text = file.read_text(encoding="utf-8")
    try:
        with _watch.on(file):
            exec(compile(text, str(file), "exec"), {"__name__": file.stem, "__file__": str(file)})
    except NotImplementedError:
        raise Unsolved from None
    except BaseException as error:
        raise Broken(describe(error, file)) from None
    raise Broken("The file is imported once, but not twice.")


def describe(error: BaseException, file: Path) -> str:
    """An error as one sentence with the line of the file, and what to do if it is a leftover of Airflow 2."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    line = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else (lines or [None])[-1]
    text = f"{type(error).__name__}: {error}"
    where = f"{file.name}, line {line}: " if line else ""
    advice = next((advice for word, advice in LEFTOVERS.items() if word in text), "")
    return f"{where}{text}" + (f"\n{advice}" if advice else "")


LEFTOVERS = {
    "schedule_interval": "Airflow 3 has `schedule` in place of `schedule_interval`.",
    "sla": "Airflow 3 has no SLAs: see `DeadlineAlert` in airflow.sdk.",
    "provide_context": "Since Airflow 2 a function gets the context it asks for: leave `provide_context` out.",
    "airflow.operators": "The operators are in airflow.providers.standard.operators.",
    "airflow.sensors": "The sensors are in airflow.providers.standard.sensors.",
    "airflow.utils.dates": "Airflow 3 has no `days_ago`. A start date is fixed: the same at each import.",
    "execution_date": "Airflow 3 has `logical_date` in place of `execution_date`, and `data_interval_start`.",
}
