import { type Issue, ProblemError } from "../base/errors.js";

/** Why an event is refused before it reaches the log, each with its meaning; codes are stable over versions. */
export const DECISION_CODES = {
  "decision.malformed-event": "an event that has not the form of its action",
  "decision.not-json": "something in an event that JSON cannot hold",
  "decision.by-missing": "nobody named who did it",
  "decision.reason-missing": "no reason given",
  "decision.reason-names-household": "a reason that would keep a household's id for good",
  "decision.wrong-time": "a time that is no ISO 8601 date or date-time with its zone",
  "decision.time-backwards": "a time before that of an earlier entry",
  "decision.unknown-household": "a household that is not in the problem",
  "decision.not-placed": "a household that the plan gives no dwelling",
  "decision.no-change": "a step to where the placement already stands",
  "decision.skipped-step": "a step that leaves out a step before it",
  "decision.step-back": "a step back to an earlier one",
  "decision.already-final": "a step after a decision or a rejection",
  "decision.no-plan": "a step on a plan that was never proposed in this log",
  "decision.other-plan": "a plan that is not the one the log speaks of",
  "decision.other-problem": "a plan that was made from another problem",
  "decision.plan-not-sound": "a plan that does not pass its audit",
  "decision.breaks-rule": "a placement that breaks a rule which no decision overrides",
  "decision.absolute-without-legal-basis": "an override of what the law makes absolute, without a legal basis",
  "decision.salt-malformed": "a salt of fewer than 32 hexadecimal digits",
  "decision.salt-repeated": "a salt that an earlier entry has",
  "input.civil-registration-number": "a value that looks like a civil registration number",
} as const;
export type DecisionCode = keyof typeof DECISION_CODES;

/** What `verifyLog` finds, beside the codes of the steps (`decision.skipped-step` and the like). */
export const LOG_CODES = {
  "log.not-a-log": "something that is no decision log",
  "log.malformed-entry": "an entry with a field missing, added or of another form",
  "log.wrong-number": "an entry whose number does not follow that of the entry before",
  "log.broken-chain": "an entry that does not carry the hash of the entry before",
  "log.entry-changed": "an entry that is not what its hash was made from",
  "log.data-changed": "data that are not what the entry's hash of them was made from",
  "log.data-missing": "data that are gone although no redaction names the entry",
  "log.data-returned": "data that are there although a redaction took them away",
  "log.wrong-redaction": "a redaction of entries that it cannot have redacted",
  "log.malformed-head": "a head that is not a number of entries and a hash",
  "log.truncated": "fewer entries than the head that was stored elsewhere",
  "log.rewritten": "another entry than the head that was stored elsewhere",
} as const;
export type LogCode = keyof typeof LOG_CODES;

/** Why a replay does not reach the plan of the log, or what it had to do without. */
export const REPLAY_CODES = {
  "replay.no-proposal": "no plan was proposed in the log",
  "replay.no-entry": "the log has no entry of that number",
  "replay.redacted": "entries that the replay needs were redacted",
  "replay.problem-missing": "the log does not hold the problem, and none was handed in",
  "replay.other-problem": "the problem is not the one that was planned for",
  "replay.other-solver": "the plan was made with a solver that was not handed in",
  "replay.other-version": "the plan was made by another version of the library",
  "replay.other-plan": "the replayed plan is not the one of the log",
  "replay.other-rules": "a decision breaks rules, or overrides others than the log says",
  "replay.other-draw": "the draw, done again, falls differently",
} as const;
export type ReplayCode = keyof typeof REPLAY_CODES;

export interface Refusal {
  readonly code: DecisionCode;
  readonly path: string;
  readonly subject: string | null;
  readonly expected: string;
  readonly received: string;
  readonly message: string;
}

/** The error that tells every refusal. */
export const refused = (refusals: readonly Refusal[]): ProblemError =>
  new ProblemError(refusals.map((refusal): Issue => ({ ...refusal, hint: null })));

/** Throw every refusal at once; of none, do nothing. @throws {ProblemError} where there is any. */
export const refuseAll = (refusals: readonly Refusal[]): void => {
  if (refusals.length > 0) throw refused(refusals);
};
