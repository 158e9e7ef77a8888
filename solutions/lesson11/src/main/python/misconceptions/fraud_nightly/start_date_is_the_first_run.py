"""The first run begins at start_date.

With data intervals, start_date begins the first interval, and the run begins at its end. So March 1 is never loaded.

More: CONCEPTS.md#data-intervals
"""

CHANGES = {
    "start_date=datetime(2026, 3, 1,":
        "start_date=datetime(2026, 3, 2,",
}
