"""Wall time and peak resident memory of the quickstart: first run in an empty folder, then again.

bench/run quickstart            (three rounds; medians)
"""
import json
import statistics
import tempfile

import lakewright

ROUNDS = 3
fresh, again, memory, phases = [], [], [], []
for _ in range(ROUNDS):
    with tempfile.TemporaryDirectory() as folder:
        result, seconds, megabytes = lakewright.run_measured(folder, "quickstart")
        assert result["status"] == "published", result["status"]
        fresh.append(seconds)
        memory.append(megabytes)
        phases.append(result["seconds"])
        result, seconds, megabytes = lakewright.run_measured(folder, "quickstart")
        assert result["status"] == "unchanged", result["status"]
        again.append(seconds)
print(json.dumps({
    "bench": "quickstart",
    "ours": {
        "empty_folder_seconds": round(statistics.median(fresh), 1),
        "unchanged_seconds": round(statistics.median(again), 1),
        "peak_resident_mb": round(max(memory)),
        "phases": phases[-1]},
    "peers": {},
    "ratios": {}}))
