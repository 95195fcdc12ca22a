import { describe, expect, it } from "vitest";
import type { Issue } from "../../../src/base/errors.js";
import type { Policy } from "../../../src/domain/policy.js";
import { OBJECTIVES } from "../../../src/objectives/kinds.js";
import { ALL_KINDS } from "../../../src/problem/all-kinds.js";
import { issueLog } from "../../../src/problem/issue-log.js";
import { parsePolicy } from "../../../src/problem/policy.js";
import { DEFAULT_PRESET, PRESETS } from "../../../src/problem/presets/kinds.js";
import { RULES } from "../../../src/rules/kinds.js";
import { fakeKinds } from "./fake-kinds.js";

const read = (input: unknown, kinds = fakeKinds): { policy: Policy; issues: readonly Issue[] } => {
  const log = issueLog();
  const policy = parsePolicy(input, { kinds, presets: PRESETS, fallback: DEFAULT_PRESET, log });
  return { policy, issues: log.issues() };
};

const faultsOf = (input: unknown) => read(input).issues.map(({ code, path, hint }) => [code, path, hint]);

describe("parsePolicy", () => {
  it("fills a policy that says nothing from the default preset, and says which", () => {
    const { policy, issues } = read(undefined);
    expect(issues).toEqual([]);
    expect(policy.preset).toBe("nyborg");
    expect(policy.evenness).toEqual({
      measure: "persons",
      weight: "population",
      counting: "cumulative",
      method: "webster",
      levels: ["district"],
    });
    expect(policy.draw).toEqual({ rule: "waiting-then-hash", seed: "evenstead" });
    expect(policy.rules).toEqual({
      "unit.roomStandard": { standard: "dk", personsPerRoom: 2 },
      "area.forbidden": {},
      "unit.window": { minStayDays: 30 },
    });
  });

  it("takes the tiers of the preset that is named", () => {
    expect(read({ preset: "plain" }).policy.tiers.map(({ tier }) => tier)).toEqual([
      "placed",
      "exceptions",
      "evenness",
      "fit",
    ]);
  });

  it("fills single fields of evenness and draw", () => {
    const { policy } = read({ evenness: { method: "adams" }, draw: { seed: "2026-3" } });
    expect(policy.evenness).toMatchObject({ method: "adams", weight: "population" });
    expect(policy.draw).toEqual({ rule: "waiting-then-hash", seed: "2026-3" });
  });

  it("reads tiers by tier name or objective id, with a tolerance or none", () => {
    const { policy } = read({ tiers: ["placed", { tier: "spread.even", tolerance: 0.5 }, "fit.occupancy"] });
    expect(policy.tiers).toEqual([
      { tier: "placed", tolerance: 0 },
      { tier: "evenness", tolerance: 0.5 },
      { tier: "fit", tolerance: 0 },
    ]);
  });

  it("reads rules by id or short name: false, true, a short form or parameters", () => {
    expect(read({ rules: { roomStandard: { personsPerRoom: 1 }, window: false } }).policy.rules).toMatchObject({
      "unit.roomStandard": { standard: "dk", personsPerRoom: 1 },
      "unit.window": false,
    });
    expect(read({ rules: { "unit.window": true } }).policy.rules["unit.window"]).toEqual({ minStayDays: 30 });
  });

  it("reads objectives by id or tier name", () => {
    expect(read({ objectives: { travel: { perKm: 3 } } }).policy.objectives["travel.services"]).toEqual({ perKm: 3 });
    expect(read({ objectives: { "travel.services": true } }).policy.objectives["travel.services"]).toEqual({
      perKm: 1,
    });
  });

  it.each([
    [{ presett: "nyborg" }, "policy.unknown-key", "policy.presett", 'Maybe it is "preset".'],
    [{ preset: "nyburg" }, "policy.unknown-preset", "policy.preset", 'Maybe it is "nyborg".'],
    [{ tiers: [] }, "policy.no-tiers", "policy.tiers", null],
    [{ tiers: ["placed", "eveness"] }, "policy.unknown-tier", "policy.tiers[1]", 'Maybe it is "evenness".'],
    [{ tiers: ["evenness", "spread.even"] }, "policy.duplicate-tier", "policy.tiers[1]", null],
    [{ tiers: [{ tier: "placed", tolerance: -1 }] }, "policy.out-of-range", "policy.tiers[0].tolerance", null],
    [{ tiers: "placed" }, "policy.wrong-type", "policy.tiers", null],
    [
      { rules: { roomStandrd: "dk" } },
      "policy.unknown-rule",
      "policy.rules.roomStandrd",
      'Maybe it is "roomStandard".',
    ],
    [{ rules: { window: {}, "unit.window": {} } }, "policy.duplicate-rule", 'policy.rules["unit.window"]', null],
    [{ rules: { window: { minStayDays: -7 } } }, "policy.out-of-range", "policy.rules.window.minStayDays", null],
    [
      { rules: { window: { minStayDay: 7 } } },
      "policy.unknown-key",
      "policy.rules.window.minStayDay",
      'Maybe it is "minStayDays".',
    ],
    [
      { rules: { roomStandard: { personsPerRoom: 21 } } },
      "policy.out-of-range",
      "policy.rules.roomStandard.personsPerRoom",
      null,
    ],
    [{ rules: [] }, "policy.wrong-type", "policy.rules", null],
    [{ objectives: { travle: true } }, "policy.unknown-objective", "policy.objectives.travle", 'Maybe it is "travel".'],
    [
      { objectives: { travel: true, "travel.services": true } },
      "policy.duplicate-objective",
      'policy.objectives["travel.services"]',
      null,
    ],
    [
      { objectives: { travel: false } },
      "policy.wrong-type",
      "policy.objectives.travel",
      "Maybe leave it out of tiers.",
    ],
    [{ evenness: { methd: "adams" } }, "policy.unknown-key", "policy.evenness.methd", 'Maybe it is "method".'],
    [{ evenness: { method: "adam" } }, "policy.unknown-value", "policy.evenness.method", 'Maybe it is "adams".'],
    [{ evenness: { levels: [] } }, "policy.wrong-length", "policy.evenness.levels", null],
    [{ draw: { rule: "coin" } }, "policy.unknown-value", "policy.draw.rule", null],
    [7, "policy.wrong-type", "policy", null],
  ] as const)("refuses %j", (input, code, path, hint) => {
    expect(faultsOf(input)).toEqual([[code, path, hint]]);
  });

  it("refuses to switch off what the law makes absolute, and says what to do instead", () => {
    const [issue] = read({ rules: { forbiddenAreas: false } }).issues;
    expect(issue?.code).toBe("policy.absolute-rule");
    expect(issue?.message).toBe(
      "The policy switches off area.forbidden (Integrationsloven § 12(2)), which the law makes absolute.",
    );
    expect(issue?.hint).toMatch(/^Maybe override it for one household/);
  });

  it("tells all faults of a policy at once", () => {
    const codes = read({
      preset: "x",
      tiers: ["eveness"],
      rules: { windw: true, window: { minStayDays: "7" } },
      draw: { seed: "" },
    }).issues;
    expect(codes.map(({ code }) => code)).toEqual([
      "policy.unknown-preset",
      "policy.unknown-tier",
      "policy.unknown-rule",
      "policy.wrong-type",
      "policy.wrong-length",
    ]);
  });
});

describe("every rule and objective there is", () => {
  const kinds = ALL_KINDS;

  it.each(PRESETS.map(({ id }) => ({ id })))("the policy filled from preset $id reads back to itself", ({ id }) => {
    const { policy, issues } = read({ preset: id }, kinds);
    expect(issues).toEqual([]);
    expect(read(JSON.parse(JSON.stringify(policy)), kinds)).toEqual({ policy, issues: [] });
    expect(Object.keys(policy.rules)).toEqual(RULES.map((rule) => rule.id));
  });

  it("has a name of its own", () => {
    const names = [...RULES.flatMap(({ id, aliases }) => [id, ...aliases])];
    expect(new Set(names).size).toBe(names.length);
    const tiers = OBJECTIVES.map(({ tier }) => tier);
    expect(new Set(tiers).size).toBe(tiers.length);
    for (const preset of PRESETS) for (const tier of preset.tiers) expect(tiers).toContain(tier);
  });

  it("names only rules and objectives that exist in presets", () => {
    for (const { rules, objectives } of PRESETS) {
      for (const id of Object.keys(rules)) expect(RULES.map((rule) => rule.id)).toContain(id);
      for (const id of Object.keys(objectives)) expect(OBJECTIVES.map((objective) => objective.id)).toContain(id);
    }
  });
});
