import { styleText } from "node:util";
import type { Locale } from "../../src/base/words.js";
import { nearMissTexts } from "../../src/report/near-miss.js";
import type { ReportInput } from "../../src/report/report.js";
import { type AreaRow, type Summary, summaryOf } from "../../src/report/summary.js";
import { placementFacts, tierTitle, type Wording, wordingIn } from "../../src/report/texts.js";
import { type TextColumn, textTable, wrapped } from "../support/text-table.js";

const right = (head: string): TextColumn => ({ head, align: "right" });
const left = (head: string): TextColumn => ({ head, align: "left" });
const title = (text: string): string => styleText("bold", text);

/** The first thing a planner reads: who gets a home, how even it is, and how sure that is. */
export const headlineLines = (
  { plan, verification }: ReportInput,
  { headline }: Summary,
  { texts, numbers }: Wording,
  width: number,
): readonly string[] => {
  const { farthest } = headline;
  const even =
    farthest === null || farthest.deviation === 0
      ? texts.allOnTarget
      : `${texts.onTarget(headline)} ${texts.farthest({
          name: farthest.name,
          deviation: numbers.signed(farthest.deviation),
          unit: texts.measure(farthest.measure),
        })}`;
  const first = plan.outcome.found
    ? `${texts.housed(headline)} ${even}`
    : texts.noPlan(plan.outcome.clash.join(", ") || "–");
  const check = verification === null ? "not" : verification.ok ? "ok" : "notOk";
  return [
    ...wrapped(first, width).map(title),
    ...wrapped(`${texts.outcome[plan.outcome.status]} ${texts.checked[check]}`, width),
    ...wrapped(texts.proposalOnly, width),
  ];
};

const areaLines = (rows: readonly AreaRow[], { texts, numbers }: Wording, width: number): readonly string[] => {
  const { columns } = texts;
  return textTable(
    [
      left(columns.area),
      right(columns.target),
      right(columns.before),
      right(columns.placed),
      right(columns.after),
      right(columns.deviation),
    ],
    rows.map((row) => [
      row.name,
      numbers.number(row.target),
      numbers.number(row.before),
      numbers.number(row.placed),
      numbers.number(row.after),
      numbers.signed(row.deviation),
    ]),
    width,
  );
};

const tierLines = ({ plan }: ReportInput, wording: Wording, width: number): readonly string[] => {
  const { texts, numbers } = wording;
  const { columns } = texts;
  return textTable(
    [left(columns.tier), right(columns.value), right(columns.bound), left(columns.proof), left("")],
    plan.tiers.map((tier) => [
      tierTitle(tier.name, wording),
      numbers.number(tier.value, 2),
      numbers.number(tier.bound, 2),
      tier.optimal ? texts.provenYes : texts.provenNo(numbers.number(Math.abs(tier.value - tier.bound), 2)),
      `${texts.unit(tier.unit)}; ${texts.better[tier.sense]}`,
    ]),
    width,
  );
};

const householdLines = (summary: Summary, wording: Wording, width: number): readonly string[] => {
  const { texts, numbers } = wording;
  const { columns } = texts;
  return textTable(
    [
      left(columns.household),
      right(columns.persons),
      left(columns.dwelling),
      left(columns.district),
      right(columns.rooms),
      right(columns.rent),
      right(columns.maxRent),
      left(columns.free),
      left(columns.facts),
    ],
    summary.placements.map((row) => [
      row.household.id,
      String(row.household.members.length),
      row.dwelling.id,
      row.districtName,
      String(row.dwelling.rooms),
      row.dwelling.rent === null ? texts.unknown : numbers.number(row.dwelling.rent, 0),
      row.household.needs.maxRent === null ? "–" : numbers.number(row.household.needs.maxRent, 0),
      row.dwelling.availableFrom === null ? "–" : numbers.shortDate(row.dwelling.availableFrom),
      placementFacts(row, wording).join("; "),
    ]),
    width,
  );
};

const unplacedLines = (summary: Summary, wording: Wording, width: number): readonly string[] => {
  const { texts, locale } = wording;
  if (summary.unplaced.length === 0) return [`  ${texts.allHoused}`];
  const { columns } = texts;
  const nearest = nearMissTexts(
    summary.facts,
    summary.unplaced.map(({ household }) => household),
    { locale, noReason: texts.noReason },
  );
  return textTable(
    [left(columns.household), right(columns.persons), left(columns.nearest)],
    summary.unplaced.map(({ unplaced, household }, i) => [
      unplaced.household,
      household === null ? "–" : String(household.members.length),
      nearest[i] ?? "–",
    ]),
    width,
  );
};

/** The plan as text for a terminal: headline, districts, aims, households, reasons. */
export const planText = (
  input: ReportInput,
  { locale, width, brief }: { readonly locale: Locale; readonly width: number; readonly brief: boolean },
): string => {
  const wording = wordingIn(locale);
  const { texts, numbers } = wording;
  const { problem, plan } = input;
  const summary = summaryOf(problem, plan);
  const head = [
    `${problem.municipality.name}. ${texts.asOf(numbers.date(problem.asOf))}.`,
    ...headlineLines(input, summary, wording, width),
  ];
  if (brief) return head.join("\n");
  const levels = summary.levels
    .filter(({ rows }) => rows.length > 0)
    .flatMap(({ level, rows }) => [
      "",
      title(`${texts.sections.areas}: ${texts.level(level)} (${texts.measure(rows[0]?.measure ?? "persons")})`),
      ...areaLines(rows, wording, width),
    ]);
  return [
    ...head,
    ...levels,
    "",
    title(texts.sections.tiers),
    ...tierLines(input, wording, width),
    "",
    title(texts.sections.placements),
    ...householdLines(summary, wording, width),
    "",
    title(texts.sections.unplaced),
    ...unplacedLines(summary, wording, width),
  ].join("\n");
};
