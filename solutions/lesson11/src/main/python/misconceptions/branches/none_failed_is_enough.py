"""A report is due if nothing has failed.

Where audit has chosen nothing, nothing has failed, either: both tasks were skipped. none_failed runs the report on a
night without rows; none_failed_min_one_success asks for a success, too.

More: CONCEPTS.md#trigger-rules
"""

CHANGES = {
    '"none_failed_min_one_success"':
        '"none_failed"',
}
