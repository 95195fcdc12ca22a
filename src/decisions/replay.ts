import * as z from "zod";
import { type AllocateOptions, allocate } from "../allocate.js";
import type { Plan } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { inputHashOf } from "../problem/canonical.js";
import { parseProblem } from "../problem/parse-problem.js";
import type { Solver } from "../solvers/solver.js";
import { VERSION } from "../version.js";
import type { ProposalData } from "./actions.js";
import type { DecisionCode, LogCode, ReplayCode } from "./codes.js";
import { drawOf } from "./draw.js";
import type { DecisionLog, LogEntry, LogHead } from "./log.js";
import { againstPlacement } from "./overridden.js";
import { canonicalOrNull } from "./plain.js";
import { planHashOf, withStatus } from "./steps.js";
import { verifyLog } from "./verify-log.js";

export interface ReplayOptions {
  /** The head stored elsewhere, as for `verifyLog`. */
  readonly head?: LogHead;
  /** Replay the log as it stood after this entry, such as on the day of an appeal. Default: all of it. */
  readonly upTo?: number;
  /** Problems kept outside the log; the one whose hash the log has is taken. */
  readonly problems?: readonly unknown[];
  /** Where the plan was made with another than the default solver. */
  readonly solver?: Solver;
}

export interface ReplayFinding {
  readonly index: number | null;
  readonly code: LogCode | DecisionCode | ReplayCode;
  readonly message: string;
}

export interface Replay {
  /** The plan as replayed, with every step taken; null where it could not be made. */
  readonly plan: Plan | null;
  /** The replayed plan is, byte for byte but for `run.seconds`, the one of the log: at its proposal, after every step, and in its draws. */
  readonly agrees: boolean;
  /** Why it does not agree; and what it had to do without where it does. */
  readonly findings: readonly ReplayFinding[];
}

const failed = (...findings: readonly ReplayFinding[]): Replay => ({ plan: null, agrees: false, findings });

const finding = (index: number | null, code: ReplayCode, message: string): ReplayFinding => ({ index, code, message });

/** What `allocate` told of its options in the plan. Others that a later version may tell are left to it. */
const OPTIONS = z.object({
  timeLimitSeconds: z.number().exactOptional(),
  tolerance: z.record(z.string(), z.number()).exactOptional(),
  seed: z.string().exactOptional(),
}) satisfies z.ZodType<Pick<AllocateOptions, "timeLimitSeconds" | "tolerance" | "seed">>;

/** The problem that a proposal was made from: out of the log, or handed in. */
const problemOf = ({ problem, inputHash }: ProposalData, problems: readonly unknown[]): Problem | ReplayCode => {
  if (problem !== null) {
    const stored = parseProblem(problem);
    return inputHashOf(stored) === inputHash ? stored : "replay.other-problem";
  }
  const handed = problems.map(parseProblem);
  return (
    handed.find((one) => inputHashOf(one) === inputHash) ??
    (handed.length > 0 ? "replay.other-problem" : "replay.problem-missing")
  );
};

const WITHOUT_PROBLEM: Readonly<Partial<Record<ReplayCode, string>>> = {
  "replay.problem-missing": "The log does not hold the problem; hand it in",
  "replay.other-problem": "The problem is not the one that was planned for",
};

/** The proposed plan made again. The version is the log's: a later one that makes the same plan agrees. */
const made = async (problem: Problem, proposal: ProposalData, { solver }: ReplayOptions): Promise<Plan> => {
  const { carried, options, version } = proposal;
  const plan = await allocate(problem, {
    ...OPTIONS.safeParse(options).data,
    ...(solver === undefined ? {} : { solver }),
  });
  const standing = carried.reduce(withStatus, plan);
  return { ...standing, run: { ...standing.run, options, version } };
};

const circumstances = (index: number, { solver, version }: ProposalData, plan: Plan): readonly ReplayFinding[] => [
  ...(solver === plan.certificate.solver
    ? []
    : [
        finding(
          index,
          "replay.other-solver",
          `The plan was made with the solver ${solver}, the replay with ${plan.certificate.solver}`,
        ),
      ]),
  ...(version === VERSION
    ? []
    : [finding(index, "replay.other-version", `The plan was made by version ${version}, the replay by ${VERSION}`)]),
];

interface Following {
  readonly plan: Plan;
  readonly findings: readonly ReplayFinding[];
}

/** What a decision says of rules, asked again: an event made by hand may have kept an override to itself. */
const rulesFindings = (problem: Problem, plan: Plan, { seq, action, data }: LogEntry): readonly ReplayFinding[] => {
  if (action !== "decision" || data === null) return [];
  const placement = plan.placements.find(({ household }) => household === data.household);
  if (placement === undefined) return [];
  const { broken, overrides } = againstPlacement(problem, plan, {
    placement,
    legalBasis: data.legalBasis ?? undefined,
  });
  const agrees = broken.length === 0 && canonicalOrNull(overrides) === canonicalOrNull(data.overrides);
  return agrees
    ? []
    : [finding(seq, "replay.other-rules", `The decision of entry ${seq} breaks or overrides other rules than it says`)];
};

/** One entry after the proposal: a step is taken, a draw is done again, all else changes nothing. */
const followed = (problem: Problem, { plan, findings }: Following, entry: LogEntry): Following => {
  const { seq: index, at, by, action, data } = entry;
  if (data === null) return { plan, findings };
  if (action === "draw") {
    const again = drawOf(problem, plan, { by, at, reason: data.reason }).data;
    const agrees = canonicalOrNull(again) === canonicalOrNull(data);
    return {
      plan,
      findings: agrees
        ? findings
        : [
            ...findings,
            finding(index, "replay.other-draw", `The draw of entry ${index}, done again, falls differently`),
          ],
    };
  }
  if (action !== "review" && action !== "decision" && action !== "rejection") return { plan, findings };
  const after = withStatus(plan, { household: data.household, status: data.to, since: at });
  const agrees = planHashOf(after) === data.after;
  return {
    plan: after,
    findings: [
      ...findings,
      ...rulesFindings(problem, plan, entry),
      ...(agrees
        ? []
        : [finding(index, "replay.other-plan", `The plan after entry ${index}, replayed, is not the one of the log`)]),
    ],
  };
};

const FAILURES: ReadonlySet<string> = new Set([
  "replay.other-plan",
  "replay.other-rules",
  "replay.other-draw",
] satisfies readonly ReplayCode[]);

/**
 * Make the plan of a log again: check the log, allocate the problem of its last proposal with the recorded options and seed, take every
 * step that follows, and compare with the recorded hashes, byte for byte without `run.seconds`, and every decision with the rules.
 *
 * Edge: a plan that was cut short by a time limit may differ on another machine; so may one that was replanned rather than allocated.
 * @throws {ProblemError} where a problem, stored or handed in, cannot be read.
 */
export const replay = async (log: DecisionLog, options: ReplayOptions = {}): Promise<Replay> => {
  const { ok, faults } = verifyLog(log, options.head);
  if (!ok) return failed(...faults);
  const { upTo } = options;
  if (upTo !== undefined && log.entries[upTo] === undefined)
    return failed(finding(null, "replay.no-entry", `The log has no entry of number ${upTo}`));
  const entries = upTo === undefined ? log.entries : log.entries.slice(0, upTo + 1);
  const start = entries.findLastIndex(({ action }) => action === "proposal");
  const proposal = entries[start];
  if (proposal?.action !== "proposal")
    return failed(finding(null, "replay.no-proposal", "No plan was proposed in the log"));
  const following = entries.slice(start + 1).filter(({ action }) => action !== "redaction");
  const redacted = [proposal, ...following].find(({ data }) => data === null);
  if (proposal.data === null || redacted !== undefined) {
    const index = redacted?.seq ?? start;
    return failed(
      finding(index, "replay.redacted", `The data of entry ${index} were redacted; the plan cannot be made again`),
    );
  }
  const problem = problemOf(proposal.data, options.problems ?? []);
  if (typeof problem === "string") return failed(finding(start, problem, WITHOUT_PROBLEM[problem] ?? problem));
  const plan = await made(problem, proposal.data, options);
  const first = circumstances(start, proposal.data, plan);
  const agrees = planHashOf(plan) === proposal.data.planHash;
  const other = finding(start, "replay.other-plan", "The proposed plan, made again, is not the one of the log");
  const end = following.reduce((state: Following, entry) => followed(problem, state, entry), {
    plan,
    findings: agrees ? first : [...first, other],
  });
  return { plan: end.plan, agrees: end.findings.every(({ code }) => !FAILURES.has(code)), findings: end.findings };
};
