"""Reads a CSV file with Python's reader and prints its rows as JSON: table.py FILE"""
import csv, json, sys

csv.field_size_limit(1 << 30)
with open(sys.argv[1], newline="", encoding="utf-8") as f:
    json.dump(list(csv.DictReader(f)), sys.stdout)
