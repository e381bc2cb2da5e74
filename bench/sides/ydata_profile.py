"""Writes a profile with ydata-profiling as it is out of the box: ydata_profile.py INPUT ENCODING DATE_COLUMN OUTPUT"""

import sys

import pandas as pd
from ydata_profiling import ProfileReport

source, encoding, date, output = sys.argv[1:]
table = pd.read_csv(source, encoding=encoding, parse_dates=[date] if date else False, low_memory=False)
ProfileReport(table, progress_bar=False).to_file(output)
