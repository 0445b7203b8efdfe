// The same job in DuckDB, as fast as was found.
// node duckdb.mjs DEFINITION.json IN.csv OUT.csv [full|scores] [ids|texts]
// DEFINITION.json is `rolefit show QUIZ --format json`; the job in full writes
// OUT.csv.json, the summary, as well. Any quiz goes whose scored questions are required
// and asked of everybody, and whose two roles share no dimension and have one hybrid.
import { createRequire } from "node:module";
import { openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { summary } from "./summary.mjs";
const require = createRequire(process.env.NODE_ROOT ? process.env.NODE_ROOT + "/" : import.meta.url);
const { DuckDBInstance } = require("@duckdb/node-api");

const [definition, input, output, job = "full", cells = "ids"] = process.argv.slice(2);
const { quiz: { digest }, definition: quiz } = JSON.parse(readFileSync(definition, "utf8"));
const text = (s) => `'${s.replaceAll("'", "''")}'`;
const name = (s) => `"${s}"`;
const list = (values) => `[${values.join(",")}]`;
const bitsFor = (n) => Math.ceil(Math.log2(n));
const lcm = (a, b) => { let [x, y] = [a, b]; while (y) [x, y] = [y, x % y]; return (a / x) * b; };

// ---- the quiz: what may be answered, and what it earns

const dims = quiz.role.flatMap((r) => Object.keys(r.weights));
const points = (earned) => dims.map((d) => earned?.[d] ?? 0);

// alternatives lists the cells that answer a question, and what each earns. Those of a
// multi are all orders of all sets that may be picked, so that a list is one look-up.
function alternatives(q) {
  if (q.measures) {
    const labels = q.labels ?? quiz.scale.labels;
    return labels.map((label, i) => ({
      cell: cells === "ids" ? String(i + 1) : label,
      points: points(q.measures).map((w) => (w < 0 ? (labels.length - 1 - i) * -w : i * w)),
    }));
  }
  const options = q.option.map((o) => ({ cell: cells === "ids" ? o.id : o.text, points: points(o.points) }));
  if (!q.pick) return options;
  const found = [];
  const pick = (picks) => {
    const cell = picks.map((o) => o.cell).join(cells === "ids" ? ";" : ", ");
    if (picks.length >= q.pick.min) found.push({ cell, points: dims.map((_, d) => picks.reduce((sum, o) => sum + o.points[d], 0)) });
    if (picks.length < q.pick.max) options.filter((o) => !picks.includes(o)).forEach((o) => pick([...picks, o]));
  };
  pick([]);
  return found;
}

const questions = quiz.question.map((q) => {
  const all = alternatives(q), column = name(q.id);
  const extreme = (of) => dims.map((_, d) => of(...all.map((a) => a.points[d])));
  const number = q.measures && cells === "ids"; // read as one; what is out of its range is no answer
  return {
    ...q, all, column, min: extreme(Math.min), max: extreme(Math.max), scored: all.some((a) => a.points.some((p) => p !== 0)),
    type: number ? "UTINYINT" : `ENUM(${all.map((a) => text(a.cell)).join(",")})`,
    answered: number ? `${column} BETWEEN 1 AND ${all.length}` : `${column} IS NOT NULL`,
    code: number ? column : `enum_code(${column})::INTEGER + 1`, // which alternative, from 1
  };
});
const scored = questions.filter((q) => q.scored);
const told = questions.filter((q) => !q.scored && !q.optional); // missed where they are not answered

// ---- a row, packed: sums of points less their least, what is missing, the answers

const range = dims.map((_, d) => scored.reduce((sum, q) => sum + q.max[d] - q.min[d], 0));
const width = bitsFor(Math.max(...range) + 1);
if (width * dims.length > 31) throw new Error("the sums do not fit in an INTEGER");
const earned = (q) => list(q.all.map((a) => a.points.reduce((sum, p, d) => sum + (p - q.min[d]) * 2 ** (width * d), 0)));

const says = (id, values) => {
  const q = questions.find((q) => q.id === id);
  return `${q.column} IN (${[values].flat().map((v) => text(q.all[q.option.findIndex((o) => o.id === v)].cell)).join(",")})`;
};
const holds = (when) => [when].flat().map((all) => Object.entries(all).map(([id, values]) => says(id, values)).join(" AND ")).join(" OR ");
const missed = (q, i) => `CASE WHEN ${q.column} IS NULL${q.when ? ` AND (${holds(q.when)})` : ""} THEN ${2 ** i} ELSE 0 END`;

const fields = [
  { as: "sums", sql: scored.map((q) => `${earned(q)}[${q.code}]`).join(" + "), bits: width * dims.length },
  { as: "missed", sql: told.map(missed).join(" + ") || "0", bits: told.length },
  ...scored.map((q, i) => ({ as: `a${i}`, sql: `${q.code} - 1`, bits: bitsFor(q.all.length), question: q })),
];
const words = []; // BIGINTs, and what each holds
for (const f of fields) {
  let last = words.at(-1);
  if (!last || last.used + f.bits > 62) words.push((last = { name: `w${words.length}`, used: 0, of: [] }));
  Object.assign(f, { word: last.name, at: last.used });
  last.of.push(f);
  last.used += f.bits;
}
const packed = words.map((w) => `${w.of.map((f) => `((${f.sql})::BIGINT << ${f.at})`).join(" | ")} AS ${w.name}`);
const field = (f, bits = f.bits) => `((${f.word} >> ${f.at}) & ${2 ** bits - 1})`;

const [header] = (() => { const b = Buffer.alloc(65536); readSync(openSync(input), b); return b.toString().split("\n"); })();
const columns = [["id", "VARCHAR"], ...questions.map((q) => [q.id, q.type]), ...(header.includes("Course") ? [["Course", "VARCHAR"]] : [])];
const quote = cells === "texts" ? '"' : "";
const source = `read_csv(${text(input)}, header = true, delim = ',', quote = '${quote}', escape = '${quote}', auto_detect = false,
  columns = {${columns.map(([id, type]) => `${text(id)}: ${text(type)}`).join(", ")}})`;
const rows = `SELECT id, ${packed.join(", ")} FROM ${source} WHERE ${scored.map((q) => q.answered).join(" AND ")}`;

// ---- scores, fits and outcome, in whole numbers: a fit is n of scale

const weight = quiz.role.map((r) => Object.values(r.weights).reduce((sum, w) => sum + Math.abs(w), 0));
const scale = quiz.role.flatMap((r, i) => Object.keys(r.weights).map((d) => weight[i] * range[dims.indexOf(d)])).reduce(lcm);
if (20001 * scale > 2 ** 31) throw new Error("the fits do not fit in an INTEGER");
const share = (i, d, w) => `${w < 0 ? `(${range[d]} - x${d})` : `x${d}`} * ${(Math.abs(w) * scale) / (weight[i] * range[d])}`;
const fits = quiz.role.map((r, i) => `${Object.entries(r.weights).map(([id, w]) => share(i, dims.indexOf(id), w)).join(" + ")} AS n${i}`);

// Two decimals, half up, of n of a whole; and printed as rolefit does: 80.0, 71.25.
const decimals = (h) => String(h).padStart(2, "0").replace(/0$/, "");
const hundredths = (n, of) => `(20000 * ${n} + ${of}) // ${2 * of}`;
const printed = (h) => `${list(Array.from({ length: 101 }, (_, i) => text(`${i}.`)))}[${h} // 100 + 1], ${list(Array.from({ length: 100 }, (_, i) => text(decimals(i))))}[${h} % 100 + 1]`;
const score = (d) => {
  const all = Array.from({ length: range[d] + 1 }, (_, x) => Math.floor((20000 * x + range[d]) / (2 * range[d])));
  return `${list(all.map((h) => text(`${Math.floor(h / 100)}.${decimals(h % 100)}`)))}[x${d} + 1]`;
};

const { strong = 65, moderate = 45 } = quiz.scoring ?? {};
const [hybrid] = quiz.hybrid;
const [first, second] = quiz.role;
const judged = (from) => `
  SELECT *, 100 * abs(n0 - n1) <= ${hybrid.margin * scale} AS level, n0 >= n1 AS ahead
  FROM (SELECT *, ${fits.join(", ")} FROM (SELECT *, ${dims.map((_, d) => `(sums >> ${width * d}) & ${2 ** width - 1} AS x${d}`).join(", ")} FROM (${from})))`;
const outcome = `CASE WHEN level THEN ${text(hybrid.id)} WHEN ahead THEN ${text(first.id)} ELSE ${text(second.id)} END`;
const twice = "CASE WHEN level THEN n0 + n1 WHEN ahead THEN 2 * n0 ELSE 2 * n1 END";
const gaps = list(Array.from({ length: 2 ** told.length }, (_, set) => text(told.filter((_, i) => set & (1 << i)).map((q) => q.id).join(";"))));
const cell = (sql) => `CASE WHEN contains(${sql}, ',') OR contains(${sql}, '"') OR contains(${sql}, chr(10)) THEN '"' || replace(${sql}, '"', '""') || '"' ELSE ${sql} END`;

// A row of results is put together as one text, which is twice as fast as COPY of many columns.
const named = ["id", "outcome", "strength", "margin", `fit_${first.id}`, `fit_${second.id}`, ...quiz.dimension.map((d) => d.id), "missing", "flags", "quiz", "version", "digest"];
const results = (from) => `
  SELECT concat(${cell("id")}, ',', outcome, ',', strength, ',', ${["margin", "h0", "h1"].map(printed).join(", ',', ")}, ',',
    ${quiz.dimension.map((d) => score(dims.indexOf(d.id))).join(", ',', ")}, ',', ${gaps}[missed + 1], ',,${quiz.id},${quiz.version},${digest.slice(0, 12)}') AS ${name(named.join(","))}
  FROM (SELECT *, ${outcome} AS outcome, CASE WHEN 50 * twice >= ${strong * scale} THEN 'strong' WHEN 50 * twice >= ${moderate * scale} THEN 'moderate' ELSE 'weak' END AS strength,
      ${hundredths("abs(n0 - n1)", scale)} AS margin, ${hundredths("n0", scale)} AS h0, ${hundredths("n1", scale)} AS h1
    FROM (SELECT *, ${twice} AS twice FROM (${judged(from)})))`;
const copy = (from) => `COPY (${results(from)}) TO ${text(output)} (HEADER, DELIMITER '\x01', QUOTE '', ESCAPE '')`;

const [sums, missing] = fields;
const unpacked = (from) => `SELECT *, ${field(sums)}::INTEGER AS sums, ${field(missing)}::INTEGER AS missed FROM ${from}`;
const db = await (await DuckDBInstance.create(":memory:", { threads: process.env.THREADS ?? "2", preserve_insertion_order: "true" })).connect();
if (job === "scores") {
  await db.run(copy(`SELECT id, ${sums.sql} AS sums, ${missing.sql} AS missed FROM ${source} WHERE ${scored.map((q) => q.answered).join(" AND ")}`));
  process.exit();
}
await db.run(`CREATE TEMP TABLE answers AS ${rows}`);
await db.run(copy(unpacked("answers")));

// ---- the summary: everything follows from how often each answer, sum and outcome was given

// Answers that lie side by side are counted together: up to 12 bits a group.
const groups = [];
for (const f of fields.slice(2)) {
  const last = groups.at(-1);
  if (last && last.word === f.word && last.bits + f.bits <= 12) Object.assign(last, { bits: last.bits + f.bits, of: [...last.of, f] });
  else groups.push({ word: f.word, at: f.at, bits: f.bits, of: [f] });
}
const sets = [...groups.map((g, i) => ({ as: `g${i}`, sql: `${field(g)}::SMALLINT` })), ...dims.map((_, d) => ({ as: `x${d}` })), { as: "outcome", sql: outcome }];
const tallied = await db.runAndReadAll(`
  SELECT ${sets.map((s) => s.as).join(", ")}, grouping(${sets.map((s) => s.as).join(", ")}) AS which, count(*)::INTEGER AS n
  FROM (SELECT ${sets.map((s) => (s.sql ? `${s.sql} AS ${s.as}` : s.as)).join(", ")} FROM (${judged(unpacked("answers"))}))
  GROUP BY GROUPING SETS (${sets.map((s) => `(${s.as})`).join(", ")})`);
const tally = sets.map(() => new Map());
for (const row of tallied.getRows()) {
  const set = tally.findIndex((_, i) => !(Number(row[sets.length]) & (1 << (sets.length - 1 - i))));
  tally[set].set(row[set], row[sets.length + 1]);
}
const counts = (f) => { // alternative → how often
  const i = groups.findIndex((g) => g.of.includes(f)), all = f.question.all.map(() => 0);
  for (const [code, n] of tally[i]) all[(code >> (f.at - groups[i].at)) & (2 ** f.bits - 1)] += n;
  return all;
};
writeFileSync(output + ".json", JSON.stringify({
  outcomes: Object.fromEntries(tally.at(-1)),
  dimensions: quiz.dimension.map(({ id }) => {
    const d = dims.indexOf(id), items = fields.slice(2).filter((f) => f.question.all.some((a) => a.points[d] !== 0));
    return summary(id, tally[groups.length + d], range[d], items.map((f) => ({ id: f.question.id, counts: counts(f), points: f.question.all.map((a) => a.points[d]) })));
  }),
}));
