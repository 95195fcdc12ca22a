import { type AllocateOptions, allocate } from "../../../src/allocate.js";
import { type Issue, ProblemError } from "../../../src/base/errors.js";
import { sha256Hex } from "../../../src/base/hash.js";
import { drawOf } from "../../../src/decisions/draw.js";
import type { LogEvent } from "../../../src/decisions/events.js";
import { type DecisionLog, openLog } from "../../../src/decisions/log.js";
import { override } from "../../../src/decisions/override.js";
import { propose } from "../../../src/decisions/propose.js";
import { record } from "../../../src/decisions/record.js";
import { transition } from "../../../src/decisions/transition.js";
import type { Plan } from "../../../src/domain/plan.js";
import type { Problem } from "../../../src/domain/problem.js";
import { parseProblem } from "../../../src/problem/parse-problem.js";
import { exhaustive } from "../../../src/solvers/exhaustive.js";
import { district, dwelling, household, problemOf } from "../../support/town.js";

/** Tests want the same log every time; whoever keeps a real log takes true randomness. */
export const saltOf = (seq: number): string => sha256Hex(`salt of a test ${seq}`);

export const add = (log: DecisionLog, event: LogEvent): DecisionLog =>
  record(log, event, { salt: saltOf(log.entries.length) });

/** A plan by trying everything: these tests are about what is done with a plan. One replay test asks the default solver. */
export const solved = (problem: unknown, options: AllocateOptions = {}): Promise<Plan> =>
  allocate(problem, { solver: exhaustive(), ...options });

/** What a refusal names; nothing where nothing was refused. */
export const issuesOf = (run: () => unknown): readonly Issue[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemError) return error.issues;
    throw error;
  }
  return [];
};

export const codesOf = (run: () => unknown): readonly string[] => issuesOf(run).map(({ code }) => code);

export const officer = (at: string, reason: string) => ({ by: "officer-7", at, reason });

/** Three households, of which refugee-a and refugee-b are equals; two dwellings for them, and one on a forbidden list. */
export const town: Problem = parseProblem(
  problemOf({
    districts: [district("A", 700), district("B", 300)],
    households: [
      household("refugee-a", 2),
      household("refugee-b", 2),
      household("refugee-c", 5, { needs: { minRooms: 3, maxRent: 7321 } }),
    ],
    dwellings: [
      dwelling("u1", "A", { rooms: 2, maxPersons: 2 }),
      dwelling("u2", "B", { rooms: 3, rent: 7000 }),
      dwelling("u3", "A", {
        rooms: 4,
        rent: 4000,
        listing: { category: "forbidden", legalBasis: "list of 1 December", validFrom: "2025-12-01" },
      }),
    ],
  }),
);

export interface Story {
  readonly log: DecisionLog;
  readonly problem: Problem;
  readonly plan: Plan;
}

/** Two plans, a draw, notes, steps, an override of an absolute rule: every action but a redaction. */
export const story = async (): Promise<Story> => {
  const first = await solved(town);
  const housed = first.placements[0]?.household ?? "nobody";
  let log = add(openLog(), propose(town, first, officer("2026-11-01", "The batch of November")));
  log = add(log, drawOf(town, first, officer("2026-11-01", "Two households were equal")));
  log = add(log, {
    action: "note",
    at: "2026-11-02T09:00:00+01:00",
    by: "officer-7",
    data: { reason: "Called; the household is heard", households: [housed] },
  });
  const reviewed = transition(town, first, housed, { to: "reviewed", ...officer("2026-11-02T10:00:00+01:00", "Seen") });
  log = add(log, reviewed.event);
  const refused = transition(town, reviewed.plan, housed, {
    to: "rejected",
    ...officer("2026-11-02T11:00:00+01:00", "Too far from the hospital"),
  });
  log = add(log, refused.event);
  const { problem, event } = override(
    town,
    {
      kind: "pin",
      household: "refugee-c",
      dwelling: "u3",
      by: "leader-1",
      reason: "No other home of that size",
      overrides: ["area.forbidden"],
      legalBasis: "council, 3 November 2026",
    },
    "2026-11-03",
  );
  log = add(log, event);
  const second = await solved(problem);
  log = add(log, propose(problem, second, officer("2026-11-04", "After the override")));
  let plan = second;
  for (const [to, at] of [
    ["reviewed", "2026-11-05T08:00Z"],
    ["decided", "2026-11-05T08:30Z"],
  ] as const) {
    const next = transition(problem, plan, "refugee-c", { to, ...officer(at, "As the leader said") });
    plan = next.plan;
    log = add(log, next.event);
  }
  return { log, problem, plan };
};

const planHash = (step: number): string => sha256Hex(`plan after step ${step}`);

/** A log of `length` entries without a solver: one proposal, then households that are reviewed and decided, one after the other. */
export const longLog = (length: number): DecisionLog => {
  let log = add(openLog(), {
    action: "proposal",
    at: "2026-01-01",
    by: "officer-7",
    data: {
      reason: "The batch",
      inputHash: sha256Hex("problem"),
      problem: null,
      planHash: planHash(0),
      options: {},
      solver: "kernel",
      version: "0.1.0",
      draw: { rule: "hash", seed: "seed" },
      carried: [],
    },
  });
  for (let step = 1; step < length; step++) {
    const odd = step % 2 === 1;
    const action = odd ? "review" : "decision";
    log = add(log, {
      action,
      at: `2026-02-01T${String(8 + Math.floor(step / 200)).padStart(2, "0")}:${String(Math.floor(step / 20) % 10).padStart(2, "0")}Z`,
      by: `officer-${step % 3}`,
      data: {
        reason: `Reason ${step}`,
        household: `h${Math.ceil(step / 2)}`,
        dwelling: `u${Math.ceil(step / 2)}`,
        from: odd ? "proposed" : "reviewed",
        to: odd ? "reviewed" : "decided",
        legalBasis: null,
        overrides: [],
        before: planHash(step - 1),
        after: planHash(step),
      },
    });
  }
  return log;
};

export const note = (more: Partial<LogEvent> = {}): LogEvent => ({
  action: "note",
  at: "2026-11-06",
  by: "officer-7",
  data: { reason: "Called", households: [] },
  ...(more as object),
});
