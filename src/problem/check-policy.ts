import type { District } from "../domain/district.js";
import { measureName } from "../domain/measure.js";
import type { EvennessPolicy, Policy, SharesKey } from "../domain/policy.js";
import { sharesKeyOf } from "../targets/keys/preset-named.js";
import { checkMeasure } from "./check-demand.js";
import { isReservedName } from "./forbidden.js";
import type { IssueLog } from "./issue-log.js";
import type { Parts } from "./parts.js";
import { checkLevel, type LevelCovers } from "./references.js";
import { counted, maybe, nearest, type Path, shownId, shownIds, shownValue } from "./shown.js";

/** A size that the policy spreads by, and where it names it. */
interface Size {
  readonly name: string;
  readonly path: Path;
  /** Sizes that districts always have, beside those of their `weights`. */
  readonly given: Readonly<Record<string, (district: District) => number>>;
  /** "stock": 0 everywhere is nothing to make up for. "inverse": 0 anywhere has no share. */
  readonly role: "direct" | "inverse" | "stock";
}

const checkSize = ({ districts }: Parts, { name, path, given, role }: Size, log: IssueLog): void => {
  if (districts.length === 0 || districts.some(({ repaired }) => repaired)) return;
  const own = Object.hasOwn(given, name) ? given[name] : undefined;
  const sizeOf = (district: District): number | null => {
    if (own !== undefined) return own(district);
    return isReservedName(name) || !Object.hasOwn(district.weights, name) ? null : (district.weights[name] ?? null);
  };
  const without = districts.filter(({ value }) => sizeOf(value) === null).map(({ value }) => value.id);
  const known = [...Object.keys(given), ...new Set(districts.flatMap(({ value }) => Object.keys(value.weights)))];
  const meant = nearest(name, known);
  const shown = known.includes(name) || meant !== null ? `"${shownId(name)}"` : shownValue(name);
  const empty = districts.filter(({ value }) => sizeOf(value) === 0).map(({ value }) => value.id);
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
  } else if (role === "inverse" && empty.length > 0) {
    log.add("policy.inverse-of-zero", () => ({
      path,
      expected: `weights[${shown}] above 0 in every district`,
      received: `0 in ${empty.length}`,
      message: `The policy spreads in inverse proportion to ${shown}, which is 0 in ${counted(empty.length, "district")} of ${districts.length}: ${shownIds(empty)}.`,
    }));
  } else if (role === "direct" && empty.length === districts.length) {
    log.add("policy.no-weight", () => ({
      path,
      expected: `weights[${shown}] above 0 in some district`,
      received: "0 everywhere",
      message: `The policy spreads in proportion to ${shown}, which is 0 in every district.`,
    }));
  }
};

const population = ({ population: residents }: District): number => residents;

const checkKey = (evenness: EvennessPolicy, key: string | SharesKey, parts: Parts, log: IssueLog): void => {
  const path = ["policy", "evenness", "key"];
  const settled = (district: District): number => district.settled[measureName(evenness.measure)] ?? 0;
  const given = { population, settled };
  const named = typeof key === "string";
  const { mix, compensate } = named ? sharesKeyOf(key) : key;
  mix.forEach(({ field: name, weight, sense }, index) => {
    if (weight > 0)
      checkSize(parts, { name, path: named ? path : [...path, "mix", index, "field"], given, role: sense }, log);
  });
  if (compensate !== null)
    checkSize(
      parts,
      { name: compensate.stock, path: named ? path : [...path, "compensate", "stock"], given, role: "stock" },
      log,
    );
};

/** The policy held against the districts and zones that it speaks of. */
export const checkPolicy = (
  { evenness }: Policy,
  { parts, covers, log }: { parts: Parts; covers: LevelCovers; log: IssueLog },
): void => {
  const path = ["policy", "evenness"];
  // Without residents anywhere, every district counts alike.
  if (evenness.key !== undefined) checkKey(evenness, evenness.key, parts, log);
  else if (evenness.weight !== "population")
    checkSize(parts, { name: evenness.weight, path: [...path, "weight"], given: { population }, role: "direct" }, log);
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
