import { canonicalJson, sha256Hex } from "../base/hash.js";
import type { Action, DataOf } from "./actions.js";

export const LOG_FORMAT = "evenstead/log@1";

/**
 * An append-only log of decisions: plain JSON, deeply frozen.
 *
 * Every entry carries the hash of the entry before, so that changing, removing, adding or reordering entries shows. What a chain cannot
 * show by itself is that its end was cut off, or that all of it was written anew: for that, store `headOf(log)` elsewhere (in the
 * journal, with the auditor, on paper) and hand it to `verifyLog`.
 */
export interface DecisionLog {
  readonly format: typeof LOG_FORMAT;
  readonly entries: readonly LogEntry[];
}

/**
 * One entry, in two parts that live for different times.
 *
 * The *frame* (`seq`, `at`, `by`, `action`, `dataHash`, `previous`, `hash`) stays for good and names no household: `by` is the officer.
 * The *data* hold everything about households, the reason in words and the hashes of problem and plan with it, since from a hash of
 * little-known facts the facts can be guessed. The frame commits to the data by `dataHash` = SHA-256(salt, newline, canonical JSON of the
 * data), and `hash` covers the frame alone. So data and salt can be taken away and the chain still checks; and once the salt is gone,
 * nobody can try out which household of a town of three the entry spoke of. Whoever kept data and salt elsewhere can still prove them.
 */
export type LogEntry = { readonly [A in Action]: EntryOf<A> }[Action];

export interface EntryOf<A extends Action> {
  /** 0 for the first. */
  readonly seq: number;
  /** ISO 8601 date, or date-time with its zone. */
  readonly at: string;
  /** The officer: a staff number or a role rather than a name. It is never redacted. */
  readonly by: string;
  readonly action: A;
  readonly dataHash: string;
  /** Null once redacted. */
  readonly data: DataOf[A] | null;
  /** Null once redacted. Random, and of this entry alone. */
  readonly salt: string | null;
  /** `hash` of the entry before; of the first, SHA-256 of the log's format. */
  readonly previous: string;
  /** SHA-256 of the canonical JSON (RFC 8785) of the frame without `hash`. */
  readonly hash: string;
}

/** What to store elsewhere: how many entries there were, and the hash of the last. */
export interface LogHead {
  readonly entries: number;
  readonly hash: string;
}

/** What the first entry follows. */
export const ORIGIN = sha256Hex(LOG_FORMAT);

/** A log without entries. */
export const openLog = (): DecisionLog => Object.freeze({ format: LOG_FORMAT, entries: Object.freeze([]) });

/** The head of a log, to be stored elsewhere after every day's work. A later, longer log still has it; a redaction does not change it. */
export const headOf = ({ entries }: DecisionLog): LogHead => ({
  entries: entries.length,
  hash: entries.at(-1)?.hash ?? ORIGIN,
});

export type Frame = Pick<LogEntry, "seq" | "at" | "by" | "action" | "dataHash" | "previous">;

export const frameHash = ({ seq, at, by, action, dataHash, previous }: Frame): string =>
  sha256Hex(canonicalJson({ seq, at, by, action, dataHash, previous }));

/** What a frame says of data, given as canonical JSON. The newline cannot occur in a salt, so no two pairs read alike. */
export const committed = (json: string, salt: string): string => sha256Hex(`${salt}\n${json}`);

/** The commitment of a frame to its data. */
export const dataHashOf = ({ data, salt }: { readonly data: unknown; readonly salt: string }): string =>
  committed(canonicalJson(data), salt);
