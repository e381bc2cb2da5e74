"""Runs a notebook with nbclient: nbclient_execute.py INPUT OUTPUT CWD; prints the figures of execute.ts."""

import json
import sys
import time

import nbformat
from nbclient import NotebookClient

source, output, cwd = sys.argv[1:]
ends = []
started = time.perf_counter()
notebook = nbformat.read(source, as_version=4)
client = NotebookClient(
    notebook,
    kernel_name=notebook.metadata.kernelspec.name,
    resources={"metadata": {"path": cwd}},
    on_cell_executed=lambda **_: ends.append(time.perf_counter()),
)
client.execute()
nbformat.write(notebook, output)
per_cell = (ends[-1] - ends[0]) / max(1, len(ends) - 1)
print(json.dumps({"firstResult": ends[0] - started, "perCell": per_cell}))
