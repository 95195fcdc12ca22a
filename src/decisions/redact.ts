import * as z from "zod";
import { type CivilDate, isCivilDate } from "../domain/primitives.js";
import { refuseAll } from "./codes.js";
import { type Saying, sayingFaults } from "./events.js";
import type { DecisionLog, LogEntry } from "./log.js";
import { momentOf } from "./moment.js";
import { extended, sealed, timeFaults } from "./record.js";

const isDue = ({ action, data, at }: LogEntry, before: CivilDate): boolean =>
  action !== "redaction" && data !== null && (momentOf(at)?.day ?? before) < before;

const emptied = (entry: LogEntry): LogEntry => Object.freeze({ ...entry, data: null, salt: null });

const HOUSEHOLDS = z.object({ households: z.array(z.object({ id: z.string() })) });

/** Ids of households in the data of an entry, the problem that a proposal holds included. */
const householdsIn = ({ action, data }: LogEntry): readonly string[] => {
  if (data === null || action === "redaction") return [];
  if (action === "note") return data.households;
  if (action === "draw") return data.order;
  if (action !== "proposal") return [data.household];
  const stored = z.safeParse(HOUSEHOLDS, data.problem).data?.households ?? [];
  return [...stored.map(({ id }) => id), ...data.carried.map(({ household }) => household)];
};

/** Letters alone, or a short number: such an id cannot be told from a word or a year in a sentence. */
const PLAIN = /^(?:\p{L}+|\p{Nd}{1,4})$/u;
const IN_WORD = "[\\p{L}\\p{N}\\p{M}_-]";
const GOES_ON = new RegExp(`^${IN_WORD}`, "u");
const GOES_BEFORE = new RegExp(`${IN_WORD}$`, "u");

const isWordOf = (text: string, id: string): boolean => {
  const parts = text.split(id);
  return parts.slice(1).some((after, i) => !GOES_BEFORE.test(parts[i] ?? "") && !GOES_ON.test(after));
};

/** Whether a text names one of the households as a word of its own, in capitals or not. */
const namesOneOf = (text: unknown, entries: readonly LogEntry[]): boolean =>
  typeof text === "string" &&
  entries
    .flatMap(householdsIn)
    .some((id) => id !== "" && !PLAIN.test(id) && isWordOf(text.toLowerCase(), id.toLowerCase()));

/**
 * Retention: take data and salt from every entry written before a day, and record who did it, when and why. The chain still checks, and
 * the head stored elsewhere stays good, since hashes cover the frames alone. Nothing about a household remains in those entries; what was
 * decided about whom is then known only from the case files.
 *
 * The entry of the redaction itself is never redacted: it says why data are missing. So its reason may not name a household; the ids of
 * those in the log are refused, but a name in words is not known to be one.
 * Edge: where nothing is due the log comes back as it was. Entries before the day only by their written day; redactions stay.
 *
 * @throws {ProblemError} where `before` is no date, who, when or why is missing, or the reason names a household of the log.
 *
 * Source: GDPR art. 5(1)(c) and (e), art. 17(3)(b).
 */
export const redact = (log: DecisionLog, before: CivilDate, { by, at, reason }: Saying): DecisionLog => {
  refuseAll([
    ...sayingFaults({ by, at, reason }),
    ...(isCivilDate(before)
      ? []
      : [
          {
            code: "decision.wrong-time" as const,
            path: "before",
            subject: null,
            expected: "a date such as 2026-11-01",
            received: "something else",
            message: "The day before which data are to go is no date.",
          },
        ]),
    ...timeFaults(log, at),
    ...(namesOneOf(reason, log.entries)
      ? [
          {
            code: "decision.reason-names-household" as const,
            path: "reason",
            subject: null,
            expected: "a reason without ids of households",
            received: "something else",
            message: "The reason names a household, and the entry of a redaction is kept for good.",
          },
        ]
      : []),
  ]);
  const due = log.entries.filter((entry) => isDue(entry, before));
  if (due.length === 0) return log;
  const data = { reason, before, entries: due.map(({ seq }) => seq) };
  // Nothing to hide and never redacted: no salt.
  const entry = sealed(log, { action: "redaction", at, by, data }, "");
  return extended(
    log.entries.map((one) => (isDue(one, before) ? emptied(one) : one)),
    entry,
  );
};
