import type { Zone } from "../domain/district.js";
import type { IssueCode, Noun } from "./codes.js";
import { subjectWords } from "./form-faults.js";
import type { IssueLog } from "./issue-log.js";
import type { Entry } from "./parts.js";
import { UNREADABLE } from "./salvage.js";
import { counted, maybe, nearest, type Path, shownId, shownIds } from "./shown.js";

/** Who refers to what: for one sentence about an id that nothing has. */
export interface Reference {
  readonly noun: Noun;
  readonly id: string | null;
  readonly path: Path;
  /** Where inside the subject the id stands. */
  readonly inside: Path;
  readonly given: string;
  /** What the id should be of, such as `district`. */
  readonly target: string;
  readonly known: ReadonlySet<string>;
}

/** Report an id that is not among those known. */
export const checkReference = (code: IssueCode, reference: Reference, log: IssueLog): boolean => {
  const { noun, id, path, inside, given, target, known } = reference;
  // A list that could not be read may hold what is missed.
  if (known.has(given) || given === UNREADABLE || known.has(UNREADABLE)) return true;
  log.add(code, () => ({
    path: [...path, ...inside],
    subject: id === null ? null : shownId(id),
    expected: `the id of a ${target}`,
    received: shownId(given),
    message: `${subjectWords({ noun, id, path })} names ${target} "${shownId(given)}", which is not among the ${counted(known.size, target)}.`,
    hint: maybe(nearest(given, [...known])),
  }));
  return false;
};

/** What the zones of one level cover. */
export interface LevelCover {
  readonly zones: number;
  readonly missing: readonly string[];
  /** A zone of this level was at fault. */
  readonly unsure: boolean;
}

export type LevelCovers = ReadonlyMap<string, LevelCover>;

/** Per zone level, the districts that no zone of it holds. `district` always exists and is complete. */
export const levelCovers = (
  zones: readonly Entry<Zone>[],
  { zones: ids, districts }: { readonly zones: ReadonlySet<string>; readonly districts: ReadonlySet<string> },
): LevelCovers => {
  const covered = new Map<string, { zones: number; inside: Set<string>; unsure: boolean }>();
  for (const { value, repaired } of zones) {
    if (value.level === "district") continue;
    const known = covered.get(value.level) ?? { zones: 0, inside: new Set<string>(), unsure: false };
    for (const district of value.districts) known.inside.add(district);
    known.zones += 1;
    known.unsure ||= repaired;
    covered.set(value.level, known);
  }
  return new Map([
    // Where districts or zones could not be read as a list, nothing can be said of levels.
    ["district", { zones: districts.size, missing: [], unsure: ids.has(UNREADABLE) || districts.has(UNREADABLE) }],
    ...[...covered].map(
      ([level, { zones: count, inside, unsure }]) =>
        [level, { zones: count, missing: [...districts].filter((id) => !inside.has(id)), unsure }] as const,
    ),
  ]);
};

/** A level must exist, and its zones must leave no district out: who lives outside would count nowhere. */
export const checkLevel = (
  noun: "link" | "policy",
  { path, inside, level, covers }: { path: Path; inside: Path; level: string; covers: LevelCovers },
  log: IssueLog,
): void => {
  // A zone that could not be read may be the one that is missed.
  if (covers.has(UNREADABLE) || [...covers.values()].some(({ unsure }) => unsure)) return;
  const cover = covers.get(level);
  const common = { path: [...path, ...inside], received: shownId(level) };
  if (cover === undefined) {
    const levels = [...covers.keys()];
    log.add(`${noun}.unknown-level`, () => ({
      ...common,
      expected: `one of ${shownIds(levels)}`,
      message: `${subjectWords({ noun, id: null, path })} asks for level "${shownId(level)}", which no zone has; there are ${shownIds(levels)}.`,
      hint: maybe(nearest(level, levels)),
    }));
    return;
  }
  if (cover.missing.length === 0) return;
  log.add(`${noun}.incomplete-level`, () => ({
    ...common,
    expected: "a level whose zones hold every district",
    message: `${subjectWords({ noun, id: null, path })} asks for level "${shownId(level)}", whose zones (${cover.zones}) leave out ${counted(cover.missing.length, "district")}: ${shownIds(cover.missing)}.`,
  }));
};
