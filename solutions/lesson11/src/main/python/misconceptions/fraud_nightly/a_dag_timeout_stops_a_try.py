"""dagrun_timeout stops a task that hangs.

It fails the run when it is over. The limit of a try is its execution_timeout; without one, a load that hangs occupies
its worker until then.

More: CONCEPTS.md#orchestration
"""

CHANGES = {
    "            execution_timeout=timedelta(hours=1),\n":
        "",
    "    catchup=True,\n":
        "    catchup=True,\n    dagrun_timeout=timedelta(hours=1),\n",
}
