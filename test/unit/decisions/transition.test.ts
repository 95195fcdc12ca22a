import { describe, expect, it } from "vitest";
import { planHashOf, stepFault, withStatus } from "../../../src/decisions/steps.js";
import { type Step, transition } from "../../../src/decisions/transition.js";
import type { Placement, Plan } from "../../../src/domain/plan.js";
import type { Problem } from "../../../src/domain/problem.js";
import { inputHashOf } from "../../../src/problem/canonical.js";
import { parseProblem } from "../../../src/problem/parse-problem.js";
import { district, dwelling, household, problemOf } from "../../support/town.js";
import { codesOf, issuesOf, officer, solved, town } from "./town.js";

const STATES = ["proposed", "reviewed", "decided", "rejected"] as const;
const at = "2026-11-02";

const small = parseProblem(
  problemOf({ households: [household("h1", 2), household("h2", 9)], dwellings: [dwelling("u1", "A")] }),
);
const plan = await solved(small);

const step = (more: Partial<Step>): Step => ({ to: "reviewed", ...officer(at, "Seen"), ...more });

describe("the steps of a placement", () => {
  it("allows 3 of the 16 pairs of states, and names why the other 13 are refused", () => {
    const table = Object.fromEntries(
      STATES.map((from) => [from, Object.fromEntries(STATES.map((to) => [to, stepFault({ from, to })]))]),
    );
    expect(table).toEqual({
      proposed: {
        proposed: "decision.no-change",
        reviewed: null,
        decided: "decision.skipped-step",
        rejected: "decision.skipped-step",
      },
      reviewed: { proposed: "decision.step-back", reviewed: "decision.no-change", decided: null, rejected: null },
      decided: {
        proposed: "decision.step-back",
        reviewed: "decision.step-back",
        decided: "decision.no-change",
        rejected: "decision.already-final",
      },
      rejected: {
        proposed: "decision.step-back",
        reviewed: "decision.step-back",
        decided: "decision.already-final",
        rejected: "decision.no-change",
      },
    });
  });

  it.each(STATES.flatMap((from) => STATES.map((to) => [from, to] as const)))(
    "takes or refuses the step from %s to %s on a plan as the table says",
    (from, to) => {
      const standing = withStatus(plan, { household: "h1", status: from, since: "2026-11-01" });
      const expected = stepFault({ from, to });
      // Going back to `proposed` is no step at all, whatever the placement is.
      const code = to === "proposed" ? "decision.step-back" : expected;
      const run = () => transition(small, standing, "h1", step({ to: to as Step["to"] }));
      expect(codesOf(run)).toEqual(code === null ? [] : [code]);
      if (code === null) expect(run().plan.placements[0]).toMatchObject({ household: "h1", status: to, since: at });
    },
  );

  it("changes one placement of a new plan, leaves the old one as it was, and tells both hashes", () => {
    const before = structuredClone(plan);
    const { plan: after, event } = transition(small, plan, "h1", step({}));
    expect(plan).toEqual(before);
    expect(after.placements.map(({ status }: Placement) => status)).toEqual(["reviewed"]);
    expect({ ...after, placements: [] }).toEqual({ ...plan, placements: [] });
    expect(event).toMatchObject({ action: "review", at, by: "officer-7" });
    expect(event.data).toMatchObject({ household: "h1", dwelling: "u1", before: planHashOf(plan) });
    expect(event.data.after).toBe(planHashOf(after));
    expect(event.data.after).not.toBe(event.data.before);
  });

  it("tells all refusals at once: nobody named, no reason, no time", () => {
    expect(codesOf(() => transition(small, plan, "h1", step({ by: " ", reason: "\n", at: "1 November" })))).toEqual([
      "decision.by-missing",
      "decision.wrong-time",
      "decision.reason-missing",
    ]);
  });

  it.each([
    "2026-02-30",
    "2026-11-01T25:00Z",
    "2026-11-01T09:30",
    "2026-11-01 09:30Z",
    "2026-11-01T09:30Z ",
    "2026-1-1",
    "",
  ])("refuses the time %j", (wrong) => {
    expect(codesOf(() => transition(small, plan, "h1", step({ at: wrong })))).toEqual(["decision.wrong-time"]);
  });

  it.each(["2026-11-01", "2026-11-01T09:30Z", "2026-11-01T09:30:59.123+01:00"])("takes the time %j", (right) => {
    expect(codesOf(() => transition(small, plan, "h1", step({ at: right })))).toEqual([]);
  });

  it("refuses a reason that holds a civil registration number, and does not repeat it", () => {
    const reason = "Spoke with 010190-1234 today";
    expect(codesOf(() => transition(small, plan, "h1", step({ reason })))).toEqual(["input.civil-registration-number"]);
    expect(() => transition(small, plan, "h1", step({ reason }))).not.toThrow("010190");
  });

  it("refuses an unknown household, an unplaced one, and a plan of another problem", () => {
    expect(codesOf(() => transition(small, plan, "h9", step({})))).toEqual(["decision.unknown-household"]);
    expect(codesOf(() => transition(small, plan, "h2", step({})))).toEqual(["decision.not-placed"]);
    expect(codesOf(() => transition(town, plan, "h1", step({})))).toContain("decision.other-problem");
  });
});

describe("deciding against a rule", () => {
  const pinned = (legalBasis: string | null): Problem => {
    const decision = {
      kind: "pin",
      household: "refugee-c",
      dwelling: "u3",
      by: "leader-1",
      reason: "No other home of that size",
      overrides: ["area.forbidden"],
    } as const;
    // parseProblem refuses an override without a legal basis; here the second lock is tried, as if the first had failed.
    const parsed = parseProblem({ ...town, decisions: [{ ...decision, legalBasis: "council" }] });
    return { ...parsed, decisions: parsed.decisions.map((one) => ({ ...one, legalBasis })) };
  };
  const reviewedPlan = async (problem: Problem): Promise<Plan> => {
    const proposed = await solved(pinned("council"));
    const ours = { ...proposed, run: { ...proposed.run, inputHash: inputHashOf(problem) } };
    return transition(problem, ours, "refugee-c", step({})).plan;
  };

  it("refuses the decision where neither the pin nor the step names a legal basis for overriding an absolute rule", async () => {
    const problem = pinned(null);
    const reviewed = await reviewedPlan(problem);
    const decide = (legalBasis?: string) =>
      transition(problem, reviewed, "refugee-c", {
        to: "decided",
        ...officer(at, "So decided"),
        ...(legalBasis === undefined ? {} : { legalBasis }),
      });
    expect(codesOf(() => decide())).toEqual(["decision.absolute-without-legal-basis"]);
    expect(codesOf(() => decide("  "))).toEqual(["decision.absolute-without-legal-basis"]);
    expect(decide("integrationsloven § 12, exception").event.data.overrides).toEqual([
      { rule: "area.forbidden", absolute: true, legalBasis: "integrationsloven § 12, exception" },
    ]);
  });

  it("takes the pin's legal basis where the step gives none, and lets the placement be rejected without any", async () => {
    const problem = pinned("council, 3 November");
    const reviewed = await reviewedPlan(problem);
    const decided = transition(problem, reviewed, "refugee-c", { to: "decided", ...officer(at, "So decided") });
    expect(decided.event.data.overrides).toEqual([
      { rule: "area.forbidden", absolute: true, legalBasis: "council, 3 November" },
    ]);
    const without = pinned(null);
    const rejected = transition(without, await reviewedPlan(without), "refugee-c", {
      to: "rejected",
      ...officer(at, "Not there"),
    });
    expect(rejected.plan.placements.find((one) => one.household === "refugee-c")?.status).toBe("rejected");
  });

  it("refuses to decide on a dwelling that two households were written into", async () => {
    const proposed = await solved(town);
    const placements = ["refugee-a", "refugee-b"].map((id) => ({
      household: id,
      dwelling: "u2",
      status: "reviewed" as const,
    }));
    const decide = () =>
      transition(town, { ...proposed, placements }, "refugee-b", { to: "decided", ...officer(at, "So decided") });
    expect(decide).toThrow(/breaks unit\.capacity/);
  });

  it("refuses to decide on what breaks a quota, a link or a limit of a stairwell together with others, and lets outsiders be", () => {
    const crowded = parseProblem(
      problemOf({
        districts: [district("A", 500), district("B", 500), district("C", 500)],
        // Two dwellings have the id of a household: an id alone says nothing of what it names.
        dwellings: [
          dwelling("u1", "A", { stairwell: "s1" }),
          dwelling("u2", "A", { stairwell: "s1" }),
          dwelling("u3", "B"),
          dwelling("h2", "C"),
        ],
        households: ["h1", "h2", "h3", "h4"].map((id) => household(id, id === "h4" ? 5 : 2)),
        quotas: [
          { id: "q-a", scope: { district: "A" }, max: 3, legalBasis: "council" },
          { id: "q-b", scope: { district: "B" }, min: 6, legalBasis: "council" },
        ],
        links: [{ kind: "together", households: ["h1", "h3"], within: { level: "district" } }],
        policy: { rules: { "spread.local": { limits: [{ per: "stairwell", max: 3, measure: "persons" }] } } },
      }),
    );
    const reviewed = (homes: Readonly<Record<string, string>>): Plan => ({
      ...plan,
      run: { ...plan.run, inputHash: inputHashOf(crowded) },
      placements: Object.entries(homes).map(([id, home]) => ({ household: id, dwelling: home, status: "reviewed" })),
    });
    const broken = (forged: Plan, id: string): readonly string[] => {
      const refused = issuesOf(() => transition(crowded, forged, id, { to: "decided", ...officer(at, "So decided") }));
      return refused.map(({ code, message }) => `${code}: ${/breaks ([\w.]+)/.exec(message)?.[1]}`).sort();
    };
    const forged = reviewed({ h1: "u1", h2: "u2", h3: "u3", h4: "h2" });
    const both = ["decision.breaks-rule: quota", "decision.breaks-rule: spread.local"];
    expect(broken(forged, "h1")).toEqual(["decision.breaks-rule: links.together", ...both]);
    expect(broken(forged, "h2")).toEqual(both);
    expect(broken(forged, "h3")).toEqual(["decision.breaks-rule: links.together"]);
    expect(broken(forged, "h4")).toEqual([]);
  });

  it("refuses to decide a placement that someone wrote into the plan against a rule", async () => {
    const proposed = await solved(town);
    const forged: Plan = {
      ...proposed,
      placements: [{ household: "refugee-a", dwelling: "u3", status: "reviewed" }],
    };
    expect(
      codesOf(() => transition(town, forged, "refugee-a", { to: "decided", ...officer(at, "So decided") })),
    ).toEqual(["decision.breaks-rule"]);
  });
});
