"""all_done runs a cleanup in each case, also directly behind the branch.

What is directly downstream of a branch and was not chosen is skipped by the branch, whatever its rule is. On a night
without rows audit skips the cleanup.

More: CONCEPTS.md#trigger-rules
"""

CHANGES = {
    "    audit() >> chosen >> reported >> [told, cleaned]\n":
        "    audited = audit()\n    audited >> chosen >> reported >> [told, cleaned]\n    audited >> cleaned\n",
}
