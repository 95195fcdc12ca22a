import * as z from "zod";
import type { Link } from "../domain/demand.js";
import type { Plan } from "../domain/plan.js";
import { type Facts, placedIn } from "../view/facts.js";
import type { RowSpec, View } from "../view/view.js";
import { defineRule } from "./rule.js";

const linksOf = (facts: Facts, kind: Link["kind"]) =>
  facts.problem.links.map((link, index) => ({ link, index })).filter(({ link }) => link.kind === kind);

const presence = (
  view: View,
  { household, area, sign }: { household: string; area: ReadonlySet<string>; sign: 1 | -1 },
): RowSpec["terms"] =>
  view
    .candidatesOf(household)
    .filter(({ dwelling }) => area.has(dwelling.district))
    .map(({ index }) => ({ candidate: index, coefficient: sign }));

const districtsByArea = (view: View, level: string) =>
  view.areas(level).map((area) => ({ id: area.id, inside: new Set(area.districts.map(({ id }) => id)) }));

/** The area each linked household lives in by the plan; null for one that is unplaced or outside every area of the level. */
const homesOf = (facts: Facts, plan: Pick<Plan, "placements">, link: Link): readonly (string | null)[] => {
  const home = new Map(placedIn(facts, plan).map(({ household, dwelling }) => [household.id, dwelling.district]));
  return link.households.map((id) => {
    const district = home.get(id);
    return district === undefined ? null : (facts.areaOf(link.within.level, district)?.id ?? `outside ${district}`);
  });
};

/**
 * Households that belong together live in the same area of a level, or none of them is placed.
 *
 * Shape: per area and further household one row y(first, area) - y(other, area) = 0, id `links.together/<link>/<household>/<area>`.
 */
export const linksTogether = defineRule({
  id: "links.together",
  aliases: ["together"],
  title: { da: "Hører sammen", en: "Belong together" },
  legalBasis: [
    { text: "Individual assessment: relatives who support each other", asOf: "2026-11-01", kind: "practice" },
  ],
  schema: z.strictObject({}),
  rows: (_parameters, view) =>
    linksOf(view, "together").flatMap(({ link, index }) => {
      const [first = "", ...others] = link.households;
      return districtsByArea(view, link.within.level).flatMap(({ id, inside }) =>
        others.map((other) => ({
          id: `links.together/${index}/${other}/${id}`,
          terms: [
            ...presence(view, { household: first, area: inside, sign: 1 }),
            ...presence(view, { household: other, area: inside, sign: -1 }),
          ],
          min: 0,
          max: 0,
        })),
      );
    }),
  check: (_parameters, facts, plan) =>
    linksOf(facts, "together").flatMap(({ link }) => {
      const areas = new Set(homesOf(facts, plan, link));
      return areas.size > 1
        ? [
            {
              code: "separated",
              subject: link.households[0] ?? "",
              by: areas.size - 1,
              facts: { households: link.households.join(", "), level: link.within.level },
            },
          ]
        : [];
    }),
  words: {
    separated: {
      da: ({ households, level }) => `Husstandene ${households} skal bo i samme område (${level}).`,
      en: ({ households, level }) => `Households ${households} must live in the same area (${level}).`,
    },
  },
});

/**
 * Households that must be kept apart never live in the same area of a level.
 *
 * Shape: per area one row, sum of y(h, area) <= 1, id `links.apart/<link>/<area>`.
 */
export const linksApart = defineRule({
  id: "links.apart",
  aliases: ["apart"],
  title: { da: "Holdes adskilt", en: "Kept apart" },
  legalBasis: [{ text: "Protection orders; individual assessment", asOf: "2026-11-01", kind: "practice" }],
  schema: z.strictObject({}),
  rows: (_parameters, view) =>
    linksOf(view, "apart").flatMap(({ link, index }) =>
      districtsByArea(view, link.within.level).map(({ id, inside }) => ({
        id: `links.apart/${index}/${id}`,
        terms: link.households.flatMap((household) => presence(view, { household, area: inside, sign: 1 })),
        max: 1,
      })),
    ),
  check: (_parameters, facts, plan) =>
    linksOf(facts, "apart").flatMap(({ link }) => {
      const areas = homesOf(facts, plan, link).filter(
        (area): area is string => area !== null && !area.startsWith("outside "),
      );
      const extra = areas.length - new Set(areas).size;
      return extra > 0
        ? [
            {
              code: "not-apart",
              subject: link.households[0] ?? "",
              by: extra,
              facts: { households: link.households.join(", "), level: link.within.level },
            },
          ]
        : [];
    }),
  words: {
    "not-apart": {
      da: ({ households, level }) => `Husstandene ${households} må ikke bo i samme område (${level}).`,
      en: ({ households, level }) => `Households ${households} must not live in the same area (${level}).`,
    },
  },
});
