"""Plays a DAG with dag.test(): Airflow's own trigger rules, retries and branches, with scripted outcomes of the tasks."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import importlib
import os
import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from itertools import count
from typing import Any
from unittest import mock

import airflow.sdk.definitions.dag as sdk_dag
import httpx
from airflow import settings
from airflow.dag_processing.bundles.manager import DagBundlesManager
from airflow.dag_processing.dagbag import DagBag, sync_bag_to_db
from airflow.sdk.execution_time.supervisor import in_process_api_server
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from airflow.serialization.encoders import coerce_to_core_timetable
from airflow.timetables.base import DagRunInfo, DataInterval, TimeRestriction
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import configure_mappers

# More tries than any script has. A run that has not ended by then never ends.
PATIENCE = 10

_logical_dates = (datetime(2026, 3, 11, tzinfo=timezone.utc) + timedelta(minutes=n) for n in count())


@event.listens_for(Engine, "connect")
def _do_not_wait_for_the_disk(connection, _record) -> None:
    """Nobody needs the database of a check after a crash of this machine."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = OFF")
    cursor.close()


def warm_up() -> None:
    """Loads what dag.test() uses, which takes seconds, without starting a thread: the processes that check are forked from this one."""
    for module in [
        "airflow.dag_processing.collection",
        "airflow.providers.standard.operators.bash",
        "airflow.providers.standard.sensors.python",
        "airflow.sdk.definitions.decorators",
        "airflow.sdk.execution_time.task_runner",
        "airflow.serialization.definitions.mappedoperator",
    ]:
        importlib.import_module(module)
    configure_mappers()
    asyncio.run(_ask(in_process_api_server().app))


async def _ask(app) -> None:
    """The first request, whatever it is, makes the routes of all versions of the API."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://in-process.invalid") as client:
        await client.get("/")


def use_database_of_its_own(folder: str) -> None:
    """Copies the empty metadata database to a folder and connects to the copy, so that checks can run side by side."""
    shutil.copy(settings.SQL_ALCHEMY_CONN.removeprefix("sqlite:///"), folder)
    os.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] = f"sqlite:///{folder}/airflow.db"
    settings.dispose_orm()
    settings.configure_vars()
    settings.configure_orm()


class Stuck(Exception):
    """No task can run, and the run has not ended."""


@dataclass
class Played:
    """What a run was: the final states of its task instances and of itself, and the tasks in the order of their tries.

    A mapped task has a state for each of its instances, under the names "load[0]", "load[1]".
    """

    states: dict[str, str] = field(default_factory=dict)
    started: list[str] = field(default_factory=list)
    run: str = ""

    def tries(self, task: str) -> int:
        return self.started.count(task)


def outcome(script: list[str], number: int) -> str:
    """What this try does, counted from 1. The last outcome of a script holds for all later tries."""
    return script[min(number, len(script)) - 1]


def act(what: str, task: str) -> Any:
    """Does what a script says, as the function of a task does it: returns, or raises."""
    if what == "failed":
        raise RuntimeError(f"{task} fails, as the script says")
    if what == "failed_for_good":
        raise AirflowFailException(f"{task} fails for good, as the script says")
    if what == "skipped":
        raise AirflowSkipException(f"{task} skips, as the script says")
    if what.startswith("branch:"):
        return [task for task in what.removeprefix("branch:").split(",") if task]
    return not what.startswith("short_circuit")


def play(
    dag,
    scripts: dict[str, list[str]] | None = None,
    info: DagRunInfo | None = None,
    retries: dict[str, int] | None = None,
) -> Played:
    """Runs a DAG once. Tasks with a script do what it says; the others run.

    A task with a Python function keeps its operator, such as a branch, which acts on what the script returns in place of
    the function. Any other operator is replaced as a whole. A retry is not waited for; `retries` replaces those of tasks.
    """
    played = Played()
    info = info or DagRunInfo.exact(next(_logical_dates))
    with _without_time(dag, retries or {}), _registered(dag, info), _scripted(scripts or {}, played):
        run = dag.test(logical_date=info.logical_date, run_after=info.run_after)
    for instance in run.get_task_instances():
        name = instance.task_id if instance.map_index < 0 else f"{instance.task_id}[{instance.map_index}]"
        played.states[name] = str(instance.state or "none")
    played.run = str(run.state)
    return played


def scheduled_run(dag, after: datetime) -> DagRunInfo:
    """The first run that the scheduler begins at this time or later.

    Raises LookupError if the DAG has no schedule, or no run within a year.
    """
    timetable = coerce_to_core_timetable(dag.timetable)
    last: DataInterval | None = None
    for _ in range(400):
        info = timetable.next_dagrun_info(
            last_automated_data_interval=last,
            restriction=TimeRestriction(earliest=_aware(dag.start_date), latest=None, catchup=True),
        )
        if info is None:
            break
        if info.run_after >= after:
            return info
        last = info.data_interval
    raise LookupError(f"the scheduler begins no run at {after:%Y-%m-%d %H:%M} or later")


def _aware(time: datetime | None) -> Any:
    import pendulum

    return None if time is None else pendulum.instance(time)


@contextlib.contextmanager
def _without_time(dag, retries: dict[str, int]):
    """No task is retried later, and there is no deadline, for which a scheduler would be needed."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.object(dag, "deadline", None))
        for task in dag.tasks:
            stack.enter_context(mock.patch.object(task, "retry_delay", timedelta(0)))
            stack.enter_context(mock.patch.object(task, "retry_exponential_backoff", 0))
            stack.enter_context(mock.patch.object(task, "retries", retries.get(task.task_id, task.retries)))
        yield


@contextlib.contextmanager
def _scripted(scripts: dict[str, list[str]], played: Played):
    run_task = sdk_dag._run_task

    def run(*, ti, task, **options):
        played.started.append(task.task_id)
        # A try gets an operator of its own, as it does in a worker: an operator changes its arguments when it runs.
        task = copy.copy(task)
        if script := scripts.get(task.task_id):
            _replace(task, outcome(script, played.tries(task.task_id)))
        return run_task(ti=ti, task=task, **options)

    with mock.patch.object(sdk_dag, "_run_task", run):
        yield


def _replace(task, what: str) -> None:
    def scripted(*_args, **_kwargs) -> Any:
        return act(what, task.task_id)

    if hasattr(task, "python_callable"):
        task.python_callable = scripted
    else:
        task.execute = scripted


@contextlib.contextmanager
def _registered(dag, info: DagRunInfo):
    """Makes the DAG known to the metadata database, and dag.test() use the run's data interval, without its pauses."""
    manager = DagBundlesManager()
    manager.sync_bundles_to_db()
    name = next(iter(manager.get_all_dag_bundles())).name
    bag = DagBag(dag_folder="/dev/null", collect_dags=False)
    bag.bag_dag(dag)
    sync_bag_to_db(bag, name, None)
    timetable = type(coerce_to_core_timetable(dag.timetable))
    interval = lambda self, *, run_after: info.data_interval  # noqa: E731
    with mock.patch.object(timetable, "infer_manual_data_interval", interval), _no_pauses():
        yield


@contextlib.contextmanager
def _no_pauses():
    """dag.test() sleeps for a second when no task can run; a script has nothing that time could bring."""
    pauses = count()

    def pause(_seconds: float) -> None:
        if next(pauses) > PATIENCE:
            raise Stuck("the run has not ended, and no task can run")

    with mock.patch("time.sleep", pause):
        yield
