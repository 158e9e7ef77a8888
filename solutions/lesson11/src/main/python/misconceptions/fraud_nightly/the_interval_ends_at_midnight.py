"""data_interval_end is the day that has ended.

It is the moment at which the run begins: 02:00 of the day after the one to load.

More: CONCEPTS.md#data-intervals
"""

CHANGES = {
    "warehouse.stage(data_interval_start.date(), ":
        'warehouse.stage(context["data_interval_end"].date(), ',
}
