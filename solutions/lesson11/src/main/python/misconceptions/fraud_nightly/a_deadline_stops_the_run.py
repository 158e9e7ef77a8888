"""dagrun_timeout is what became of the SLA.

It stops the night at 06:00 in place of telling somebody. A DeadlineAlert calls its callback, and the run goes on.

More: CONCEPTS.md#orchestration
"""

CHANGES = {
    "    deadline=DeadlineAlert(\n        reference=DeadlineReference.DAGRUN_QUEUED_AT,\n        interval=timedelta(hours=4),\n        callback=AsyncCallback(warehouse.tell),\n    ),\n":
        "    dagrun_timeout=timedelta(hours=4),\n",
}
