import * as z from "zod";
import { type Issue, ProblemError } from "../base/errors.js";
import { DATA_SCHEMAS, isAction } from "./actions.js";
import type { DecisionCode, LogCode } from "./codes.js";
import { type History, openHistory } from "./history.js";
import { committed, type DecisionLog, frameHash, LOG_FORMAT, type LogEntry, type LogHead, ORIGIN } from "./log.js";
import { isBackwards, momentOf, NOTHING_REACHED, type Reached, reach } from "./moment.js";
import { canonicalOrNull, plainCopy } from "./plain.js";

/** One fault of a log. `index` is the entry's place in the list; null where the fault is the log's as a whole. */
export interface LogFault {
  readonly index: number | null;
  readonly code: LogCode | DecisionCode;
  readonly message: string;
}

export interface LogVerification {
  readonly ok: boolean;
  /** In the order of the entries. */
  readonly faults: readonly LogFault[];
}

const fault = (index: number | null, code: LogFault["code"], message: string): LogFault => ({ index, code, message });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const hasExactly = (value: object, keys: readonly string[]): boolean =>
  Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key));

const ENTRY_KEYS = ["seq", "at", "by", "action", "dataHash", "data", "salt", "previous", "hash"] as const;
/** Half a Unicode character has no canonical JSON. */
const HALF_CHARACTER = /\p{Surrogate}/u;
const TEXTS = ["at", "by", "dataHash", "previous", "hash"] as const;

/** The entry, where it has the form of one; whether its hashes are right is another question. */
const entryOf = (value: unknown): LogEntry | null => {
  if (!isObject(value) || !hasExactly(value, ENTRY_KEYS) || !isAction(value.action)) return null;
  if (TEXTS.some((key) => typeof value[key] !== "string") || !Number.isSafeInteger(value.seq)) return null;
  if (momentOf(String(value.at)) === null || TEXTS.some((key) => HALF_CHARACTER.test(String(value[key])))) return null;
  const redacted = value.data === null && value.salt === null;
  const formed = typeof value.salt === "string" && z.safeParse(DATA_SCHEMAS[value.action], value.data).success;
  // Every field was looked at above; the type cannot be told that action and data belong together.
  return redacted || formed ? (value as unknown as LogEntry) : null;
};

/** What the entries before have led to. */
interface Position {
  readonly seq: number;
  /** Null after an entry whose hash cannot be read. */
  readonly hash: string | null;
  readonly reached: Reached;
}

const START: Position = { seq: -1, hash: ORIGIN, reached: NOTHING_REACHED };

const chainFaults = (entry: LogEntry, index: number, before: Position): readonly LogFault[] => [
  ...(entry.seq === before.seq + 1
    ? []
    : [fault(index, "log.wrong-number", `Entry ${index} has number ${entry.seq}; ${before.seq + 1} is due`)]),
  ...(before.hash === null || entry.previous === before.hash
    ? []
    : [
        fault(
          index,
          "log.broken-chain",
          `Entry ${index} does not follow the entry before it: one was changed, removed or added`,
        ),
      ]),
  ...(frameHash(entry) === entry.hash
    ? []
    : [fault(index, "log.entry-changed", `Entry ${index} is not what its hash was made from`)]),
];

const isAuthentic = ({ data, salt, dataHash }: LogEntry): boolean => {
  if (data === null || salt === null) return true;
  const json = canonicalOrNull(data);
  return json !== null && committed(json, salt) === dataHash;
};

const timeFaults = ({ at }: LogEntry, index: number, { reached }: Position): readonly LogFault[] => {
  const moment = momentOf(at);
  return moment !== null && isBackwards(reached, moment)
    ? [fault(index, "decision.time-backwards", `Entry ${index} is dated before an earlier entry`)]
    : [];
};

/** Whether data that can be trusted tell of a step that may follow; takes the step. */
const historyFaults = (entry: LogEntry, index: number, history: History): readonly LogFault[] => {
  if (!isAuthentic(entry)) {
    history.takeUnreadable();
    return [fault(index, "log.data-changed", `The data of entry ${index} are not those recorded`)];
  }
  const step = history.faultOf(entry);
  history.take(entry);
  return step === null ? [] : [fault(index, step.code, `Entry ${index}: ${step.message}`)];
};

const positionAfter = ({ seq, hash, at }: LogEntry, { reached }: Position): Position => {
  const moment = momentOf(at);
  return { seq, hash, reached: moment === null ? reached : reach(reached, moment) };
};

/** An entry of the list as it came, and as it was read. */
interface Read {
  readonly raw: unknown;
  readonly entry: LogEntry | null;
}

const walk = (entries: readonly Read[]): readonly LogFault[] => {
  const history = openHistory();
  let position = START;
  return entries.flatMap(({ raw, entry }, index) => {
    const before = position;
    if (entry === null) {
      const hash = isObject(raw) && typeof raw.hash === "string" ? raw.hash : null;
      position = { ...before, seq: before.seq + 1, hash };
      history.takeUnreadable();
      return [fault(index, "log.malformed-entry", `Entry ${index} has not the form of an entry`)];
    }
    position = positionAfter(entry, before);
    return [
      ...chainFaults(entry, index, before),
      ...timeFaults(entry, index, before),
      ...historyFaults(entry, index, history),
    ];
  });
};

/** Data are missing exactly where a later redaction says that it took them. */
const redactionFaults = (entries: readonly Read[]): readonly LogFault[] => {
  const numbered = new Map(entries.map(({ entry }) => [entry?.seq, entry]));
  const takenBy = new Map<number, number>();
  const wrong: LogFault[] = [];
  entries.forEach(({ entry: redaction }, index) => {
    if (redaction?.action !== "redaction" || redaction.data === null) return;
    const { entries: taken, before } = redaction.data;
    const isWrong = (seq: number): boolean => {
      const entry = numbered.get(seq);
      const day = momentOf(entry?.at ?? "")?.day ?? "";
      return seq >= redaction.seq || takenBy.has(seq) || entry?.action === "redaction" || day >= before;
    };
    for (const seq of taken) {
      if (isWrong(seq))
        wrong.push(
          fault(index, "log.wrong-redaction", `Entry ${index} cannot have redacted the entry numbered ${seq}`),
        );
      takenBy.set(seq, index);
    }
  });
  return [
    ...wrong,
    ...entries.flatMap(({ entry }, index) => {
      if (entry === null || (entry.data === null) === takenBy.has(entry.seq)) return [];
      return entry.data === null
        ? [fault(index, "log.data-missing", `The data of entry ${index} are gone, but no redaction names it`)]
        : [fault(index, "log.data-returned", `Entry ${index} has data that entry ${takenBy.get(entry.seq)} redacted`)];
    }),
  ];
};

const HEAD = z.object({ entries: z.number().int().min(0), hash: z.string() });

/** The head comes from elsewhere, as the log does: one that says nothing must not pass for one that is kept. */
const headFaults = (entries: readonly unknown[], given: unknown): readonly LogFault[] => {
  const head = z.safeParse(HEAD, given).data;
  if (head === undefined)
    return [fault(null, "log.malformed-head", "The head that was handed in has no number of entries, or no hash")];
  if (entries.length < head.entries)
    return [
      fault(
        entries.length,
        "log.truncated",
        `The log has ${entries.length} entries; it had ${head.entries} when its head was stored`,
      ),
    ];
  const last = entries[head.entries - 1];
  const hash = head.entries === 0 ? ORIGIN : isObject(last) ? last.hash : undefined;
  return hash === head.hash
    ? []
    : [
        fault(
          head.entries === 0 ? null : head.entries - 1,
          "log.rewritten",
          `Entry ${head.entries - 1} is not the one whose hash was stored elsewhere: it or an entry before it was written anew`,
        ),
      ];
};

/**
 * Check a log, from a file or from memory, and name every entry at fault: fields changed, added or removed, entries removed, added,
 * repeated or reordered, data gone without a redaction or back in spite of one, time running backwards, steps left out.
 *
 * A chain alone cannot show that its end was cut off, nor that all entries from some point on were written anew with new hashes: for
 * that hand in a `head` that was stored elsewhere while the log was known to be good. An old head serves a grown log as well.
 *
 * Edge: never throws, whatever a JSON file holds. Cost: two hashes an entry.
 */
export const verifyLog = (log: unknown, head?: LogHead): LogVerification => {
  if (
    !isObject(log) ||
    !hasExactly(log, ["format", "entries"]) ||
    log.format !== LOG_FORMAT ||
    !Array.isArray(log.entries)
  )
    return { ok: false, faults: [fault(null, "log.not-a-log", `This is no log of the format ${LOG_FORMAT}`)] };
  const entries = log.entries.map((raw: unknown): Read => ({ raw, entry: entryOf(raw) }));
  const faults = [
    ...walk(entries),
    ...redactionFaults(entries),
    ...(head === undefined ? [] : headFaults(log.entries, head)),
  ].sort((a, b) => (a.index ?? -1) - (b.index ?? -1));
  return { ok: faults.length === 0, faults };
};

/**
 * A log that came from a file, checked and ready to be added to.
 *
 * @throws {ProblemError} with every fault that `verifyLog` finds.
 */
export const parseLog = (json: unknown, head?: LogHead): DecisionLog => {
  const { faults } = verifyLog(json, head);
  if (faults.length > 0)
    throw new ProblemError(
      faults.map(
        ({ index, code, message }): Issue => ({
          code,
          path: index === null ? "" : `entries[${index}]`,
          subject: null,
          expected: "a log that is as it was written",
          received: "something else",
          message: `${message}.`,
          hint: null,
        }),
      ),
    );
  // Checked above, field by field; the copy is ours and frozen.
  return plainCopy(json) as DecisionLog;
};
