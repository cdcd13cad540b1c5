"""The command line: parse, one call, report. The only importer of click and rich."""
