"""Runs a notebook with papermill: papermill_execute.py INPUT OUTPUT CWD; prints the figures of execute.ts."""

import json
import sys

from datetime import datetime

import papermill

source, output, cwd = sys.argv[1:]
# papermill has no hook for the end of a cell; the times it writes tell, in UTC without an offset.
started = datetime.utcnow()
notebook = papermill.execute_notebook(source, output, cwd=cwd, progress_bar=False)
cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
ends = [datetime.fromisoformat(cell.metadata.papermill.end_time) for cell in cells]
per_cell = (ends[-1] - ends[0]).total_seconds() / max(1, len(ends) - 1)
print(json.dumps({"firstResult": (ends[0] - started).total_seconds(), "perCell": per_cell}))
