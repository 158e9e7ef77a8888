"""A branch, its join, an alarm, and a cleanup that hides no failure.

The task that a branch has not chosen is skipped, and a skipped task is no success. So the join must neither ask for the success of
all, nor be content when all have ended: none_failed_min_one_success asks for what the report needs.

The state of a run is that of its leaves. cleanup would be a leaf that succeeds after a failure, and the run would succeed with it.
The watcher is a leaf, too: it runs if any task has failed, and does nothing but fail.
"""

from datetime import datetime, timezone

from airflow.sdk import dag, task


@dag(schedule=None, start_date=datetime(2026, 3, 1, tzinfo=timezone.utc))
def branches():
    @task.branch
    def audit():
        return "publish"

    @task
    def publish():
        print("published")

    @task
    def quarantine():
        print("stored")

    @task(trigger_rule="none_failed_min_one_success")
    def report():
        print("reported")

    @task(trigger_rule="one_failed")
    def alarm():
        print("told")

    @task(trigger_rule="all_done")
    def cleanup():
        print("deleted")

    @task(trigger_rule="one_failed")
    def watcher():
        raise RuntimeError("A task has failed.")

    chosen, reported, told, cleaned = [publish(), quarantine()], report(), alarm(), cleanup()
    audit() >> chosen >> reported >> [told, cleaned]
    chosen >> told
    chosen >> cleaned
    [*chosen, reported, told, cleaned] >> watcher()


branches()
