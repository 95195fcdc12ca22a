import { type CivilDate, isCivilDate } from "../domain/primitives.js";

/** When something was done: a day, or an instant with its zone. */
export interface Moment {
  /** The day as written, in the writer's zone. */
  readonly day: CivilDate;
  /** Milliseconds since 1970-01-01T00:00Z; null where only the day is known. */
  readonly instant: number | null;
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/**
 * Read `YYYY-MM-DD`, or `YYYY-MM-DDThh:mm` with optional seconds and milliseconds and a zone (`Z` or `+01:00`). Null for anything else:
 * a time without its zone would mean another instant on another machine.
 *
 * Source: ISO 8601 in the form of RFC 3339, seconds optional.
 */
export const momentOf = (text: string): Moment | null => {
  const [day = "", time, ...rest] = text.split("T");
  if (!isCivilDate(day) || rest.length > 0) return null;
  if (time === undefined) return { day, instant: null };
  return TIME.test(time) ? { day, instant: Date.parse(text) } : null;
};

/** The latest moments that a log has reached. */
export interface Reached {
  /** Of all entries, as written. */
  readonly day: CivilDate;
  /** Of the entries that tell the day alone. */
  readonly bareDay: CivilDate;
  readonly instant: number;
}

export const NOTHING_REACHED: Reached = { day: "", bareDay: "", instant: Number.NEGATIVE_INFINITY };

const later = (a: CivilDate, b: CivilDate): CivilDate => (a > b ? a : b);

export const reach = ({ day, bareDay, instant }: Reached, moment: Moment): Reached => ({
  day: later(day, moment.day),
  bareDay: moment.instant === null ? later(bareDay, moment.day) : bareDay,
  instant: Math.max(instant, moment.instant ?? instant),
});

/**
 * Whether a moment lies before what was reached. Instants are held against instants; where either side tells the day alone, days are
 * held against days, since nothing is known of the hours. Edge: the same day or instant is not backwards.
 */
export const isBackwards = (reached: Reached, { day, instant }: Moment): boolean =>
  instant === null ? day < reached.day : instant < reached.instant || day < reached.bareDay;
