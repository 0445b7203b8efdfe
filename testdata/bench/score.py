# The same scoring with Python's csv: python3 score.py IN.csv OUT.csv
import csv, sys

def hundredths(n, scale):
    h = (200 * n + scale) // (2 * scale)
    s = f"{h // 100}.{h % 100:02d}"
    return s[:-1] if s.endswith("0") else s

with open(sys.argv[1], newline="") as f, open(sys.argv[2], "w", newline="") as g:
    rows, out = csv.reader(f), csv.writer(g, lineterminator="\n")
    next(rows)
    out.writerow("id outcome strength margin fit_pm fit_po strategy research backlog team".split())
    for row in rows:
        r = [0, 0, 0, 0]
        for i in range(20):
            r[i % 4] += int(row[i + 1]) - 1
        for i in range(20, 24):
            r[i % 4] += 5 - int(row[i + 1])
        pm, po = 300 * r[0] + 200 * r[1], 300 * r[2] + 200 * r[3]
        margin = abs(pm - po)
        if margin <= 1200:
            outcome, twice = "hybrid", pm + po
        else:
            outcome, twice = ("pm", 2 * pm) if pm >= po else ("po", 2 * po)
        strength = "strong" if twice >= 15600 else "moderate" if twice >= 10800 else "weak"
        out.writerow([row[0], outcome, strength, hundredths(margin, 120), hundredths(pm, 120), hundredths(po, 120)]
                     + [hundredths(100 * n, 24) for n in r])
