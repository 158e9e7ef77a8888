"""A night loads the day before today.

It does, unless it runs late, again or as a backfill: then today is another day. The interval of a run never changes.

More: CONCEPTS.md#data-intervals
"""

CHANGES = {
    "warehouse.stage(data_interval_start.date(), ":
        "warehouse.stage((datetime.now(timezone.utc) - timedelta(days=1)).date(), ",
}
