"""The checkpoint of branches: runs with scripted outcomes, compared with a table of states."""

from __future__ import annotations

from checkpoint import reads_nothing
from playing import play

TASKS = ["audit", "publish", "quarantine", "report", "alarm", "cleanup"]
LETTERS = {"success": "s", "failed": "f", "upstream_failed": "u", "skipped": "-"}

# What audit chooses, which tasks fail, and the states of the tasks in the order above: s success, f failed, u upstream_failed,
# - skipped.
RUNS = {
    "publish": ("publish", "", "ss-s-s"),
    "quarantine": ("quarantine", "", "s-ss-s"),
    "both": ("publish,quarantine", "", "ssss-s"),
    "no rows": ("", "", "s----s"),
    "audit fails": ("publish", "audit", "fuuuss"),
    "publish fails": ("publish", "publish", "sf-uss"),
    "quarantine fails": ("quarantine", "quarantine", "s-fuss"),
    "both, and one fails": ("publish,quarantine", "publish", "sfsuss"),
    "report fails": ("publish", "report", "ss-fss"),
    "cleanup fails": ("publish", "cleanup", "ss-s-f"),
}

# publish fails at once, and quarantine is still tried.
SLOW = {
    "audit": ["branch:publish,quarantine"],
    "publish": ["failed"],
    "quarantine": ["failed", "failed", "success"],
}


def passes_on(answer):
    """publish and quarantine run if audit has chosen them"""
    return _rows(answer, ["publish", "quarantine", "both", "no rows", "audit fails"], ["audit", "publish", "quarantine"])


def reports(answer):
    """report runs if one of the chosen tasks has succeeded and none has failed"""
    return _rows(answer, [name for name in RUNS if name != "report fails"], ["report"])


def alarms(answer):
    """alarm runs if a task has failed, and is skipped otherwise"""
    return _rows(answer, [name for name in RUNS if name != "cleanup fails"], ["alarm"])


def cleans_up(answer):
    """cleanup runs in each case, when the others have ended"""
    rows = _rows(answer, [name for name in RUNS if name != "cleanup fails"], ["cleanup"])
    slow = play(answer.dag, SLOW, retries={"quarantine": 2})
    for name, run in [("publish", _run(answer, "publish")), ("publish fails, quarantine takes long", slow)]:
        others = [position for position, task in enumerate(run.started) if task in TASKS[:4]]
        late = "cleanup" in run.started and run.started.index("cleanup") > max(others)
        rows.append((f"{name}: cleanup", "after the others", "after the others" if late else "before another"))
    return rows


def ends(answer):
    """the run fails if a task has failed"""
    expected = {name: "failed" if fails else "success" for name, (_, fails, _) in RUNS.items()}
    return [(f"{name}: the run", expected[name], _run(answer, name).run) for name in RUNS]


def _rows(answer, names, tasks):
    rows = []
    for name in names:
        run = _run(answer, name)
        expected = dict(zip(TASKS, RUNS[name][2]))
        for task in tasks:
            states = {letter: state for state, letter in LETTERS.items()}
            rows.append((f"{name}: {task}", states[expected[task]], run.states.get(task, "there is no such task")))
    return rows


_runs: dict = {}


def _run(answer, name):
    if name not in _runs:
        chosen, fails, _ = RUNS[name]
        scripts = {task: ["success"] for task in TASKS}
        scripts["audit"] = [f"branch:{chosen}"]
        if fails:
            scripts[fails] = ["failed"]
        _runs[name] = play(answer.dag, scripts)
    return _runs[name]


STEPS = [reads_nothing, passes_on, reports, alarms, cleans_up, ends]
