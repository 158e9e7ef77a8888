"""A run begins at its logical date, so its deadline is four hours later.

With data intervals, the logical date is the begin of the interval, here a day before the run. The deadline has passed
when the night begins.

More: CONCEPTS.md#orchestration
"""

CHANGES = {
    "DAGRUN_QUEUED_AT":
        "DAGRUN_LOGICAL_DATE",
}
