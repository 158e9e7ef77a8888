"""execution_timeout limits how long a sensor waits.

It limits one look in the mode reschedule. How long a sensor waits in all is its timeout, seven days by default.

More: CONCEPTS.md#orchestration
"""

CHANGES = {
    'mode="reschedule", timeout=timedelta(hours=2)':
        'mode="reschedule", execution_timeout=timedelta(hours=2)',
}
