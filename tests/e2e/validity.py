"""Looks at notebooks as Jupyter's tools do; called by validity.test.ts as `validity.py JOB`.

JOB is JSON: `execute` lists [input, output, parameters] for papermill to run, failures included; then each
notebook of `describe` is read and checked, and what was found is printed as a JSON list.
"""

import json
import re
import sys
import warnings
from datetime import datetime

import nbformat
import papermill
from papermill.iorw import load_notebook_node

# What Python 3.9 reads with `fromisoformat`; later versions read more.
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}(\d{3})?)?([+-]\d\d:\d\d)?")


def execute(source, output, parameters):
    try:
        papermill.execute_notebook(source, output, parameters=parameters, progress_bar=False)
    except papermill.PapermillExecutionError:
        pass


def problem(path):
    """What a strict validation says against the file as it is; nothing is mended or let pass on the way."""
    with open(path, encoding="utf-8") as file:
        notebook = json.load(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            nbformat.validate(notebook, relax_add_props=False)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def kind(key, value):
    """The form of a value: what papermill decides is kept, what differs from run to run is named."""
    if value is None or isinstance(value, bool) or key == "status":
        return str(value)
    if key.endswith("_time"):
        if not TIME.fullmatch(value):
            return f"no time of Python 3.9: {value}"
        return "time with zone" if datetime.fromisoformat(value).tzinfo else "time"
    if isinstance(value, (int, float)):
        return "number"
    return type(value).__name__


def forms(run):
    return {key: kind(key, value) for key, value in run.items()}


def describe(path):
    # papermill fills in what it misses; the file itself tells whether it had to.
    with open(path, encoding="utf-8") as file:
        own = json.load(file)
    notebook = load_notebook_node(path)
    return {
        "problem": problem(path),
        "format": f"{own['nbformat']}.{own['nbformat_minor']}",
        "isReadAsWritten": notebook.metadata.papermill == own["metadata"].get("papermill"),
        "run": forms(own["metadata"].get("papermill", {})),
        "cells": [
            {
                "type": cell["cell_type"],
                "tags": cell["metadata"].get("tags"),
                "run": forms(cell["metadata"].get("papermill", {})),
            }
            for cell in own["cells"]
        ],
    }


job = json.loads(sys.argv[1])
for arguments in job["execute"]:
    execute(*arguments)
print(json.dumps([describe(path) for path in job["describe"]]))
