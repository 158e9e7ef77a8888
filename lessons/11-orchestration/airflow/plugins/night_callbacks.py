"""What is called when something goes wrong. The triggerer and the workers import it: plugins are on their path, DAG files are not.

Each call appends a line of JSON to the file that the environment variable WORKBOOK_NIGHT_LOG names. A team would page somebody.
"""

from __future__ import annotations

import json
import logging
import os
from datetime import datetime, timezone


def tell_failure(context) -> None:
    """A task has failed, and has no tries left."""
    _tell("failed", task=context["task_instance"].task_id, run=context["run_id"])


def tell_retry(context) -> None:
    """A try has failed, and another one follows."""
    _tell("retry", task=context["task_instance"].task_id, run=context["run_id"], tries=context["task_instance"].try_number)


async def tell_late(context: dict, **_kwargs) -> None:
    """A run has missed its deadline. It goes on."""
    run = context.get("dag_run") or {}
    _tell("late", run=run.get("dag_run_id") or run.get("run_id") if isinstance(run, dict) else run.run_id)


def _tell(what: str, **details) -> None:
    line = json.dumps({"time": f"{datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%SZ}", "what": what, **details})
    logging.getLogger(__name__).warning(line)
    if file := os.environ.get("WORKBOOK_NIGHT_LOG"):
        with open(file, "a", encoding="utf-8") as log:
            log.write(line + "\n")
