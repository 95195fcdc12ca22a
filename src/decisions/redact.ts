import { type CivilDate, isCivilDate } from "../domain/primitives.js";
import { refuseAll } from "./codes.js";
import { type Saying, sayingFaults } from "./events.js";
import type { DecisionLog, LogEntry } from "./log.js";
import { momentOf } from "./moment.js";
import { extended, sealed, timeFaults } from "./record.js";

const isDue = ({ action, data, at }: LogEntry, before: CivilDate): boolean =>
  action !== "redaction" && data !== null && (momentOf(at)?.day ?? before) < before;

const emptied = (entry: LogEntry): LogEntry => Object.freeze({ ...entry, data: null, salt: null });

/**
 * Retention: take data and salt from every entry written before a day, and record who did it, when and why. The chain still checks, and
 * the head stored elsewhere stays good, since hashes cover the frames alone. Nothing about a household remains in those entries; what was
 * decided about whom is then known only from the case files.
 *
 * The entry of the redaction itself is never redacted: it says why data are missing. So its reason may not name a household.
 * Edge: where nothing is due the log comes back as it was. Entries before the day only by their written day; redactions stay.
 *
 * @throws {ProblemError} where `before` is no date, or who, when or why is missing.
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
