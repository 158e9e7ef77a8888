"""The callback of a deadline may be a function of the DAG file.

The triggerer calls it, which imports it by the name of its module. The DAG processor gives the module of a DAG file a
name that no other process can import.

More: CONCEPTS.md#orchestration
"""

CHANGES = {
    "\n\ndef wait(":
        "\n\nasync def tell(context, **kwargs):\n    await warehouse.tell(context, **kwargs)\n\n\ndef wait(",
    "AsyncCallback(warehouse.tell)":
        "AsyncCallback(tell)",
}
