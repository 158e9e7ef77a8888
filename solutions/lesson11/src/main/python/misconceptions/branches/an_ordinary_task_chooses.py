"""A task that returns the id of another one chooses it.

The result of a task is a value in XCom, which nobody reads here. Only a branch operator, such as @task.branch, skips
what it has not chosen. Both tasks run.

More: CONCEPTS.md#trigger-rules
"""

CHANGES = {
    "    @task.branch\n":
        "    @task\n",
}
