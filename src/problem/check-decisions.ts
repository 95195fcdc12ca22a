import type { Decision } from "../domain/demand.js";
import { subjectWords } from "./form-faults.js";
import type { IssueLog } from "./issue-log.js";
import { type Kinds, ruleNames } from "./kinds-known.js";
import type { Entry, Parts } from "./parts.js";
import { checkReference } from "./references.js";
import { counted, maybe, nearest, shownId } from "./shown.js";

const checkOverrides = ({ value, path }: Entry<Decision>, kinds: Kinds, log: IssueLog): void => {
  const names = ruleNames(kinds);
  const subject = { noun: "decision" as const, id: null, path };
  value.overrides.forEach((given, index) => {
    const rule = names.get(given);
    const common = { path: [...path, "overrides", index], received: shownId(given) };
    if (rule === undefined) {
      log.add("decision.unknown-rule", () => ({
        ...common,
        expected: "the id of a rule",
        message: `${subjectWords(subject)} overrides "${shownId(given)}", which is not among the ${counted(kinds.rules.length, "rule")}.`,
        hint: maybe(nearest(given, [...names.keys()])),
      }));
      return;
    }
    if (!rule.absolute || (value.legalBasis ?? "").trim() !== "") return;
    log.add("decision.absolute-without-legal-basis", () => ({
      ...common,
      expected: "a legalBasis",
      message: `${subjectWords(subject)} overrides ${rule.id}, which the law makes absolute, without naming a legalBasis.`,
    }));
  });
};

const pairOf = ({ household, dwelling }: Decision): string => JSON.stringify([household, dwelling]);

/** Decisions held against the lists, the rules and each other. */
export const checkDecisions = ({ decisions, dwellings, ids }: Parts, kinds: Kinds, log: IssueLog): void => {
  const pinOf = new Map<string, string>();
  const pinsOn = new Map<string, number>();
  const kindsOf = new Map<string, Set<string>>();
  const countOf = new Map(dwellings.map(({ value }) => [value.id, value.count]));
  for (const entry of decisions) {
    const { value, path } = entry;
    const { household, dwelling, kind } = value;
    const subject = { noun: "decision" as const, id: null, path };
    const known = [
      checkReference(
        "decision.unknown-household",
        { ...subject, inside: ["household"], given: household, target: "household", known: ids.households },
        log,
      ),
      checkReference(
        "decision.unknown-dwelling",
        { ...subject, inside: ["dwelling"], given: dwelling, target: "dwelling", known: ids.dwellings },
        log,
      ),
    ];
    checkOverrides(entry, kinds, log);
    if (entry.repaired) continue;
    const both = kindsOf.get(pairOf(value)) ?? new Set<string>();
    kindsOf.set(pairOf(value), both.add(kind));
    if (both.size > 1) {
      log.add("decision.pinned-and-forbidden", () => ({
        path,
        expected: "a pin or a forbid",
        received: "both",
        message: `${subjectWords(subject)} contradicts an earlier one: household "${shownId(household)}" is both pinned to and forbidden in dwelling "${shownId(dwelling)}".`,
      }));
    }
    if (kind !== "pin") continue;
    const other = pinOf.get(household);
    if (other !== undefined) {
      log.add("decision.two-pins", () => ({
        path: [...path, "household"],
        expected: "one pin per household",
        received: shownId(household),
        message: `${subjectWords(subject)} pins household "${shownId(household)}" to dwelling "${shownId(dwelling)}", but an earlier one pins it to "${shownId(other)}".`,
      }));
      continue;
    }
    pinOf.set(household, dwelling);
    const pins = (pinsOn.get(dwelling) ?? 0) + 1;
    pinsOn.set(dwelling, pins);
    const count = countOf.get(dwelling);
    if (count === undefined || pins <= count || known.includes(false)) continue;
    log.add("decision.dwelling-overbooked", () => ({
      path: [...path, "dwelling"],
      expected: `at most ${counted(count, "pin")} on this dwelling`,
      received: String(pins),
      message: `${subjectWords(subject)} is pin number ${pins} on dwelling "${shownId(dwelling)}", which has room for ${counted(count, "household")}.`,
    }));
  }
};
