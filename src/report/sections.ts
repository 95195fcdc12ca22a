import { byText, sortedBy } from "../base/order.js";
import { amountOf, measureName } from "../domain/measure.js";
import { settledIn } from "../view/facts.js";
import { html, type Markup, NOTHING } from "./markup.js";
import { nearMissTexts } from "./near-miss.js";
import type { ReportInput } from "./report.js";
import type { AreaRow, Summary } from "./summary.js";
import { type Column, listMarkup, type TableCell, tableMarkup } from "./table.js";
import { placementFacts, ruleTitle, tierTitle, type Wording } from "./texts.js";

const numeric = (head: string): Column => ({ head, numeric: true });
const plain = (head: string): Column => ({ head });
const figure = (content: string): TableCell => ({ content, style: "n" });

/** One level's areas: targets, loads and deviations. */
export const areasSection = (
  { level, rows }: { readonly level: string; readonly rows: readonly AreaRow[] },
  { texts, numbers }: Wording,
): Markup => {
  const { columns } = texts;
  const sum = (field: "population" | "target" | "before" | "placed" | "after") =>
    figure(numbers.number(rows.reduce((total, row) => total + row[field], 0)));
  return tableMarkup({
    caption: texts.areasCaption({ level: texts.level(level), measure: texts.measure(rows[0]?.measure ?? "") }),
    columns: [
      plain(columns.area),
      plain(columns.id),
      numeric(columns.population),
      numeric(columns.before),
      numeric(columns.target),
      numeric(columns.placed),
      numeric(columns.deviation),
      numeric(columns.after),
      numeric(columns.perThousand),
    ],
    rows: rows.map((row) => [
      { content: row.name },
      { content: row.id, style: "nowrap" },
      figure(numbers.number(row.population)),
      figure(numbers.number(row.before)),
      figure(numbers.number(row.target)),
      figure(numbers.number(row.placed)),
      { content: numbers.signed(row.deviation), style: row.deviation === 0 ? "n" : "n off" },
      figure(numbers.number(row.after)),
      figure(row.perThousand === null ? "–" : numbers.number(row.perThousand)),
    ]),
    total: [
      { content: texts.total },
      { content: "" },
      sum("population"),
      sum("before"),
      sum("target"),
      sum("placed"),
      { content: "" },
      sum("after"),
      { content: "" },
    ],
  });
};

/** The aims: value, bound, proof. */
export const tiersSection = ({ plan }: ReportInput, wording: Wording): Markup => {
  const { texts, numbers } = wording;
  const { columns } = texts;
  return tableMarkup({
    caption: texts.captions.tiers,
    columns: [plain(columns.tier), numeric(columns.value), numeric(columns.bound), plain(""), plain(columns.proof)],
    rows: plan.tiers.map((tier) => [
      { content: html`${tierTitle(tier.name, wording)}` },
      figure(numbers.number(tier.value, 2)),
      figure(numbers.number(tier.bound, 2)),
      { content: `${texts.unit(tier.unit)}; ${texts.better[tier.sense]}` },
      {
        content: tier.optimal ? texts.provenYes : texts.provenNo(numbers.number(Math.abs(tier.value - tier.bound), 2)),
        style: "nowrap",
      },
    ]),
  });
};

/** Households with their homes. */
export const placementsSection = (summary: Summary, wording: Wording): Markup => {
  const { texts, numbers } = wording;
  const { columns } = texts;
  const money = (value: number | null) => (value === null ? texts.unknown : numbers.number(value, 0));
  const day = (date: string | null) => (date === null ? "–" : numbers.shortDate(date).replace(/\s(?=.*\s)/g, "\u00A0"));
  return tableMarkup({
    caption: texts.captions.placements,
    columns: [
      plain(columns.household),
      numeric(columns.persons),
      plain(columns.dwelling),
      plain(columns.district),
      plain(columns.size),
      numeric(columns.rent),
      numeric(columns.maxRent),
      plain(columns.free),
      plain(columns.handover),
      { head: columns.facts, wide: true },
    ],
    rows: summary.placements.map((row) => [
      { content: row.household.id },
      figure(String(row.household.members.length)),
      { content: row.dwelling.id },
      { content: row.districtName },
      {
        content: `${texts.rooms(row.dwelling.rooms)}${row.dwelling.areaM2 === null ? "" : `, ${numbers.number(row.dwelling.areaM2, 0)}\u00A0m²`}`,
      },
      figure(money(row.dwelling.rent)),
      figure(row.household.needs.maxRent === null ? "–" : money(row.household.needs.maxRent)),
      { content: day(row.dwelling.availableFrom) },
      { content: day(row.household.handover) },
      { content: listMarkup(placementFacts(row, wording)) },
    ]),
  });
};

/** Households without a home, what stood in the way, and the dwelling that came nearest. */
export const unplacedSection = (summary: Summary, wording: Wording): Markup => {
  const { texts, locale } = wording;
  if (summary.unplaced.length === 0) return html`<p>${texts.allHoused}</p>`;
  const { columns } = texts;
  const nearest = nearMissTexts(
    summary.facts,
    summary.unplaced.map(({ household }) => household),
    { locale, noReason: texts.noReason },
  );
  return tableMarkup({
    caption: texts.captions.unplaced,
    columns: [plain(columns.household), numeric(columns.persons), plain(columns.nearest), plain(columns.reasons)],
    rows: summary.unplaced.map(({ unplaced, household }, i) => {
      return [
        { content: unplaced.household },
        figure(household === null ? "–" : String(household.members.length)),
        { content: nearest[i] ?? "–" },
        {
          content: listMarkup(
            unplaced.reasons
              .filter(({ ruledOut }) => ruledOut > 0)
              .map(({ rule, ruledOut, dwellings }) =>
                texts.ruledOut({ title: ruleTitle(rule, wording), ruledOut, dwellings }),
              ),
          ),
        },
      ];
    }),
  });
};

/** Pins and forbids with who and why. */
export const decisionsSection = ({ problem }: ReportInput, { texts }: Wording): Markup => {
  if (problem.decisions.length === 0) return html`<p>${texts.noDecisions}</p>`;
  const { columns } = texts;
  return tableMarkup({
    caption: texts.captions.decisions,
    columns: [columns.household, columns.kind, columns.dwelling, columns.by, columns.reason].map(plain),
    rows: [...problem.decisions]
      .sort((a, b) => byText(a.household, b.household) || byText(a.dwelling, b.dwelling) || byText(a.kind, b.kind))
      .map((one) => [
        { content: one.household },
        { content: texts.decisionKind[one.kind] },
        { content: one.dwelling },
        { content: one.by },
        { content: one.legalBasis === null ? one.reason : `${one.reason} (${one.legalBasis})` },
      ]),
  });
};

/** Quotas and what the plan makes of them; nothing where there is none. */
export const quotasSection = ({ problem }: ReportInput, summary: Summary, { texts, numbers }: Wording): Markup => {
  if (problem.quotas.length === 0) return NOTHING;
  const { columns } = texts;
  const { facts } = summary;
  const rows = sortedBy(problem.quotas, ({ id }) => id).map((one): readonly TableCell[] => {
    const { scope } = one;
    const zone = "zone" in scope ? facts.zone(scope.zone) : undefined;
    const district = "district" in scope ? facts.district(scope.district) : undefined;
    const inside =
      "municipality" in scope
        ? problem.districts.map(({ id }) => id)
        : (zone?.districts ?? (district === undefined ? [] : [district.id]));
    const arrivals = summary.placements
      .filter(({ dwelling }) => inside.includes(dwelling.district))
      .reduce((sum, { household }) => sum + amountOf(one.measure, household), 0);
    const area = { id: one.id, name: "", level: "", districts: inside.flatMap((id) => facts.district(id) ?? []) };
    const now = one.counting === "arrivals" ? arrivals : arrivals + settledIn(area, one.measure);
    const limits = [
      ...(one.min > 0 ? [texts.atLeast(one.min)] : []),
      ...(one.max === null ? [] : [texts.atMost(one.max)]),
    ];
    return [
      { content: one.id },
      { content: (zone ?? district)?.name || texts.wholeMunicipality },
      { content: `${texts.measure(measureName(one.measure))}, ${texts.counting[one.counting]}` },
      { content: limits.join(", ") },
      figure(numbers.number(now)),
      { content: one.legalBasis },
    ];
  });
  const heads = [plain(columns.quota), plain(columns.scope), plain(columns.measure), plain(columns.limits)];
  const table = tableMarkup({
    caption: texts.captions.quotas,
    columns: [...heads, numeric(columns.now), plain(columns.basis)],
    rows,
  });
  return html`<h3>${texts.sections.quotas}</h3>${table}`;
};
