"""depends_on_past makes tasks of a run wait for one another.

It makes a task wait for itself in the run before. When March 10 fails, no later day is loaded. The arrows order the
tasks of a run.

More: CONCEPTS.md#backfill
"""

CHANGES = {
    "    catchup=True,\n":
        '    catchup=True,\n    default_args={"depends_on_past": True},\n',
}
