"""A start date is some time ago: seven days are enough.

It is computed at each import, so it moves on with the clock. Days that were missed longer ago are never loaded, and the
first day is another one each time.

More: CONCEPTS.md#data-intervals
"""

CHANGES = {
    "start_date=datetime(2026, 3, 1, tzinfo=timezone.utc)":
        "start_date=datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=7)",
}
