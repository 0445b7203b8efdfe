// The same job in DuckDB: typed columns read once, scores and outcome in whole
// numbers, a CSV row each, and the summary with counts, means and alpha.
// node duckdb.mjs IN.csv OUT.csv [scores|full]
import { createRequire } from "node:module";
const require = createRequire(process.env.NODE_ROOT ? process.env.NODE_ROOT + "/" : import.meta.url);
const { DuckDBInstance } = require("@duckdb/node-api");

const [input, output, job = "full"] = process.argv.slice(2);
const dims = ["strategy", "research", "backlog", "team"];
const items = Array.from({ length: 24 }, (_, i) => i + 1);
const value = (i) => (i > 20 ? `(5 - q${i})` : `(q${i} - 1)`);
const of = (d) => items.filter((i) => (i - 1) % 4 === d);
const raw = dims.map((_, d) => of(d).map(value).join(" + "));
const hundredths = (n, scale) => `((200 * (${n}) + ${scale}) // ${2 * scale}) / 100.0`;
const columns = `{'id': 'VARCHAR', ${items.map((i) => `'q${i}': 'TINYINT'`).join(", ")}}`;
const source = `read_csv('${input}', header = true, delim = ',', quote = '', escape = '', auto_detect = false, columns = ${columns})`;

const scores = (from) => `
  WITH raw AS (SELECT id, ${raw.map((r, d) => `CAST(${r} AS INTEGER) AS r${d}`).join(", ")} FROM ${from}),
  fit AS (SELECT *, 300 * r0 + 200 * r1 AS pm, 300 * r2 + 200 * r3 AS po FROM raw),
  led AS (SELECT *, abs(pm - po) AS margin, greatest(pm, po) AS best,
          CASE WHEN abs(pm - po) <= 1200 THEN 'hybrid' WHEN pm >= po THEN 'pm' ELSE 'po' END AS outcome FROM fit)
  SELECT id, outcome,
    CASE WHEN outcome = 'hybrid' THEN CASE WHEN pm + po >= 15600 THEN 'strong' WHEN pm + po >= 10800 THEN 'moderate' ELSE 'weak' END
         WHEN best >= 7800 THEN 'strong' WHEN best >= 5400 THEN 'moderate' ELSE 'weak' END AS strength,
    ${hundredths("margin", 120)} AS margin, ${hundredths("pm", 120)} AS fit_pm, ${hundredths("po", 120)} AS fit_po,
    ${dims.map((n, d) => `${hundredths(`100 * r${d}`, 24)} AS ${n}`).join(", ")},
    '' AS missing, '' AS flags, 'bench' AS quiz, '1.0.0' AS version, '${process.env.DIGEST ?? ""}' AS digest
  FROM led`;

const alpha = (d) => {
  const total = raw[d];
  const parts = of(d).map((i) => `var_samp(q${i})`).join(" + ");
  return `6 / 5 * (1 - (${parts}) / var_samp(${total})) AS alpha_${dims[d]}, avg(${total}) * 100 / 24 AS mean_${dims[d]}`;
};

const db = await (await DuckDBInstance.create(":memory:", { threads: process.env.THREADS ?? "2", preserve_insertion_order: "true" })).connect();
let from = source;
if (job === "full") {
  await db.run(`CREATE TEMP TABLE answers AS SELECT * FROM ${source}`);
  from = "answers";
}
await db.run(`COPY (${scores(from)}) TO '${output}' (HEADER, DELIMITER ',')`);
if (job === "full") {
  const result = await db.runAndReadAll(`SELECT count(*) AS rows, ${dims.map((_, d) => alpha(d)).join(", ")} FROM answers`);
  const counts = await db.runAndReadAll(`SELECT outcome, count(*) FROM (${scores("answers")}) GROUP BY outcome ORDER BY outcome`);
  console.error(JSON.stringify(result.getRowObjectsJson()[0]), JSON.stringify(counts.getRowsJson()));
}
