// Makes the rows of `rolefit cohort template QUIZ --example N` look as tables do:
// node rows.mjs SHAPE DEFINITION.json <template.csv >rows.csv
// DEFINITION.json is `rolefit show QUIZ --format json`. The shapes:
//   ids    ids as cells; a group column
//   texts  the same rows with the texts of questions and options, every cell quoted
//   mixed  every spelling, odd ids, times, comments, gaps, and rows that are broken
// In ids and texts, one row in a hundred lacks a scored answer, one an answer about
// the person, one answers a question that it was not asked.
import { readFileSync, writeSync } from "node:fs";

const [shape, definition] = process.argv.slice(2);
const quiz = JSON.parse(readFileSync(definition, "utf8")).definition;

// random draws from a sequence that is the same on every machine (mulberry32).
let state = 20261124;
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const chance = (percent) => random() * 100 < percent;
const one = (list) => list[Math.floor(random() * list.length)];

const questions = quiz.question.map((q) => {
  const labels = q.labels ?? quiz.scale?.labels;
  const texts = q.option ? q.option.map((o) => [o.id, o.text]) : labels.map((l, i) => [String(i + 1), l]);
  const scored = q.measures !== undefined || q.option.some((o) => o.points !== undefined);
  return { ...q, scored, free: q.optional || q.when !== undefined, list: ["multi", "rank"].includes(q.kind) || q.pick !== undefined, texts: new Map(texts) };
});
const required = questions.flatMap((q, i) => (q.scored && !q.free ? [i + 1] : []));
const personal = questions.flatMap((q, i) => (!q.scored && !q.free ? [i + 1] : []));
const optional = questions.flatMap((q, i) => (q.optional ? [i + 1] : []));
const courses = ["Autumn", "Winter", "Spring", "Summer", "Evening"];

const quoted = (cell) => `"${cell.replaceAll('"', '""')}"`;
const safe = (cell) => (/[",\n\r]/.test(cell) ? quoted(cell) : cell);
const texts = (q, cell, between) => cell.split(";").map((id) => q.texts.get(id) ?? id).join(between);

// last is, for each column, an answer that an earlier row gave to it.
const last = questions.map(() => "");
function gaps(cells) {
  for (const i of optional) if (chance(30)) cells[i] = "";
  const kind = random() * 100;
  if (kind < 1) cells[one(required)] = "";
  else if (kind < 2 && personal.length > 0) cells[one(personal)] = "";
  else if (kind < 3) cells.forEach((cell, i) => { if (i > 0 && cell === "") cells[i] = last[i - 1]; });
  for (let i = 1; i < cells.length; i++) if (cells[i] !== "") last[i - 1] = cells[i];
}

const oddIDs = [
  (id) => `${id}, Ltd`, (id) => `"${id}"`, (id) => `=${id}+1`, (id) => `@${id}`, (id) => `-${id}`, (id) => `Zoë ${id}`,
  (id) => `${id}\n(again)`, (id) => ` ${id} `, (id) => `🙂${id}`, (id) => `${id}\ttab`, (id) => `o'${id}`, () => "", () => "r0000017",
];
const spellings = [
  (q, cell) => texts(q, cell, "; "), (q, cell) => texts(q, cell, ", "), (q, cell) => texts(q, cell, "|").toUpperCase(),
  (q, cell) => ` ${cell} `, (q, cell) => (q.kind === "scale" ? `${cell} - ${texts(q, cell, "")}` : texts(q, cell, ";")),
  (q, cell) => (q.kind === "scale" ? `${cell}.0` : cell.replaceAll(";", " ; ")),
];
const breakers = [
  (cells) => { cells[one(required)] = "no such answer"; },
  (cells) => { cells[one(required)] = "99"; },
  (cells) => { for (const i of required) if (chance(60)) cells[i] = ""; },
  (cells) => { questions.forEach((q, i) => { if (q.list) cells[i + 1] = [...q.texts.keys()].join(";") + ";" + [...q.texts.keys()][0]; }); },
  (cells) => { questions.forEach((q, i) => { if (q.kind === "rank") cells[i + 1] = cells[i + 1].split(";")[0]; }); },
  (cells) => { cells.length = 5; },
  (cells) => { cells.push("one", "too many"); },
];
const remarks = ["", "", "", "", "fine", "too long, really", 'they said "no"', "two\nlines", "=SUM(A1)"];

const ids = (cells) => `${cells.join(",")},${one(courses)}\n`;
const full = (cells) => `"${cells[0]}",${questions.map((q, i) => quoted(texts(q, cells[i + 1], ", "))).join(",")},"${one(courses)}"\n`;
function mixed(cells) {
  if (chance(15)) cells[0] = one(oddIDs)(cells[0]);
  for (const i of required) if (chance(1)) cells[i] = "";
  const whole = chance(30), worded = chance(40);
  questions.forEach((q, i) => {
    if (cells[i + 1] === "") return;
    if (chance(5)) cells[i + 1] = one(spellings)(q, cells[i + 1]);
    else if (worded) cells[i + 1] = texts(q, cells[i + 1], ";");
  });
  cells.push(chance(2) ? "" : chance(0.001) ? "A few" : one([...courses, "Night, late"]));
  cells.push(chance(3) ? one(["", "soon", "-1", "1e9", "12"]) : String(40 + Math.floor(random() * 600)));
  cells.push(one(remarks));
  if (chance(3)) one(breakers)(cells);
  return cells.map(whole ? quoted : safe).join(",") + "\n";
}
const write = { ids, texts: full, mixed }[shape];

let out = [], size = 0;
function flush() {
  for (let rest = Buffer.from(out.join("")); rest.length > 0; ) rest = rest.subarray(writeSync(1, rest));
  out = [], size = 0;
}
function emit(line) {
  out.push(line);
  if ((size += line.length) > 1 << 20) flush();
}
const header = questions.map((q) => (shape === "texts" ? quoted(q.ask) : q.id));
emit(`id,${header.join(",")},Course${shape === "mixed" ? ",seconds,Remarks" : ""}\n`);
let rest = "", first = true;
process.stdin.setEncoding("utf8");
for await (const chunk of process.stdin) {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop();
  for (const line of lines) {
    if (first) { first = false; continue; }
    const cells = line.split(",");
    gaps(cells);
    emit(write(cells));
  }
}
flush();
