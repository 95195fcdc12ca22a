import { describe, expect, it } from "vitest";
import { allocate } from "../../../src/allocate.js";
import { canonicalJson } from "../../../src/base/hash.js";
import { drawOf } from "../../../src/decisions/draw.js";
import { type DecisionLog, headOf, LOG_FORMAT, openLog } from "../../../src/decisions/log.js";
import { propose } from "../../../src/decisions/propose.js";
import { redact } from "../../../src/decisions/redact.js";
import { type ReplayOptions, replay as replayWith } from "../../../src/decisions/replay.js";
import { planHashOf } from "../../../src/decisions/steps.js";
import { transition } from "../../../src/decisions/transition.js";
import type { Plan } from "../../../src/domain/plan.js";
import { exhaustive } from "../../../src/solvers/exhaustive.js";
import { add, note, officer, solved, story, town } from "./town.js";

const replay = (log: DecisionLog, options: ReplayOptions = {}) => replayWith(log, { solver: exhaustive(), ...options });

const { log, plan, problem } = await story();
const first = await solved(town, { seed: "seed-2" });

/** A plan's canonical JSON but for what differs from run to run. */
const bytesOf = ({ run, ...rest }: Plan) => canonicalJson({ ...rest, run: { ...run, seconds: 0 } });

const proposed = (of: Plan, more: object = {}): DecisionLog =>
  add(openLog(), propose(town, of, { ...officer("2026-11-01", "Batch"), ...more }));

describe("replaying a log", () => {
  it("makes the same plan again, byte for byte without its seconds, with the override and every step in it", async () => {
    const replayed = await replay(JSON.parse(JSON.stringify(log)), { head: headOf(log) });
    expect(replayed.findings).toEqual([]);
    expect(replayed.agrees).toBe(true);
    expect(replayed.plan === null ? null : bytesOf(replayed.plan)).toBe(bytesOf(plan));
    expect(replayed.plan?.placements).toContainEqual({
      household: "refugee-c",
      dwelling: "u3",
      status: "decided",
      since: "2026-11-05T08:30Z",
    });
  });

  it("makes the same plan again with the default solver, for a town that it placed", async () => {
    const ours = await allocate(town);
    expect(await replayWith(proposed(ours))).toMatchObject({ agrees: true, findings: [] });
  });

  it("makes the plan as it stood after entry 4: the first proposal, with one household rejected and the draw done again", async () => {
    const then = await replay(log, { upTo: 4 });
    expect(then).toMatchObject({ agrees: true, findings: [] });
    expect(then.plan?.placements.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(then.plan?.placements).not.toContainEqual(
      expect.objectContaining({ household: "refugee-c", dwelling: "u3" }),
    );
  });

  it("uses the recorded options: another seed gives another draw and the same verdict", async () => {
    expect(first.run.options).toEqual({ seed: "seed-2" });
    expect(await replay(proposed(first))).toMatchObject({ agrees: true, findings: [] });
  });

  it("takes a problem that is kept outside the log, and only the right one", async () => {
    const without = proposed(first, { storeProblem: false });
    expect(without.entries[0]?.data).toMatchObject({ problem: null });
    const turned = { ...town, households: [...town.households].reverse() };
    const other = { ...town, households: town.households.slice(1) };
    expect(await replay(without, { problems: [other, turned] })).toMatchObject({ agrees: true, findings: [] });
    expect((await replay(without, { problems: [other] })).findings).toMatchObject([{ code: "replay.other-problem" }]);
    expect((await replay(without)).findings).toMatchObject([{ code: "replay.problem-missing" }]);
  });

  it("brings along what an earlier plan of the log had decided", async () => {
    const again = add(log, propose(problem, plan, officer("2026-11-06", "Again")));
    const replayed = await replay(again);
    expect(replayed).toMatchObject({ agrees: true, findings: [] });
    expect(replayed.plan === null ? null : bytesOf(replayed.plan)).toBe(bytesOf(plan));
  });

  it("says that it cannot where entries it needs were redacted, and does where they were not", async () => {
    const gone = redact(log, "2026-11-05", officer("2027-11-05", "Retention"));
    expect((await replay(gone)).findings).toMatchObject([{ index: 6, code: "replay.redacted" }]);
    const kept = redact(log, "2026-11-04", officer("2027-11-05", "Retention"));
    expect(await replay(kept)).toMatchObject({ agrees: true, findings: [] });
  });

  it("says so where it is asked for an entry that is not there", async () => {
    for (const upTo of [-5, 9, 1.5, Number.NaN])
      expect(await replay(log, { upTo })).toMatchObject({ plan: null, findings: [{ code: "replay.no-entry" }] });
  });

  it("says so where nothing was proposed, and where the log does not check", async () => {
    expect((await replay(add(openLog(), note()))).findings).toMatchObject([{ code: "replay.no-proposal" }]);
    const cut = { format: LOG_FORMAT, entries: log.entries.slice(0, 8) } as const;
    expect((await replay(cut, { head: headOf(log) })).findings).toMatchObject([{ index: 8, code: "log.truncated" }]);
    expect((await replay(cut)).agrees).toBe(true);
  });
});

describe("a log whose words and plan differ", () => {
  it("disagrees where the proposed plan is not the one its problem gives", async () => {
    const event = propose(town, first, officer("2026-11-01", "Batch"));
    const lying = add(openLog(), { ...event, data: { ...event.data, planHash: planHashOf(plan) } });
    const replayed = await replay(lying);
    expect(replayed.agrees).toBe(false);
    expect(replayed.findings).toMatchObject([{ index: 0, code: "replay.other-plan" }]);
  });

  it("disagrees where a step says that it led to another plan", async () => {
    const household = first.placements[0]?.household ?? "";
    const { event } = transition(town, first, household, { to: "reviewed", ...officer("2026-11-02", "Seen") });
    if (event.action !== "review") throw new Error("a review is a review");
    const lying = add(proposed(first), { ...event, data: { ...event.data, after: "0".repeat(64) } });
    expect(await replay(lying)).toMatchObject({ agrees: false, findings: [{ index: 1, code: "replay.other-plan" }] });
  });

  it("disagrees where a decision keeps to itself that it overrides an absolute rule, or tells of one that it does not", async () => {
    const decided = log.entries[8];
    if (decided?.action !== "decision" || decided.data === null) throw new Error("entry 8 is the decision");
    const { at, by, data } = decided;
    const before = { format: LOG_FORMAT, entries: log.entries.slice(0, 8) } as const;
    const telling = (overrides: typeof data.overrides) =>
      replay(add(before, { action: "decision", at, by, data: { ...data, overrides } }));
    expect(data.overrides.map(({ rule }) => rule)).toEqual(["area.forbidden"]);
    expect(await telling(data.overrides)).toMatchObject({ agrees: true, findings: [] });
    const other = { agrees: false, findings: [{ index: 8, code: "replay.other-rules" }] };
    expect(await telling([])).toMatchObject(other);
    const more = { rule: "affordability.max", absolute: false, legalBasis: null };
    expect(await telling([more, ...data.overrides])).toMatchObject(other);
  });

  it("disagrees where the draw was written down in another order", async () => {
    const event = drawOf(town, first, officer("2026-11-01", "Two were equal"));
    expect(await replay(add(proposed(first), event))).toMatchObject({ agrees: true });
    const favoured = { ...event, data: { ...event.data, order: [...event.data.order].reverse() } };
    expect(await replay(add(proposed(first), favoured))).toMatchObject({
      agrees: false,
      findings: [{ index: 1, code: "replay.other-draw" }],
    });
  });

  it("agrees across versions when all but the version is the same, and tells of version and solver", async () => {
    const event = propose(town, { ...first, run: { ...first.run, version: "0.0.9" } }, officer("2026-11-01", "Batch"));
    expect(await replay(add(openLog(), event))).toMatchObject({
      agrees: true,
      findings: [{ index: 0, code: "replay.other-version" }],
    });
    const named = { ...exhaustive(), name: "another" };
    const replayed = await replay(proposed(first), { solver: named });
    expect(replayed.agrees).toBe(false);
    expect(replayed.findings.map(({ code }) => code)).toEqual(["replay.other-solver", "replay.other-plan"]);
  });
});
