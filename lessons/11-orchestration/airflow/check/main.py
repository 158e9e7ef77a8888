"""./jbang airflow test: checks the exercises in Python, proves that their checkpoints decide rightly, and compares the NightRunner
with Airflow.

    main.py [exercise …]     the verdict on your answers
    main.py --proof          the DAGs, and the starters, answers, alternatives and misconceptions of the exercises
    main.py --conformance    the cases of kit/orchestration, played on Airflow
"""

from __future__ import annotations

import os
import sys
import tempfile
import time

import conformance
import verdicts
from checkpoint import check as check_file
from exercises import PROJECT, Exercise, all_exercises
from playing import use_database_of_its_own, warm_up

DAGS = PROJECT / "lessons/11-orchestration/airflow/dags"
CASES = PROJECT / "kit/orchestration/src/test/resources/conformance"


def check(exercises: list[Exercise]) -> int:
    """Prints the verdict on each answer, and returns how many are wrong."""
    wrong = 0
    for exercise in exercises:
        begin = time.monotonic()
        result = exercise.check(exercise.starter)
        if result.verdict == "WRONG":
            print(verdicts.text(exercise, result) + "\n\n  Comparing with known misconceptions ...", flush=True)
            result_text = verdicts.text(exercise, result, exercise.diagnose(result))
            print(result_text.split(exercise.hints, 1)[1] or "\n  None behaves like your answer.")
        else:
            print(verdicts.text(exercise, result))
        print(f"  ({time.monotonic() - begin:.1f} s)\n", flush=True)
        wrong += result.verdict in ("WRONG", "BROKEN")
    return wrong


def prove(exercises: list[Exercise]) -> tuple[int, int]:
    """Prints a line for each DAG and each file of the exercises, and returns how many are judged rightly, and how many are not."""
    counts = [0, 0]

    def line(is_right: bool, text: str) -> None:
        counts[0 if is_right else 1] += 1
        print(f"{'ok' if is_right else 'FAILED':7} {text}", flush=True)

    for file in sorted(DAGS.glob("*.py")):
        result = check_file(file)
        line(result.verdict == "SOLVED", f"dags/{file.name} is imported, and reads nothing: {result.message or result.rows or 'yes'}")
    for exercise in exercises:
        starter = exercise.check(exercise.starter)
        line(starter.verdict == "UNSOLVED", f"{exercise.name}: the starter is {starter.verdict}")
        right = [exercise.answer, *exercise.alternatives()]
        for file, result in zip(right, exercise.check_all(right)):
            line(result.verdict == "SOLVED", f"{file.name}: {verdicts.text(exercise, result)}")
        seen: dict[tuple, str] = {}
        misconceptions = exercise.misconceptions()
        for misconception, result in zip(misconceptions, exercise.check_all(misconceptions)):
            behaviour = (result.step, repr(result.observed), result.message)
            line(
                result.verdict in ("WRONG", "BROKEN") and behaviour not in seen,
                f"{exercise.name}, \"{misconception.believed}\": {result.verdict}: {result.step or result.message}"
                + (f", as {seen[behaviour]}" if behaviour in seen else ""),
            )
            seen[behaviour] = misconception.name
    return counts[0], counts[1]


def conform() -> tuple[int, int]:
    """Plays the conformance cases in a process of their own, and returns how many agree, and how many do not."""
    if not CASES.is_dir():
        print(f"skipped {CASES.relative_to(PROJECT)}: there is none")
        return 0, 0
    sys.stdout.flush()
    with tempfile.TemporaryDirectory(dir=os.environ["AIRFLOW_HOME"], prefix="check-") as folder:
        different = _conform_in_child(folder)
    return len(list(CASES.glob("*.json"))) - different, different


def _conform_in_child(folder: str) -> int:
    child = os.fork()
    if child == 0:
        code = 255
        try:
            use_database_of_its_own(folder)
            code = min(conformance.run(CASES), 100)
            sys.stdout.flush()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def main(arguments: list[str]) -> int:
    names = [argument for argument in arguments if not argument.startswith("--")]
    unknown = [name for name in names if Exercise(name) not in all_exercises()]
    if unknown:
        print(f"There is no exercise {unknown[0]}. There are: {', '.join(e.name for e in all_exercises())}", file=sys.stderr)
        return 2
    exercises = [Exercise(name) for name in names] or all_exercises()
    warm_up()
    if not {"--proof", "--conformance"} & set(arguments):
        return 1 if check(exercises) else 0
    counts = [prove(exercises)] if "--proof" in arguments else []
    counts += [conform()] if "--conformance" in arguments else []
    print(f"{sum(right for right, _ in counts)} passed, {sum(wrong for _, wrong in counts)} failed")
    return 1 if any(wrong for _, wrong in counts) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
