import type { Measure } from "../domain/measure.js";
import { checkDate } from "./check-stock.js";
import { isReservedName } from "./forbidden.js";
import { subjectWords } from "./form-faults.js";
import type { IssueLog } from "./issue-log.js";
import type { Parts } from "./parts.js";
import { checkLevel, checkReference, type LevelCovers } from "./references.js";
import { UNREADABLE } from "./salvage.js";
import { type Path, shownId, shownKey } from "./shown.js";

const checkHouseholds = ({ households, services, ids, asOf }: Parts, log: IssueLog): void => {
  const kinds = new Set(services.map(({ value }) => value.kind));
  for (const { value, path } of households) {
    const { id, handover, waitingSince, wishes, current, needs } = value;
    const subject = { noun: "household" as const, id, path };
    checkDate({ ...subject, inside: "handover", date: handover }, asOf, log);
    checkDate({ ...subject, inside: "waitingSince", date: waitingSince }, asOf, log);
    const wished = new Set<string>();
    wishes.forEach(({ district }, index) => {
      const inside = ["wishes", index, "district"];
      checkReference(
        "household.unknown-district",
        { ...subject, inside, given: district, target: "district", known: ids.districts },
        log,
      );
      if (wished.has(district)) {
        log.add("household.repeated-wish", () => ({
          path: [...path, ...inside],
          subject: shownId(id),
          expected: "one wish per district",
          received: shownId(district),
          message: `${subjectWords(subject)} wishes for district "${shownId(district)}" twice.`,
        }));
      }
      wished.add(district);
    });
    if (current !== null) {
      const reference = { ...subject, inside: ["current"], given: current, target: "dwelling", known: ids.dwellings };
      checkReference("household.unknown-dwelling", reference, log);
    }
    needs.near.forEach(({ kind, required }, index) => {
      if (!required || kinds.has(kind) || kinds.has(UNREADABLE) || ids.services.has(UNREADABLE)) return;
      const reference = {
        ...subject,
        inside: ["needs", "near", index, "kind"],
        given: kind,
        target: "kind of service",
        known: kinds,
      };
      checkReference("household.no-such-service", reference, log);
    });
  }
};

const checkLinks = ({ links, ids }: Parts, covers: LevelCovers, log: IssueLog): void => {
  const pairs = new Map<string, "together" | "apart">();
  for (const { value, path, repaired } of links) {
    const { kind, households, within } = value;
    const subject = { noun: "link" as const, id: null, path };
    checkLevel("link", { path, inside: ["within", "level"], level: within.level, covers }, log);
    const seen = new Set<string>();
    households.forEach((household, index) => {
      const inside = ["households", index];
      checkReference(
        "link.unknown-household",
        { ...subject, inside, given: household, target: "household", known: ids.households },
        log,
      );
      if (household === UNREADABLE) return;
      if (seen.has(household)) {
        log.add("link.repeated-household", () => ({
          path: [...path, ...inside],
          expected: "every household once",
          received: shownId(household),
          message: `${subjectWords(subject)} names household "${shownId(household)}" twice.`,
        }));
      }
      // Only neighbours in the list are compared: all pairs of a long list would be too many.
      const before = households[index - 1];
      if (before !== undefined && before !== household && !repaired) {
        const pair = JSON.stringify([within.level, ...[before, household].sort()]);
        const other = pairs.get(pair);
        if (other !== undefined && other !== kind)
          contradiction({ path, inside, level: within.level, a: before, b: household }, log);
        pairs.set(pair, kind);
      }
      seen.add(household);
    });
  }
};

const contradiction = (
  { path, inside, level, a, b }: { path: Path; inside: Path; level: string; a: string; b: string },
  log: IssueLog,
): void =>
  log.add("link.contradiction", () => ({
    path: [...path, ...inside],
    expected: "together or apart",
    received: "both",
    message: `${subjectWords({ noun: "link", id: null, path })} contradicts an earlier one: households "${shownId(a)}" and "${shownId(b)}" can't be both together and apart on level "${shownId(level)}".`,
  }));

const reservedNumber = (path: Path, name: string, log: IssueLog): void =>
  log.add("input.reserved-key", () => ({
    path,
    expected: "another name",
    received: name,
    message: `The name "${name}" has a meaning of its own in JavaScript and can't name a number.`,
  }));

/** An age band that ends before it begins counts nobody. */
export const checkMeasure = (
  noun: "quota" | "policy",
  { id, path, inside, measure }: { id: string | null; path: Path; inside: Path; measure: Measure },
  log: IssueLog,
): void => {
  if (typeof measure === "string") return;
  if ("number" in measure) {
    if (isReservedName(measure.number)) reservedNumber([...path, ...inside, "number"], shownKey(measure.number), log);
    return;
  }
  if (measure.ages[0] <= measure.ages[1]) return;
  const [from, to] = measure.ages;
  log.add(`${noun}.ages-reversed`, () => ({
    path: [...path, ...inside, "ages"],
    subject: id === null ? null : shownId(id),
    expected: "the lower age first",
    received: `${from} to ${to}`,
    message: `${subjectWords({ noun, id, path })} counts ages ${from} to ${to}, which nobody has.`,
    hint: `Maybe it is [${to}, ${from}].`,
  }));
};

const checkQuotas = ({ quotas, ids }: Parts, log: IssueLog): void => {
  for (const { value, path } of quotas) {
    const { id, scope, min, max, measure } = value;
    const subject = { noun: "quota" as const, id, path };
    if ("district" in scope) {
      const reference = {
        ...subject,
        inside: ["scope", "district"],
        given: scope.district,
        target: "district",
        known: ids.districts,
      };
      checkReference("quota.unknown-district", reference, log);
    }
    if ("zone" in scope) {
      const reference = { ...subject, inside: ["scope", "zone"], given: scope.zone, target: "zone", known: ids.zones };
      checkReference("quota.unknown-zone", reference, log);
    }
    checkMeasure("quota", { id, path, inside: ["measure"], measure }, log);
    if (max !== null && min > max) {
      log.add("quota.min-above-max", () => ({
        path: [...path, "min"],
        subject: shownId(id),
        expected: `at most ${max}`,
        received: String(min),
        message: `${subjectWords(subject)} has min ${min} above its max ${max}; no plan can meet both.`,
      }));
    }
  }
};

/** Households, links and quotas held against the stock and each other. */
export const checkDemand = (parts: Parts, covers: LevelCovers, log: IssueLog): void => {
  checkHouseholds(parts, log);
  checkLinks(parts, covers, log);
  checkQuotas(parts, log);
};
