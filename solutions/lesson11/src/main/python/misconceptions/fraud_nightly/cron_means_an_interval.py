"""A cron string gives each run the interval that ends when it begins.

It did so in Airflow 2. In Airflow 3 it makes a CronTriggerTimetable: interval and logical date are the moment at which
the run begins. The run loads a day of which two hours have passed.

More: CONCEPTS.md#data-intervals
"""

CHANGES = {
    'CronDataIntervalTimetable("0 2 * * *", timezone="UTC")':
        '"0 2 * * *"',
}
