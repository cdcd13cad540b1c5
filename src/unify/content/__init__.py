"""What the values of a column look like, whatever its header says."""
