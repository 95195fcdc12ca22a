import { describe, expect, it } from "vitest";
import { DECISION_CODES, LOG_CODES } from "../../../src/decisions/codes.js";
import type { LogEvent } from "../../../src/decisions/events.js";
import { type DecisionLog, headOf, type LogEntry, openLog } from "../../../src/decisions/log.js";
import { override } from "../../../src/decisions/override.js";
import { propose } from "../../../src/decisions/propose.js";
import { record, sealed } from "../../../src/decisions/record.js";
import { transition } from "../../../src/decisions/transition.js";
import { parseLog, verifyLog } from "../../../src/decisions/verify-log.js";
import { add, codesOf, longLog, note, officer, saltOf, solved, story, town } from "./town.js";

const { log, problem, plan } = await story();
describe("recording", () => {
  it("records every action but a redaction in the story, each entry on the hash of the one before", () => {
    expect(log.entries.map(({ action }) => action)).toEqual([
      "proposal",
      "draw",
      "note",
      "review",
      "rejection",
      "override",
      "proposal",
      "review",
      "decision",
    ]);
    expect(log.entries.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(log.entries.slice(1).map(({ previous }) => previous)).toEqual(
      log.entries.slice(0, -1).map(({ hash }) => hash),
    );
    expect(verifyLog(log)).toEqual({ ok: true, faults: [] });
  });

  it("survives a file: JSON and back gives the same log, and the same verdict", () => {
    const back: unknown = JSON.parse(JSON.stringify(log));
    expect(back).toEqual(log);
    expect(verifyLog(back, headOf(log))).toEqual({ ok: true, faults: [] });
    expect(parseLog(back, headOf(log))).toEqual(log);
  });

  it("leaves the log handed in as it was, and takes nothing of the event by reference", () => {
    const households = ["h1"];
    const event = note({ data: { reason: "Called", households } } as Partial<LogEvent>);
    const before = JSON.stringify(log);
    const longer = add(log, event);
    households.push("h2");
    expect(JSON.stringify(log)).toBe(before);
    expect(longer.entries.at(-1)?.data).toEqual({ reason: "Called", households: ["h1"] });
    expect(verifyLog(longer).ok).toBe(true);
  });

  it.each([
    ["too short", "abc", "decision.salt-malformed"],
    ["31 digits", "0".repeat(31), "decision.salt-malformed"],
    ["not hexadecimal", "g".repeat(32), "decision.salt-malformed"],
    ["that of entry 3", saltOf(3), "decision.salt-repeated"],
  ])("refuses a salt that is %s", (_name, salt, code) => {
    expect(codesOf(() => record(log, note(), { salt }))).toEqual([code]);
  });

  it("refuses a time before an earlier entry, and takes the same time again", () => {
    expect(codesOf(() => add(log, note({ at: "2026-11-05T08:29:59Z" })))).toEqual(["decision.time-backwards"]);
    expect(codesOf(() => add(log, note({ at: "2026-11-04" })))).toEqual(["decision.time-backwards"]);
    expect(codesOf(() => add(log, note({ at: "2026-11-05T09:30:00+01:00" })))).toEqual([]);
    expect(codesOf(() => add(log, note({ at: "2026-11-05" })))).toEqual([]);
  });

  it("refuses handmade events: unknown actions, a redaction, missing reasons, fields too many, numbers JSON lacks", () => {
    const wrong = (event: unknown) => codesOf(() => add(log, event as LogEvent));
    expect(wrong({ ...note(), action: "toString" })).toEqual(["decision.malformed-event"]);
    expect(
      wrong({ ...note(), action: "redaction", data: { reason: "x", before: "2026-11-01", entries: [0] } }),
    ).toEqual(["decision.malformed-event"]);
    expect(wrong(note({ data: { reason: " ", households: [] } } as Partial<LogEvent>))).toEqual([
      "decision.reason-missing",
    ]);
    expect(wrong(note({ data: { reason: "x", households: [], extra: 1 } } as Partial<LogEvent>))).toEqual([
      "decision.malformed-event",
    ]);
    expect(wrong({ action: "note", at: "2026-11-06", by: "me" })).toContain("decision.reason-missing");
    const proposal = log.entries[0]?.data as unknown as Record<string, unknown>;
    const odd = { action: "proposal", at: "2026-11-06", by: "me", data: { ...proposal, options: { x: Number.NaN } } };
    expect(wrong(odd)).toEqual(["decision.not-json"]);
  });

  it("refuses handmade steps that skip, that are told of another plan, or that come before any plan", () => {
    const step = transition(town, planAtStart, housed, { to: "reviewed", ...officer("2026-11-06", "Seen") }).event;
    const proposed = add(openLog(), propose(town, planAtStart, officer("2026-11-01", "Batch")));
    const wrong = (to: DecisionLog, event: unknown) => codesOf(() => add(to, event as LogEvent));
    expect(wrong(openLog(), step)).toEqual(["decision.no-plan"]);
    expect(wrong(proposed, step)).toEqual([]);
    expect(wrong(proposed, { ...step, action: "decision", data: { ...step.data, to: "decided" } })).toEqual([
      "decision.skipped-step",
    ]);
    expect(
      wrong(proposed, { ...step, action: "decision", data: { ...step.data, from: "reviewed", to: "decided" } }),
    ).toEqual(["decision.skipped-step"]);
    expect(wrong(proposed, { ...step, action: "decision" })).toEqual(["decision.malformed-event"]);
    expect(wrong(proposed, { ...step, data: { ...step.data, before: "0".repeat(64) } })).toEqual([
      "decision.other-plan",
    ]);
    expect(wrong(add(proposed, step), step)).toEqual(["decision.skipped-step"]);
  });
});

const planAtStart = await solved(town);
const housed = planAtStart.placements[0]?.household ?? "nobody";

describe("proposing", () => {
  it("refuses a plan of another problem, and a plan that does not pass its audit", () => {
    expect(codesOf(() => propose(problem, planAtStart, officer("2026-11-01", "Batch")))).toEqual([
      "decision.other-problem",
    ]);
    const broken = { ...planAtStart, placements: planAtStart.placements.slice(1) };
    expect(codesOf(() => propose(town, broken, officer("2026-11-01", "Batch")))).toEqual(["decision.plan-not-sound"]);
  });

  it("takes along what the log has brought further, and refuses a plan that says more than the log", () => {
    const later = propose(problem, plan, officer("2026-11-06", "The same again"));
    expect(later.data.carried).toMatchObject([{ household: "refugee-c", dwelling: "u3", status: "decided" }]);
    expect(codesOf(() => add(log, later))).toEqual([]);
    expect(codesOf(() => add(openLog(), later))).toEqual(["decision.skipped-step"]);
    const seen = transition(town, planAtStart, housed, { to: "reviewed", ...officer("2026-11-02", "Seen") }).plan;
    expect(propose(town, seen, officer("2026-11-03", "Again")).data.carried).toMatchObject([
      { household: housed, status: "reviewed" },
    ]);
    // Entry 8 decided; before it the placement is reviewed and no more.
    const reviewed: DecisionLog = { ...log, entries: log.entries.slice(0, 8) };
    expect(codesOf(() => add(reviewed, later))).toEqual(["decision.skipped-step"]);
  });
});

describe("handmade events that override what the law makes absolute", () => {
  it.each([
    [5, "override"],
    [8, "decision"],
  ] as const)("are refused without a legal basis, whatever they say of the rule (entry %i, %s)", (index, action) => {
    const before: DecisionLog = { ...log, entries: log.entries.slice(0, index) };
    const { at, by, data } = log.entries[index] as LogEntry;
    const event = (overrides: unknown) => ({ action, at, by, data: { ...data, overrides } }) as unknown as LogEvent;
    const codes = (overrides: unknown) => codesOf(() => add(before, event(overrides)));
    const absent = ["decision.absolute-without-legal-basis"];
    expect(codes([{ rule: "area.forbidden", absolute: true, legalBasis: null }])).toEqual(absent);
    expect(codes([{ rule: "area.forbidden", absolute: true, legalBasis: "  " }])).toEqual(absent);
    expect(codes([{ rule: "area.forbidden", absolute: false, legalBasis: null }])).toEqual(absent);
    expect(codes([{ rule: "a.later.rule", absolute: true, legalBasis: null }])).toEqual(absent);
    expect(codes([{ rule: "unit.roomStandard", absolute: false, legalBasis: null }])).toEqual([]);
    expect(codes([{ rule: "area.forbidden", absolute: true, legalBasis: "council" }])).toEqual([]);
  });

  it("are found in a log that was written past the checks, with the entry named", () => {
    const { action, at, by, data } = log.entries[5] as LogEntry;
    const forged = { ...data, overrides: [{ rule: "area.forbidden", absolute: false, legalBasis: null }] };
    const before: DecisionLog = { ...log, entries: log.entries.slice(0, 5) };
    const entry = sealed(before, { action, at, by, data: forged } as Parameters<typeof sealed>[1], saltOf(77));
    expect(verifyLog({ ...before, entries: [...before.entries, entry] }).faults).toMatchObject([
      { index: 5, code: "decision.absolute-without-legal-basis" },
    ]);
  });
});

describe("overriding", () => {
  const pin = { kind: "pin", household: "refugee-c", dwelling: "u3", by: "leader-1", reason: "No other home" } as const;

  it("refuses to override an absolute rule without a legal basis", () => {
    const codes = codesOf(() => override(town, { ...pin, overrides: ["area.forbidden"] }, "2026-11-03"));
    expect(codes).toEqual(["decision.absolute-without-legal-basis"]);
  });

  it("records the overridden rule with its legal basis, and gives a problem in which the pin binds", async () => {
    const entry = log.entries[5];
    expect(entry?.data).toMatchObject({
      kind: "pin",
      household: "refugee-c",
      dwelling: "u3",
      overrides: [{ rule: "area.forbidden", absolute: true, legalBasis: "council, 3 November 2026" }],
    });
    expect(plan.placements).toContainEqual(expect.objectContaining({ household: "refugee-c", dwelling: "u3" }));
    expect(planAtStart.placements).not.toContainEqual(
      expect.objectContaining({ dwelling: "u3", household: "refugee-c" }),
    );
  });

  it("refuses unknown households, dwellings and rules, a second pin and a missing reason", () => {
    const wrong = (more: object) => codesOf(() => override(problem, { ...pin, ...more }, "2026-11-06"));
    expect(wrong({ household: "h9" })).toContain("decision.unknown-household");
    expect(wrong({ dwelling: "u9" })).toContain("decision.unknown-dwelling");
    expect(wrong({ household: "refugee-a", overrides: ["area.forbiden"], legalBasis: "x" })).toContain(
      "decision.unknown-rule",
    );
    expect(wrong({})).toContain("decision.two-pins");
    expect(wrong({ reason: "" })).toEqual(["decision.reason-missing"]);
  });
});

describe("the codes", () => {
  it("has a meaning for each, named by noun and fault", () => {
    for (const [code, meaning] of Object.entries({ ...DECISION_CODES, ...LOG_CODES })) {
      expect(code).toMatch(/^(decision|log|input)\.[a-z-]+$/);
      expect(meaning.length).toBeGreaterThan(10);
    }
  });

  it("calls what is no log no log, whatever it is", () => {
    for (const odd of [
      null,
      1,
      "x",
      [],
      {},
      { format: log.format },
      { ...log, format: "evenstead/log@2" },
      { ...log, more: 1 },
    ])
      expect(verifyLog(odd).faults).toMatchObject([{ index: null, code: "log.not-a-log" }]);
    expect(codesOf(() => parseLog({ ...log, entries: [1] }))).toEqual(["log.malformed-entry"]);
  });

  it("does not take a head that says nothing for one that is kept", () => {
    for (const head of [
      null,
      {},
      [],
      "",
      { entries: 9 },
      { entries: "9", hash: headOf(log).hash },
      { entries: 1.5, hash: "" },
      { entries: -1, hash: "" },
    ])
      expect(verifyLog(log, head as never).faults).toMatchObject([{ index: null, code: "log.malformed-head" }]);
  });

  it("writes 1,000 entries of a long log that checks", () => {
    const long = longLog(1000);
    expect(long.entries).toHaveLength(1000);
    expect(verifyLog(long, headOf(long))).toEqual({ ok: true, faults: [] });
  });
});
