import { type Refusal, refuseAll } from "./codes.js";
import { eventFaults, type LogEvent } from "./events.js";
import { historyOf } from "./history.js";
import { type DecisionLog, dataHashOf, type Frame, frameHash, headOf, LOG_FORMAT, type LogEntry } from "./log.js";
import { isBackwards, momentOf, NOTHING_REACHED, type Reached, reach } from "./moment.js";
import { plainCopy } from "./plain.js";

/** At least 128 bits: too many to try out. */
const SALT = /^[0-9a-f]{32,128}$/;

const fault = (code: Refusal["code"], path: string, message: string): Refusal => ({
  code,
  path,
  subject: null,
  expected: "what follows from the log",
  received: "something else",
  message,
});

/** The latest moments of a log. */
export const reachedBy = (entries: readonly Pick<LogEntry, "at">[]): Reached =>
  entries.reduce((reached, { at }) => {
    const moment = momentOf(at);
    return moment === null ? reached : reach(reached, moment);
  }, NOTHING_REACHED);

export const timeFaults = ({ entries }: DecisionLog, at: string): readonly Refusal[] => {
  const moment = momentOf(at);
  return moment !== null && isBackwards(reachedBy(entries), moment)
    ? [fault("decision.time-backwards", "at", "The time lies before that of an earlier entry.")]
    : [];
};

const saltFaults = ({ entries }: DecisionLog, salt: string): readonly Refusal[] => [
  ...(typeof salt === "string" && SALT.test(salt)
    ? []
    : [fault("decision.salt-malformed", "salt", "The salt must have 32 to 128 hexadecimal digits (0-9, a-f).")]),
  ...(entries.some((entry) => entry.salt === salt)
    ? [fault("decision.salt-repeated", "salt", "An earlier entry has this salt; every entry needs one of its own.")]
    : []),
];

const stepFaults = ({ entries }: DecisionLog, event: LogEvent): readonly Refusal[] => {
  const found = historyOf(entries).faultOf(event);
  return found === null ? [] : [fault(found.code, "data", `${found.message}.`)];
};

/** Seal an event into the entry that follows a log. No checks: `record` and `redact` have made them. */
export const sealed = (
  log: DecisionLog,
  event: Pick<LogEntry, "action" | "at" | "by" | "data">,
  salt: string,
): LogEntry => {
  const { action, at, by } = event;
  const data = plainCopy(event.data);
  const { entries: seq, hash: previous } = headOf(log);
  const frame: Frame = { seq, at, by, action, dataHash: dataHashOf({ data, salt }), previous };
  // The event's type has joined action and data; taking it apart loses that.
  return Object.freeze({ ...frame, data, salt, hash: frameHash(frame) }) as LogEntry;
};

export const extended = (entries: readonly LogEntry[], entry: LogEntry): DecisionLog =>
  Object.freeze({ format: LOG_FORMAT, entries: Object.freeze([...entries, entry]) });

/**
 * The log with one more entry. Refused is an event that does not follow from the log: a step left out, a step on another plan than the
 * one proposed last, a time that runs backwards, no reason. A log that comes from a file goes through `parseLog` first.
 *
 * `salt` hides the data's hash: 32 to 128 hexadecimal digits from a source of true randomness (`randomBytes(32).toString("hex")`), new
 * for every entry and derived from nothing. The library has no randomness, so the caller gives it. When data are redacted the salt goes
 * too; make sure that no backup keeps it.
 *
 * Cost: one pass over the log.
 * @throws {ProblemError} with every reason to refuse (`DECISION_CODES`).
 */
export const record = (log: DecisionLog, event: LogEvent, { salt }: { readonly salt: string }): DecisionLog => {
  const form = eventFaults(event);
  refuseAll([...form, ...saltFaults(log, salt)]);
  refuseAll([...timeFaults(log, event.at), ...stepFaults(log, event)]);
  return extended(log.entries, sealed(log, event, salt));
};
