"""One success is what a report needs.

one_success does not ask whether another task has failed, and does not wait for it. When one of two chosen tasks fails,
the report runs.

More: CONCEPTS.md#trigger-rules
"""

CHANGES = {
    '"none_failed_min_one_success"':
        '"one_success"',
}
