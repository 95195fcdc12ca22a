import { type ChangeRequest, changed } from "../plans/changes.js";
import type { Question } from "../plans/question.js";
import { type ResolveOptions, resolve } from "../plans/resolve.js";
import { type Clash, clashOfPlan, withoutLaterTiers } from "./clash.js";

/** A problem that no plan can keep: what clashes, and which smallest changes leave a plan, each solved again. */
export interface Infeasible {
  readonly clash: Clash;
  readonly relaxations: readonly (readonly ChangeRequest[])[];
}

/** The greatest minimum below the present one with which there is a plan; null where even none does not help. */
const quotaLowered = (question: Question, quota: string, options: ResolveOptions): ChangeRequest | null => {
  const found = question.facts.problem.quotas.find(({ id }) => id === quota);
  if (found === undefined) return null;
  const lowered = (min: number): ChangeRequest => ({ kind: "change-quota", quota, min });
  if (found.min === 0) return null;
  if (!isFeasible(question, [lowered(0)], options)) return null;
  let [works, fails] = [0, found.min];
  while (fails - works > 1) {
    const middle = Math.floor((works + fails) / 2);
    if (isFeasible(question, [lowered(middle)], options)) works = middle;
    else fails = middle;
  }
  return lowered(works);
};

const quotaRaised = (question: Question, quota: string, options: ResolveOptions): ChangeRequest | null => {
  const found = question.facts.problem.quotas.find(({ id }) => id === quota);
  if (found?.max === null || found === undefined) return null;
  const most = question.facts.problem.households.reduce((sum, { members }) => sum + members.length, 0);
  const raised = (max: number): ChangeRequest => ({ kind: "change-quota", quota, max });
  if (!isFeasible(question, [raised(found.max + most)], options)) return null;
  let [fails, works] = [found.max, found.max + most];
  while (works - fails > 1) {
    const middle = Math.floor((works + fails) / 2);
    if (isFeasible(question, [raised(middle)], options)) works = middle;
    else fails = middle;
  }
  return raised(works);
};

const isFeasible = (question: Question, changes: readonly ChangeRequest[], options: ResolveOptions): boolean =>
  resolve(withoutLaterTiers(question, changed(question, changes)), { ...options, plan: question.plan }).outcome.found;

/** What would undo one member of a clash. */
const undoing = (question: Question, { rule, subject }: Clash["members"][number], options: ResolveOptions) => {
  if (subject === null) return [];
  if (rule === "pin") return [{ kind: "unpin" as const, household: subject }];
  if (rule === "quota")
    return [quotaLowered(question, subject, options), quotaRaised(question, subject, options)].filter(
      (change): change is ChangeRequest => change !== null,
    );
  const link = rule.startsWith("links.") ? question.facts.problem.links[Number(subject)] : undefined;
  if (link !== undefined) return [{ kind: "unlink" as const, households: link.households }];
  return rule.startsWith("spread.") ? [{ kind: "switch-off" as const, rule }] : [];
};

/** Null where there is a plan, or where it is not known whether there is one. */
export const infeasibleOf = (question: Question, options: ResolveOptions): Infeasible | null => {
  if (question.plan.outcome.status !== "infeasible") return null;
  const clash = clashOfPlan(question.plan);
  return {
    clash,
    relaxations: clash.members
      .flatMap((member) => undoing(question, member, options))
      .map((change) => [change])
      .filter((changes) => isFeasible(question, changes, options)),
  };
};
