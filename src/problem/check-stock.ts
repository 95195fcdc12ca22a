import type { Listing } from "../domain/district.js";
import { subjectWords } from "./form-faults.js";
import type { IssueLog } from "./issue-log.js";
import type { Parts } from "./parts.js";
import { checkReference } from "./references.js";
import { UNREADABLE } from "./salvage.js";
import { counted, maybe, nearest, type Path, shownId, shownKey, yearsApart } from "./shown.js";

const MEASURE_NAMES = ["persons", "households", "children", "schoolChildren"];
const isMeasureName = (name: string): boolean =>
  MEASURE_NAMES.includes(name) || /^(?:ages:\d{1,3}-\d{1,3}|number:.+)$/u.test(name);

const MAX_PERSONS_PER_ROOM = 20;
const ABSURD_YEARS = 50;

/** A date that is more than 50 years from the problem's own day is a slip of the finger. */
export const checkDate = (
  {
    noun,
    id,
    path,
    inside,
    date,
  }: { noun: "dwelling" | "household"; id: string; path: Path; inside: string; date: string | null },
  asOf: string | null,
  log: IssueLog,
): void => {
  if (date === null || asOf === null || yearsApart(date, asOf) <= ABSURD_YEARS) return;
  log.add(`${noun}.absurd-date`, () => ({
    path: [...path, inside],
    subject: shownId(id),
    expected: `a date within ${ABSURD_YEARS} years of ${asOf}`,
    received: date,
    message: `${subjectWords({ noun, id, path })} has ${inside} ${date}, more than ${ABSURD_YEARS} years from asOf ${asOf}.`,
  }));
};

const checkListing = (
  { noun, id, path, listing }: { noun: "dwelling" | "district"; id: string; path: Path; listing: Listing | null },
  log: IssueLog,
): void => {
  if (listing === null || listing.validTo === null || listing.validTo >= listing.validFrom) return;
  const { validFrom, validTo } = listing;
  log.add(`${noun}.listing-ends-before-start`, () => ({
    path: [...path, "listing", "validTo"],
    subject: shownId(id),
    expected: `${validFrom} or later`,
    received: validTo,
    message: `${subjectWords({ noun, id, path })} has a listing valid to ${validTo}, before it is valid from ${validFrom}.`,
  }));
};

const checkDistricts = ({ districts }: Parts, log: IssueLog): void => {
  for (const { value, path } of districts) {
    const { id, settled, listing } = value;
    checkListing({ noun: "district", id, path, listing }, log);
    for (const name of Object.keys(settled)) {
      if (isMeasureName(name)) continue;
      log.add("district.unknown-measure", () => ({
        path: [...path, "settled", name],
        subject: shownId(id),
        expected: `one of ${MEASURE_NAMES.join(", ")}, ages:6-9, number:<name>`,
        received: shownKey(name),
        message: `${subjectWords({ noun: "district", id, path })} says what was settled as "${shownKey(name)}", which is no measure, so it would count nowhere.`,
        hint: maybe(nearest(name, MEASURE_NAMES)),
      }));
    }
  }
  if (districts.length > 0 && districts.every(({ value }) => value.population === 0)) {
    log.add("district.no-population", () => ({
      path: ["districts"],
      expected: "a population above 0 in some district",
      received: "0 everywhere",
      message: `The ${counted(districts.length, "district")} all have population 0, so nothing can be spread in proportion.`,
    }));
  }
};

const checkZones = ({ zones, ids }: Parts, log: IssueLog): void => {
  const zoneOf = new Map<string, string>();
  for (const { value, path } of zones) {
    const { id, level, districts } = value;
    const subject = { noun: "zone" as const, id, path };
    if (level === "district") {
      log.add("zone.reserved-level", () => ({
        path: [...path, "level"],
        subject: shownId(id),
        expected: "a level of another name",
        received: "district",
        message: `${subjectWords(subject)} has level "district", which is the name of the districts themselves.`,
      }));
    }
    districts.forEach((district, index) => {
      const inside = ["districts", index];
      checkReference(
        "zone.unknown-district",
        { ...subject, inside, given: district, target: "district", known: ids.districts },
        log,
      );
      if (level === UNREADABLE || district === UNREADABLE) return;
      const key = JSON.stringify([level, district]);
      const other = zoneOf.get(key);
      if (other === undefined) zoneOf.set(key, id);
      else if (other === id)
        log.add("zone.repeated-district", () => ({
          path: [...path, ...inside],
          subject: shownId(id),
          expected: "every district once",
          received: shownId(district),
          message: `${subjectWords(subject)} names district "${shownId(district)}" twice.`,
        }));
      else
        log.add("zone.overlap", () => ({
          path: [...path, ...inside],
          subject: shownId(id),
          expected: `one zone per district on level "${shownId(level)}"`,
          received: shownId(district),
          message: `${subjectWords(subject)} names district "${shownId(district)}", which zone "${shownId(other)}" of the same level "${shownId(level)}" holds already.`,
        }));
    });
  }
};

const checkDwellings = ({ dwellings, ids, asOf }: Parts, log: IssueLog): void => {
  for (const { value, path } of dwellings) {
    const { id, district, rooms, maxPersons, availableFrom, availableTo, listing } = value;
    const subject = { noun: "dwelling" as const, id, path };
    checkReference(
      "dwelling.unknown-district",
      { ...subject, inside: ["district"], given: district, target: "district", known: ids.districts },
      log,
    );
    checkListing({ ...subject, listing }, log);
    checkDate({ ...subject, inside: "availableFrom", date: availableFrom }, asOf, log);
    checkDate({ ...subject, inside: "availableTo", date: availableTo }, asOf, log);
    if (availableFrom !== null && availableTo !== null && availableTo < availableFrom) {
      log.add("dwelling.ends-before-start", () => ({
        path: [...path, "availableTo"],
        subject: shownId(id),
        expected: `${availableFrom} or later`,
        received: availableTo,
        message: `${subjectWords(subject)} is available to ${availableTo}, before it is available from ${availableFrom}.`,
      }));
    }
    if (maxPersons > MAX_PERSONS_PER_ROOM * rooms) {
      log.add("dwelling.absurd-capacity", () => ({
        path: [...path, "maxPersons"],
        subject: shownId(id),
        expected: `at most ${MAX_PERSONS_PER_ROOM} a room`,
        received: String(maxPersons),
        message: `${subjectWords(subject)} has maxPersons ${maxPersons} in ${counted(rooms, "room")}; more than ${MAX_PERSONS_PER_ROOM} a room is taken for a mistake.`,
      }));
    }
  }
};

/** Districts, zones and dwellings held against each other. */
export const checkStock = (parts: Parts, log: IssueLog): void => {
  checkDistricts(parts, log);
  checkZones(parts, log);
  checkDwellings(parts, log);
};
