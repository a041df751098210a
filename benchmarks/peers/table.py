"""Makes a row of `auctions` from what was measured: who, a space, what the program printed, a line each."""
import json, os, re, statistics, sys

horizon, peak = int(sys.argv[1]), float(sys.argv[2])
double = os.environ["PRECISION"] == "float64"
times, told = {}, {}
for line in sys.stdin:
    who, text = line.split(" ", 1)
    if who == "mfg":
        one = json.loads(text)
        value, norm, median = one["value"], one["gradientNorm"], 1000 * one["secondsMedian"]
    else:
        value, norm, median = map(float, re.match(r"objective (\S+) norm (\S+) median (\S+)", text).groups())
    times.setdefault(who, []).append(median)
    told[who] = value, norm

# README.md explains these numbers of multiply-adds.
VALUES, HIDDEN, STEPS = 100, 256, 400
network = 2 * HIDDEN * (VALUES + 1) + 2 * HIDDEN * HIDDEN + HIDDEN * VALUES
table = (13 + 10) * VALUES * VALUES
limit = STEPS * horizon * (3 * network + table) / (peak / 2 if double else peak) / 1e6

value, norm = told.pop("mfg")
off = [max(abs(other[i] / (value, norm)[i] - 1) for other in told.values()) for i in (0, 1)]
if off[0] > (1e-9 if double else 1e-4) or off[1] > (1e-9 if double else 5e-2):
    sys.exit("auctions: not the same gradient: mfg has objective %g and norm %g, the others %s" % (value, norm, told))

ms = {who: statistics.median(all_times) for who, all_times in times.items()}
cells = ["%d" % horizon]
cells += ["" if x is None else "%.1f" % x for x in (ms["mfg"], ms.get("jax"), ms.get("torch"), limit)]
cells += ["%.1f" % (ms[who] / ms["mfg"]) if who in ms else "" for who in ("jax", "torch")]
cells += ["%.1f" % (ms["mfg"] / limit), "%.6f (%.0e)" % (value, off[0]), "%.6f (%.0e)" % (norm, off[1])]
print("|", " | ".join(cells), "|")
