"""retries=3 makes three tries.

It counts the tries after the first one: there are four.

More: CONCEPTS.md#orchestration
"""

CHANGES = {
    "retries=2":
        "retries=3",
}
