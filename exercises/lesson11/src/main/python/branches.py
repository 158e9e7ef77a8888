"""Wire the tasks of a nightly DAG with a branch, so that they run when they should, and only then.

`audit` returns what it has chosen for the rows: "publish", "quarantine", a list with both, or an empty list if there are no
rows.

Done means:
- `publish` and `quarantine` run when `audit` has ended, those of them that it has chosen. The others are skipped.
- `report` runs when the chosen ones have ended, if at least one has succeeded and none has failed.
- `alarm` runs if one of `audit`, `publish`, `quarantine` and `report` fails. It is skipped otherwise.
- `cleanup` runs in each case, when those four have ended.
- The run fails if any task has failed, also if it is `cleanup`. Otherwise it succeeds.

The functions stay as they are: the checkpoint replaces what they do. Add decorators, arguments of decorators, and the order.
Tasks with other ids are yours.

Check it with `./jbang airflow test branches`; hints are in exercises/lesson11/hints/branches.md.
"""

raise NotImplementedError  # Delete this line when you begin.

from datetime import datetime, timezone

from airflow.sdk import dag, task


@dag(schedule=None, start_date=datetime(2026, 3, 1, tzinfo=timezone.utc))
def branches():
    @task
    def audit():
        return "publish"

    @task
    def publish():
        print("published")

    @task
    def quarantine():
        print("stored")

    @task
    def report():
        print("reported")

    @task
    def alarm():
        print("told")

    @task
    def cleanup():
        print("deleted")


branches()
