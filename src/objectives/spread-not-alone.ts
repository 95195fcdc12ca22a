import * as z from "zod";
import { groupedBy } from "../base/order.js";
import type { Dwelling } from "../domain/dwelling.js";
import { count, id, position } from "../domain/primitives.js";
import { type Facts, type Pair, placedIn } from "../view/facts.js";
import { isNear, livingNear } from "../view/neighbours.js";
import type { Candidate, RowSpec, View } from "../view/view.js";
import { defineObjective } from "./objective.js";

const company = z.strictObject({
  /** Other households. */
  atLeast: z.number().int().min(1).max(1_000),
  withinKm: z.number().min(0).max(1_000),
});

const schema = z.strictObject({
  /** Company from the whole programme; null: do not ask for it. */
  programme: company.nullable().default({ atLeast: 1, withinKm: 5 }),
  /** Company from each circle that the household wished for by a support code. */
  circles: company.nullable().default({ atLeast: 1, withinKm: 10 }),
  /** Whether households that a district has settled before count, at the district's centre. */
  settled: z.boolean().default(true),
  /** Households of the programme that live somewhere already; with `codes`, they are company for those circles too. */
  homes: z
    .array(z.strictObject({ location: position, households: count.default(1), codes: z.array(id).default([]) }))
    .max(50_000)
    .default([]),
});

type Parameters = z.output<typeof schema>;

/** Whose company is asked for: everybody's (null), or a circle's. */
interface Company {
  readonly code: string | null;
  readonly atLeast: number;
  readonly withinKm: number;
}

const companiesOf = ({ programme, circles }: Parameters, { problem }: Facts): readonly Company[] => {
  const codes = new Set(problem.households.flatMap(({ supportCodes }) => supportCodes));
  return [
    ...(programme === null ? [] : [{ code: null, ...programme }]),
    ...(circles === null ? [] : [...codes].sort().map((code) => ({ code, ...circles }))),
  ];
};

const isOf = ({ code }: Company, { household }: Pair): boolean =>
  code === null || household.supportCodes.includes(code);

/** Households still lacking where nobody else of this plan is near. */
const lacking = (parameters: Parameters, facts: Facts, dwelling: Dwelling, { code, atLeast, withinKm }: Company) => {
  const homes = code === null ? parameters.homes : parameters.homes.filter(({ codes }) => codes.includes(code));
  const settled = parameters.settled && code === null;
  return Math.max(0, atLeast - livingNear(facts, dwelling, { withinKm, homes, settled }));
};

/** Rows z = lack * x(here) - x(others near): z > 0 exactly where somebody lives here without enough company, by what is lacking. */
const rowsOf = (parameters: Parameters, view: View): readonly RowSpec[] => {
  const byDwelling = new Map<string, Candidate[]>();
  for (const candidate of view.candidates) {
    const known = byDwelling.get(candidate.dwelling.id);
    if (known === undefined) byDwelling.set(candidate.dwelling.id, [candidate]);
    else known.push(candidate);
  }
  const candidatesAt = ({ id: dwelling }: Dwelling, company: Company) =>
    (byDwelling.get(dwelling) ?? []).filter((candidate) => isOf(company, candidate));
  const dwellings = view.problem.dwellings.filter(({ id: dwelling }) => byDwelling.has(dwelling));
  return companiesOf(parameters, view).flatMap((company) =>
    dwellings.flatMap((dwelling): readonly RowSpec[] => {
      const lack = lacking(parameters, view, dwelling, company);
      const here = candidatesAt(dwelling, company);
      if (lack === 0 || here.length === 0) return [];
      const near = dwellings
        .filter((other) => other.id !== dwelling.id && isNear(dwelling, other, company.withinKm))
        .flatMap((other) => candidatesAt(other, company))
        .map(({ index }) => ({ candidate: index, coefficient: -1 }));
      const rowId = `notAlone/${company.code ?? ""}/${dwelling.id}`;
      if (dwelling.count === 1)
        return [{ id: rowId, terms: [...here.map(({ index }) => ({ candidate: index, coefficient: lack })), ...near] }];
      // Identical homes: each household is the others' company, so each has its own row.
      return here.map(({ index, household }) => ({
        id: `${rowId}/${household.id}`,
        terms: [
          ...here.map((one) => ({ candidate: one.index, coefficient: one.index === index ? lack : -1 })),
          ...near,
        ],
      }));
    }),
  );
};

/** What the households of one dwelling lack: in identical homes they are each other's company, in a single one there is one of them. */
const lackingAt = (
  parameters: Parameters,
  facts: Facts,
  {
    company,
    here,
    members,
  }: { company: Company; here: readonly Pair[]; members: ReadonlyMap<string, readonly Pair[]> },
): number => {
  const dwelling = here[0]?.dwelling;
  if (dwelling === undefined) return 0;
  const lack = lacking(parameters, facts, dwelling, company);
  const others = [...members.values()]
    .filter(([other]) => other !== undefined && other.dwelling.id !== dwelling.id)
    .filter(([other]) => other !== undefined && isNear(dwelling, other.dwelling, company.withinKm))
    .reduce((sum, pairs) => sum + pairs.length, 0);
  return dwelling.count === 1
    ? Math.max(0, lack * here.length - others)
    : here.length * Math.max(0, lack - others - (here.length - 1));
};

/**
 * Nobody lives alone, far from others: minimise the sum over placed households of max(0, atLeast - others within withinKm), for the
 * programme as a whole and for each circle that the household wished for by an opaque support code.
 *
 * Unit: households of company lacking. Shape: per company one row per dwelling whose neighbourhood does not have it already (one per
 * candidate where `count` > 1), id `notAlone/<code>/<dwelling>`, with one convex term max(0, z) = (|z| + z) / 2.
 * Edge: a dwelling without location is near what lies in its district. Cost: dwellings that lack company times dwellings.
 */
export const spreadNotAlone = defineObjective({
  id: "spread.notAlone",
  tier: "notAlone",
  title: { da: "Ingen bor alene langt fra andre", en: "Nobody far from all others" },
  sense: "min",
  unit: "households of company lacking",
  legalBasis: [
    {
      text: "Nyborg Kommune's integration strategy: local community and volunteers close by",
      asOf: "2026-11-01",
      kind: "practice",
    },
    { text: "One other household within 5 km; of a wished circle within 10 km", asOf: "2026-11-01", kind: "choice" },
  ],
  schema,
  compile: (parameters, view) => {
    const rows = rowsOf(parameters, view);
    const weights = new Map<number, number>();
    for (const { terms } of rows)
      for (const { candidate, coefficient } of terms)
        weights.set(candidate, (weights.get(candidate) ?? 0) + coefficient);
    return {
      weight: ({ index }) => weights.get(index) ?? 0,
      convex: rows.map((row) => ({ row, form: "absolute", target: 0, scale: 1 })),
      divisor: 2,
    };
  },
  measure: (parameters, facts, plan) => {
    const placed = placedIn(facts, plan);
    const value = companiesOf(parameters, facts).reduce((sum, company) => {
      const members = groupedBy(
        placed.filter((pair) => isOf(company, pair)),
        ({ dwelling }) => dwelling.id,
      );
      return [...members.values()].reduce(
        (lacked, here) => lacked + lackingAt(parameters, facts, { company, here, members }),
        sum,
      );
    }, 0);
    return { value };
  },
});
