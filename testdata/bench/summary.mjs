// A dimension's figures from tallies, and whether they are those of a summary of rolefit:
// node summary.mjs OURS.json THEIRS.json
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

// moments gives the mean and the variance (n−1) of [value, how often] pairs.
function moments(pairs) {
  const n = pairs.reduce((sum, [, k]) => sum + k, 0);
  const mean = pairs.reduce((sum, [x, k]) => sum + x * k, 0) / n;
  return { n, mean, variance: pairs.reduce((sum, [x, k]) => sum + (x - mean) ** 2 * k, 0) / (n - 1) };
}

// quartiles are of type 7 (Hyndman & Fan 1996).
function quartiles(sorted, n) {
  const nth = (place) => sorted.find(([, k]) => (place -= k) < 0)[0];
  return [1, 2, 3].map((q) => {
    const at = ((n - 1) * q) / 4, low = Math.floor(at);
    return nth(low) + (nth(Math.min(low + 1, n - 1)) - nth(low)) * (at - low);
  });
}

// summary describes a dimension: sums is a Map from what was earned, from 0 to range, to
// how many did; items have how often each alternative was given, and what it earns.
export function summary(id, sums, range, items) {
  const sorted = [...sums].sort(([a], [b]) => a - b), all = moments(sorted);
  const questions = items.map(({ id, counts, points }) => ({ id, ...moments(counts.map((n, i) => [points[i], n])) }));
  const k = items.length, within = questions.reduce((sum, q) => sum + q.variance, 0);
  return {
    id, n: all.n, mean: (100 * all.mean) / range, sd: (100 * Math.sqrt(all.variance)) / range,
    quartiles: quartiles(sorted, all.n).map((x) => (100 * x) / range), alpha: (k / (k - 1)) * (1 - within / all.variance),
    questions: questions.map((q) => ({ id: q.id, mean: q.mean, sd: Math.sqrt(q.variance) })),
  };
}

// figures lists what two summaries can both say, by name.
function figures(s) {
  const outcomes = Array.isArray(s.outcomes) ? s.outcomes.map((o) => [o.id, o.count]) : Object.entries(s.outcomes);
  const of = (path, o) => ["n", "mean", "sd", "alpha"].filter((key) => key in o).map((key) => [`${path} ${key}`, o[key]]);
  return new Map([
    ...outcomes,
    ...s.dimensions.flatMap((d) => [
      ...of(d.id, d), ...d.quartiles.map((x, i) => [`${d.id} quartile ${i + 1}`, x]), ...d.questions.flatMap((q) => of(`${d.id} ${q.id}`, q)),
    ]),
  ]);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [ours, theirs] = process.argv.slice(2).map((file) => figures(JSON.parse(readFileSync(file, "utf8"))));
  const wrong = [...ours].filter(([key, x]) => !(Math.abs(x - theirs.get(key)) <= 1e-9 * Math.max(1, Math.abs(x))));
  console.log(wrong.length === 0 && ours.size === theirs.size ? `\tthe same ${ours.size} figures in the summary` : "\tNOT THE SAME SUMMARY");
  for (const [key, x] of wrong.slice(0, 5)) console.log(`\t${key}: ${x}, and not ${theirs.get(key)}`);
  process.exitCode = wrong.length === 0 && ours.size === theirs.size ? 0 : 1;
}
