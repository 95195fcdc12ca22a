import type { Policy } from "../domain/policy.js";
import { checkMeasure } from "./check-demand.js";
import { isReservedName } from "./forbidden.js";
import type { IssueLog } from "./issue-log.js";
import type { Parts } from "./parts.js";
import { checkLevel, type LevelCovers } from "./references.js";
import { counted, maybe, nearest, shownId, shownIds, shownValue } from "./shown.js";

const checkWeight = ({ districts }: Parts, weight: string, log: IssueLog): void => {
  if (weight === "population" || districts.length === 0 || districts.some(({ repaired }) => repaired)) return;
  const path = ["policy", "evenness", "weight"];
  const sizeOf = (weights: Readonly<Record<string, number>>): number | null =>
    isReservedName(weight) || !Object.hasOwn(weights, weight) ? null : (weights[weight] ?? null);
  const without = districts.filter(({ value }) => sizeOf(value.weights) === null).map(({ value }) => value.id);
  const known = ["population", ...new Set(districts.flatMap(({ value }) => Object.keys(value.weights)))];
  const meant = nearest(weight, known);
  const shown = known.includes(weight) || meant !== null ? `"${shownId(weight)}"` : shownValue(weight);
  if (without.length === districts.length) {
    log.add("policy.unknown-weight", () => ({
      path,
      expected: `one of ${shownIds(known)}`,
      received: shown,
      message: `The policy spreads in proportion to ${shown}, which none of the ${counted(districts.length, "district")} carries; there are ${shownIds(known)}.`,
      hint: maybe(meant),
    }));
  } else if (without.length > 0) {
    log.add("policy.missing-weight", () => ({
      path,
      expected: `weights[${shown}] in every district`,
      received: `${without.length} without`,
      message: `The policy spreads in proportion to ${shown}, which ${counted(without.length, "district")} of ${districts.length} does not carry: ${shownIds(without)}.`,
    }));
  } else if (districts.every(({ value }) => sizeOf(value.weights) === 0)) {
    log.add("policy.no-weight", () => ({
      path,
      expected: `weights[${shown}] above 0 in some district`,
      received: "0 everywhere",
      message: `The policy spreads in proportion to ${shown}, which is 0 in every district.`,
    }));
  }
};

/** The policy held against the districts and zones that it speaks of. */
export const checkPolicy = (
  { evenness }: Policy,
  { parts, covers, log }: { parts: Parts; covers: LevelCovers; log: IssueLog },
): void => {
  const path = ["policy", "evenness"];
  checkWeight(parts, evenness.weight, log);
  checkMeasure("policy", { id: null, path, inside: ["measure"], measure: evenness.measure }, log);
  evenness.levels.forEach((level, index) => {
    checkLevel("policy", { path: ["policy"], inside: ["evenness", "levels", index], level, covers }, log);
    if (evenness.levels.indexOf(level) === index) return;
    log.add("policy.duplicate-level", () => ({
      path: [...path, "levels", index],
      expected: "every level once",
      received: shownId(level),
      message: `The policy asks for evenness on level "${shownId(level)}" twice.`,
    }));
  });
};
