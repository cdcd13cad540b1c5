"""goldenmatch without configuration, in a place of its own: `goldenmatch_rival.py FILE`.

Prints, as the last line, the clusters: lists of row positions.
"""

from __future__ import annotations

import json
import sys

import goldenmatch

found = goldenmatch.dedupe(sys.argv[1])
print(json.dumps([list(map(int, cluster["members"])) for cluster in found.clusters.values()]))
