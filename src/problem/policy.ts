import * as z from "zod";
import type { Policy, TierPolicy } from "../domain/policy.js";
import type { IssueCode } from "./codes.js";
import { reportFormFaults, type Subject, unknownKey } from "./form-faults.js";
import type { IssueLog } from "./issue-log.js";
import { type Kinds, type KnownObjective, type KnownRule, objectiveNames, ruleNames } from "./kinds-known.js";
import { drawShape, evennessShape, tolerance } from "./policy-schema.js";
import type { Preset } from "./presets/preset.js";
import { counted, maybe, nearest, type Path, shownKey, shownValue } from "./shown.js";

type Raw = Readonly<Record<string, unknown>>;

const KEYS = ["preset", "evenness", "tiers", "rules", "objectives", "draw"];
// Made once: schemas are dear to make, and making them trips over a polluted prototype.
const TIER_LIST = z.array(z.unknown()).max(100);
const TIER_NAME = z.string();
const TIER_WITH_TOLERANCE = z.strictObject({ tier: z.string(), tolerance: tolerance.default(0) });
const POLICY: Subject = { noun: "policy", id: null, path: ["policy"], raw: null };

/** The object at a key of the policy: `{}` where it is left out, null (and a fault) where it is something else. */
const objectAt = (raw: unknown, path: Path, log: IssueLog): Raw | null => {
  if (raw === undefined) return {};
  if (typeof raw === "object" && raw !== null && !Array.isArray(raw)) return raw as Raw;
  log.add("policy.wrong-type", () => ({
    path,
    expected: "an object",
    received: shownValue(raw),
    message: `The policy has ${path.slice(1).map(String).join(".") || "a value that is"} ${shownValue(raw)}; it must be an object.`,
  }));
  return null;
};

const parsedAt = (
  schema: z.ZodType,
  raw: unknown,
  { inside, log }: { inside: Path; log: IssueLog },
): { value: unknown } | null => {
  const result = schema.safeParse(raw);
  if (result.success) return { value: result.data };
  const issues = result.error.issues.map((issue) => ({ ...issue, path: [...inside, ...issue.path] }));
  reportFormFaults(issues, { subject: { ...POLICY, raw: nest(inside, raw) }, schema, below: inside.length, log });
  return null;
};

/** Messages read values and keys from the policy as a whole. */
const nest = (inside: Path, value: unknown): unknown =>
  inside.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);

/** Every known key of an object by its own schema; what is missing is taken from `defaults`. */
const fields = <T extends object>(
  raw: Raw | null,
  {
    shape,
    defaults,
    at,
    log,
  }: { shape: Readonly<Record<keyof T & string, z.ZodType>>; defaults: T; at: string; log: IssueLog },
): T => {
  const filled: Record<string, unknown> = Object.fromEntries(Object.entries(defaults));
  const known: Readonly<Record<string, z.ZodType>> = shape;
  for (const key of Object.keys(raw ?? {})) {
    const schema = Object.hasOwn(known, key) ? known[key] : undefined;
    if (schema === undefined) unknownKey(POLICY, log, { inside: [at], key, known: Object.keys(known) });
    else {
      const parsed = parsedAt(schema, raw?.[key], { inside: [at, key], log });
      if (parsed !== null) filled[key] = parsed.value;
    }
  }
  // Every key of T was either kept from the defaults or replaced by what its own schema made.
  return filled as T;
};

const presetOf = (
  raw: unknown,
  { presets, fallback, log }: { presets: readonly Preset[]; fallback: Preset; log: IssueLog },
) => {
  if (raw === undefined) return { name: fallback.id, preset: fallback };
  if (raw === null) return { name: null, preset: fallback };
  const names = presets.map(({ id }) => id);
  const preset = presets.find(({ id }) => id === raw);
  if (preset !== undefined) return { name: preset.id, preset };
  log.add("policy.unknown-preset", () => ({
    path: ["policy", "preset"],
    expected: `one of ${names.join(", ")}`,
    received: shownValue(raw),
    message: `The policy names a preset that is not among the ${counted(names.length, "preset")}: ${names.join(", ")}.`,
    hint: typeof raw === "string" ? maybe(nearest(raw, names)) : null,
  }));
  return { name: null, preset: fallback };
};

const tiersOf = (
  raw: unknown,
  { preset, kinds, log }: { preset: Preset; kinds: Kinds; log: IssueLog },
): readonly TierPolicy[] => {
  const known = objectiveNames(kinds);
  if (raw === undefined) return preset.tiers.filter((tier) => known.has(tier)).map((tier) => ({ tier, tolerance: 0 }));
  const list = parsedAt(TIER_LIST, raw, { inside: ["tiers"], log });
  if (list === null || !Array.isArray(list.value)) return [];
  if (list.value.length === 0) {
    log.add("policy.no-tiers", () => ({
      path: ["policy", "tiers"],
      expected: "at least one tier",
      received: "an empty list",
      message: "The policy has an empty list of tiers; leave `tiers` out to take the preset's.",
    }));
  }
  const seen = new Set<string>();
  return list.value.flatMap((item: unknown, index): readonly TierPolicy[] => {
    const inside = ["tiers", index];
    const form = typeof item === "string" ? TIER_NAME : TIER_WITH_TOLERANCE;
    const parsed = parsedAt(form, item, { inside, log });
    if (parsed === null) return [];
    const given =
      typeof parsed.value === "string" ? { tier: parsed.value, tolerance: 0 } : (parsed.value as TierPolicy);
    const objective = known.get(given.tier);
    const names = [...new Set([...known.values()].map(({ tier }) => tier))];
    if (objective === undefined || seen.has(objective.tier)) {
      unusableTier({ inside, given: given.tier, again: objective !== undefined, names }, log);
      return [];
    }
    seen.add(objective.tier);
    return [{ tier: objective.tier, tolerance: given.tolerance }];
  });
};

const unusableTier = (
  { inside, given, again, names }: { inside: Path; given: string; again: boolean; names: readonly string[] },
  log: IssueLog,
): void =>
  log.add(again ? "policy.duplicate-tier" : "policy.unknown-tier", () => ({
    path: ["policy", ...inside],
    expected: again ? "every tier once" : `one of ${names.join(", ")}`,
    received: again || nearest(given, names) !== null ? shownKey(given) : shownValue(given),
    message: again
      ? `The policy lists the tier "${shownKey(given)}" twice; a tier has one place in the order.`
      : `The policy lists a tier that is not among the ${counted(names.length, "tier")}: ${names.join(", ")}.`,
    hint: again ? null : maybe(nearest(given, names)),
  }));

/** Parameters per full id of every kind: given by id or short name, else the preset's, else the kind's own defaults. */
const parametersOf = <K extends KnownRule | KnownObjective>(
  raw: Raw | null,
  spec: {
    readonly at: "rules" | "objectives";
    readonly kinds: readonly K[];
    readonly names: ReadonlyMap<string, K>;
    readonly defaults: Kinds["defaults"];
    readonly preset: Raw;
    readonly log: IssueLog;
    /** False where this kind may not be switched off; it has reported why. */
    readonly switchOff: (kind: K, path: Path) => boolean;
  },
): Readonly<Record<string, unknown>> => {
  const { at, kinds, names, preset, log, switchOff } = spec;
  const defaultsOf = (kind: K): unknown => spec.defaults.get(kind);
  const noun = at === "rules" ? "rule" : "objective";
  const given = new Map<string, unknown>();
  for (const [key, value] of Object.entries(raw ?? {})) {
    const kind = names.get(key);
    const problem: IssueCode | null =
      kind === undefined ? `policy.unknown-${noun}` : given.has(kind.id) ? `policy.duplicate-${noun}` : null;
    if (kind === undefined || problem !== null) {
      const known = [...names.keys()];
      log.add(problem ?? `policy.unknown-${noun}`, () => ({
        path: ["policy", at, key],
        expected: kind === undefined ? `the id of one of the ${kinds.length} ${at}` : `${kind.id} once`,
        received: shownKey(key),
        message:
          kind === undefined
            ? `The policy names the ${noun} "${shownKey(key)}", which is not among the ${counted(kinds.length, noun)}.`
            : `The policy names the ${noun} ${kind.id} twice, by its id and by a short name.`,
        hint: kind === undefined ? maybe(nearest(key, known)) : null,
      }));
      continue;
    }
    if (value === false) given.set(kind.id, switchOff(kind, ["policy", at, key]) ? false : defaultsOf(kind));
    else if (value === true) given.set(kind.id, defaultsOf(kind));
    else given.set(kind.id, parsedAt(kind.schema, value, { inside: [at, key], log })?.value ?? defaultsOf(kind));
  }
  const fromPreset = (kind: K): unknown =>
    Object.hasOwn(preset, kind.id) ? kind.schema.parse(preset[kind.id]) : defaultsOf(kind);
  return Object.fromEntries(kinds.map((kind) => [kind.id, given.has(kind.id) ? given.get(kind.id) : fromPreset(kind)]));
};

const mayNotSwitchOff = (what: string, path: Path, log: IssueLog): false => {
  log.add("policy.absolute-rule", () => ({
    path,
    expected: "true or parameters",
    received: "false",
    message: `The policy switches off ${what}, which the law makes absolute.`,
    hint: "Maybe override it for one household, with a decision that names its legalBasis.",
  }));
  return false;
};

const noSwitch = (what: string, path: Path, log: IssueLog): false => {
  log.add("policy.wrong-type", () => ({
    path,
    expected: "true or parameters",
    received: "false",
    message: `The policy gives the objective ${what} as false; objectives have no switch.`,
    hint: "Maybe leave it out of tiers.",
  }));
  return false;
};

/**
 * Read a policy: rules, ordered objectives, evenness and draw, all defaults filled in from the preset, then from the kinds themselves.
 * Every rule and objective stands in the result under its full id. A policy that was read reads back to itself.
 */
export const parsePolicy = (
  input: unknown,
  { kinds, presets, fallback, log }: { kinds: Kinds; presets: readonly Preset[]; fallback: Preset; log: IssueLog },
): Policy => {
  const raw = objectAt(input, ["policy"], log) ?? {};
  for (const key of Object.keys(raw))
    if (!KEYS.includes(key)) unknownKey(POLICY, log, { inside: [], key, known: KEYS });
  const { name, preset } = presetOf(raw.preset, { presets, fallback, log });
  const section = (key: string): Raw | null => objectAt(raw[key], ["policy", key], log);
  return {
    preset: name,
    evenness: fields(section("evenness"), { shape: evennessShape, defaults: preset.evenness, at: "evenness", log }),
    tiers: tiersOf(raw.tiers, { preset, kinds, log }),
    rules: parametersOf(section("rules"), {
      at: "rules",
      kinds: kinds.rules,
      names: ruleNames(kinds),
      defaults: kinds.defaults,
      preset: preset.rules,
      log,
      switchOff: ({ absolute, id, legalBasis }, path) =>
        !absolute || mayNotSwitchOff(legalBasis[0] === undefined ? id : `${id} (${legalBasis[0].text})`, path, log),
    }),
    objectives: parametersOf(section("objectives"), {
      at: "objectives",
      kinds: kinds.objectives,
      names: objectiveNames(kinds),
      defaults: kinds.defaults,
      preset: preset.objectives,
      log,
      switchOff: ({ id }, path) => noSwitch(id, path, log),
    }),
    draw: fields(section("draw"), { shape: drawShape, defaults: preset.draw, at: "draw", log }),
  };
};
