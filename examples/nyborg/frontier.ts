import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { FrontierPoint } from "../../src/frontier/frontier.js";
import { frontier } from "../../src/frontier/frontier.js";
import { rivalMeanings } from "../../src/frontier/rivals.js";
import { mayWrite, readFolder, writeFolder } from "../support/folder.js";
import { readProblem } from "../support/read-problem.js";
import { textTable } from "../support/text-table.js";

const { values } = parseArgs({
  options: {
    in: { type: "string", default: fileURLToPath(new URL("data", import.meta.url)) },
    out: { type: "string", default: fileURLToPath(new URL("../../output/nyborg-frontier", import.meta.url)) },
    lang: { type: "string", default: "en" },
    against: { type: "string" },
    points: { type: "string", default: "5" },
    "time-limit": { type: "string", default: "5" },
    rivals: { type: "boolean", default: false },
  },
});
const locale = values.lang === "da" ? "da" : "en";
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const WORDS = {
  da: {
    plan: "plan",
    other: "afstand (personkm)",
    misplaced: "bor uden for jævn fordeling",
    furthest: "længst fra målet",
    proven: "bevist",
    fit: "rum i overskud",
    yes: "ja",
    no: "nej",
    title: "Jævnt eller tæt på: planer at vælge imellem",
  },
  en: {
    plan: "plan",
    other: "travel (person-km)",
    misplaced: "live elsewhere than even",
    furthest: "furthest from target",
    proven: "proven",
    fit: "spare rooms",
    yes: "yes",
    no: "no",
    title: "Even or near: plans to choose between",
  },
}[locale];

const misplacedOf = ({ spread }: FrontierPoint): number => spread.at(-1)?.misplaced ?? 0;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Misplaced persons to the right, the other aim upwards, one dot a plan; hollow where not proven. */
const drawing = (points: readonly FrontierPoint[], sentence: string): string => {
  const [xs, ys] = [points.map(misplacedOf), points.map(({ other }) => other)];
  const most = Math.max(1, ...xs);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const x = (value: number) => 90 + (value / most) * 560;
  const y = (value: number) => 330 - ((value - low) / Math.max(1e-9, high - low)) * 250;
  const dots = points.map((point, i) => {
    const [cx, cy] = [x(misplacedOf(point)), y(point.other)];
    return `<circle cx="${cx}" cy="${cy}" r="7" fill="${point.proven ? "#1f5fa8" : "#fff"}" stroke="#1f5fa8" stroke-width="2"/><text x="${cx + 11}" y="${cy - 9}">${i + 1}</text>`;
  });
  const line = points.map((point) => `${x(misplacedOf(point))},${y(point.other)}`).join(" ");
  const ticks = [...new Set([0, Math.round(most / 2), most])].map(
    (value) => `<text x="${x(value)}" y="362" text-anchor="middle">${value}</text>`,
  );
  const heights = [low, high].map(
    (value) => `<text x="80" y="${y(value) + 5}" text-anchor="end">${Math.round(value)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 400" width="720" height="400" role="img" font-family="system-ui, sans-serif" font-size="14"><title>${escaped(sentence)}</title><rect width="720" height="400" fill="#fff"/><text x="20" y="28" font-size="18" font-weight="600">${WORDS.title}</text><text x="90" y="56" fill="#444">${WORDS.other}</text><path d="M90 70V340H680" fill="none" stroke="#666"/><polyline points="${line}" fill="none" stroke="#9bb8d8" stroke-width="2"/>${dots.join("")}${ticks.join("")}${heights.join("")}<text x="385" y="388" text-anchor="middle" fill="#444">${WORDS.misplaced}</text></svg>\n`;
};

const problem = readProblem(readFolder(resolve(values.in)));
const limits = { timeLimitSeconds: Number(values["time-limit"]) };
const found = await frontier(problem, {
  ...limits,
  points: Number(values.points),
  ...(values.against === undefined ? {} : { against: values.against }),
});
const right = (head: string) => ({ head, align: "right" as const });
say(
  textTable(
    [
      right(WORDS.plan),
      right(found.against === "travel" ? WORDS.other : found.unit),
      right(WORDS.misplaced),
      right(WORDS.fit),
      right(WORDS.proven),
      { head: WORDS.furthest, align: "left" },
    ],
    found.points.map((point, i) => {
      const furthest = point.spread.at(-1)?.furthest ?? null;
      return [
        String(i + 1),
        point.other.toFixed(1),
        String(misplacedOf(point)),
        String(point.values.fit ?? "–"),
        point.proven ? WORDS.yes : WORDS.no,
        furthest === null ? "–" : `${furthest.name} ${furthest.deviation > 0 ? "+" : ""}${furthest.deviation}`,
      ];
    }),
    120,
  ).join("\n"),
);
say(`\n${found.words[locale]}`);
if (values.rivals) {
  const { rivals } = await rivalMeanings(problem, limits);
  for (const { words, proven } of rivals) say(`\n${words[locale]} (${WORDS.proven}: ${proven ? WORDS.yes : WORDS.no})`);
}
const folder = resolve(values.out);
if (mayWrite(folder))
  for (const path of writeFolder(folder, [
    { name: "frontier.svg", content: drawing(found.points, found.words[locale]) },
  ]))
    say(path);
else process.stderr.write(`${folder} is not empty and was not written by this script: nothing was written.\n`);
