import { describe, expect, it } from "vitest";
import type { LogEvent } from "../../../src/decisions/events.js";
import { type DecisionLog, headOf, openLog } from "../../../src/decisions/log.js";
import { record, sealed } from "../../../src/decisions/record.js";
import { redact } from "../../../src/decisions/redact.js";
import { verifyLog } from "../../../src/decisions/verify-log.js";
import { add, codesOf, note, officer, saltOf, solved, story, town } from "./town.js";

const { log } = await story();
const planAtStart = await solved(town);

describe("redacting", () => {
  const head = headOf(log);
  const redacted = redact(log, "2026-11-05", officer("2027-11-05", "Retention of one year"));

  it("leaves a chain that checks, against the head stored before as well", () => {
    expect(verifyLog(redacted)).toEqual({ ok: true, faults: [] });
    expect(verifyLog(JSON.parse(JSON.stringify(redacted)), head)).toEqual({ ok: true, faults: [] });
  });

  it("empties the 7 entries before the day, keeps the 2 of the day, and says what it did", () => {
    expect(redacted.entries.map(({ data, salt }) => [data === null, salt === null])).toEqual([
      ...Array.from({ length: 7 }, () => [true, true]),
      [false, false],
      [false, false],
      [false, false],
    ]);
    expect(redacted.entries.at(-1)).toMatchObject({
      action: "redaction",
      by: "officer-7",
      at: "2027-11-05",
      data: { reason: "Retention of one year", before: "2026-11-05", entries: [0, 1, 2, 3, 4, 5, 6] },
    });
  });

  it("leaves no household, dwelling, need, reason, problem or plan in the emptied entries", () => {
    const gone = JSON.stringify(redacted.entries.slice(0, 7));
    const inFull = JSON.stringify(log.entries.slice(0, 7));
    const canaries = [
      ...town.households.map(({ id }) => id),
      ...["u1", "u2", "u3"].map((id) => `"${id}"`),
      "7321",
      "Too far from the hospital",
      "council, 3 November 2026",
      planAtStart.run.inputHash,
      ...log.entries.slice(0, 7).map(({ salt }) => salt ?? ""),
    ];
    for (const canary of canaries) {
      expect(inFull).toContain(canary);
      expect(gone).not.toContain(canary);
    }
    expect(Object.keys(JSON.parse(gone)[0]).sort()).toEqual(
      ["action", "at", "by", "data", "dataHash", "hash", "previous", "salt", "seq"].sort(),
    );
  });

  it("commits to the data with the salt: the same data under another salt has another hash", () => {
    const once = add(openLog(), note());
    const other = record(openLog(), note(), { salt: saltOf(99) });
    expect(once.entries[0]?.data).toEqual(other.entries[0]?.data);
    expect(once.entries[0]?.dataHash).not.toBe(other.entries[0]?.dataHash);
  });

  it("redacts the rest later, never a redaction, and nothing twice", () => {
    const again = redact(redacted, "2028-01-01", officer("2028-01-02", "Retention of one year"));
    expect(again.entries.map(({ data }) => data === null)).toEqual([
      ...Array.from({ length: 9 }, () => true),
      false,
      false,
    ]);
    expect(again.entries.at(-1)?.data).toMatchObject({ entries: [7, 8] });
    expect(verifyLog(again, head).ok).toBe(true);
    expect(redact(again, "2028-01-01", officer("2028-02-01", "Again"))).toBe(again);
  });

  it("lets the log grow afterwards, with the steps it can still see kept in order", () => {
    const grown = add(redacted, note({ at: "2027-12-01" }));
    expect(verifyLog(grown, head).ok).toBe(true);
    const decided = log.entries[8]?.data;
    const twice = { action: "decision", at: "2027-12-02", by: "officer-7", data: decided } as LogEvent;
    expect(codesOf(() => add(grown, twice))).toEqual(["decision.skipped-step"]);
  });

  it("is refused without who, when and why, with a day that does not exist, and before the log's last entry", () => {
    expect(codesOf(() => redact(log, "2026-02-30", { by: "", at: "then", reason: "" }))).toEqual([
      "decision.by-missing",
      "decision.wrong-time",
      "decision.reason-missing",
      "decision.wrong-time",
    ]);
    expect(codesOf(() => redact(log, "2026-11-05", officer("2026-11-01", "Too early")))).toEqual([
      "decision.time-backwards",
    ]);
  });

  it("is refused where its reason, which stays for good, names a household of the log, of a stored problem as well", () => {
    const naming = (reason: string) => codesOf(() => redact(log, "2026-11-05", officer("2027-11-05", reason)));
    for (const reason of ["refugee-a asked for it", "Asked for (Refugee-C).", "Letter of refugee-b, 3 May"])
      expect(naming(reason)).toEqual(["decision.reason-names-household"]);
    expect(() => redact(log, "2026-11-05", officer("2027-11-05", "refugee-a asked"))).not.toThrow("refugee-a");
    for (const reason of ["refugee asked", "Retention of 1 year, as of 2026", "pre-refugee-ab"])
      expect(naming(reason)).toEqual([]);
  });

  it("finds an id with dots and blanks", () => {
    const odd = add(openLog(), note({ data: { reason: "Called", households: ["case 7.1"] } } as Partial<LogEvent>));
    const naming = (reason: string) => codesOf(() => redact(odd, "2027-01-01", officer("2027-11-05", reason)));
    expect(naming("Case 7.1: asked")).toEqual(["decision.reason-names-household"]);
    expect(naming("Case 7.12: asked")).toEqual([]);
  });

  it("takes an id that reads like a word or a year for a word or a year", () => {
    const plain = add(openLog(), note({ data: { reason: "Called", households: ["a", "2026"] } } as Partial<LogEvent>));
    expect(codesOf(() => redact(plain, "2027-01-01", officer("2027-11-05", "As a rule after 2026")))).toEqual([]);
  });

  it("is found out where data go without one, come back in spite of one, or where it names what it cannot have redacted", () => {
    const edited = (base: DecisionLog, index: number, more: object) => ({
      ...base,
      entries: base.entries.map((entry, i) => (i === index ? { ...entry, ...more } : entry)),
    });
    expect(verifyLog(edited(log, 4, { data: null, salt: null })).faults).toMatchObject([
      { index: 4, code: "log.data-missing" },
    ]);
    const { data: back, salt } = log.entries[4] ?? {};
    expect(verifyLog(edited(redacted, 4, { data: back, salt })).faults).toMatchObject([
      { index: 4, code: "log.data-returned" },
    ]);
    // One that says it took what was written before 2 November cannot have taken entries 2 to 6, of 2 to 4 November.
    const emptied = { ...redacted, entries: redacted.entries.slice(0, -1) };
    const data = { reason: "Retention", before: "2026-11-02", entries: [0, 1, 2, 3, 4, 5, 6] };
    const early = sealed(emptied, { action: "redaction", at: "2027-11-05", by: "officer-7", data }, "");
    expect(
      verifyLog({ ...emptied, entries: [...emptied.entries, early] }).faults.map(({ index, code }) => [index, code]),
    ).toEqual([2, 3, 4, 5, 6].map(() => [9, "log.wrong-redaction"]));
    const again = (entries: readonly number[]) => {
      const twice = { reason: "Retention", before: "2028-01-01", entries };
      const entry = sealed(redacted, { action: "redaction", at: "2028-01-02", by: "officer-7", data: twice }, "");
      const faults = verifyLog({ ...redacted, entries: [...redacted.entries, entry] }).faults;
      return faults.filter(({ code }) => code === "log.wrong-redaction").map(({ index, message }) => [index, message]);
    };
    // Entry 6 was redacted before, 9 is the redaction, and 10 and 11 are this entry and one to come.
    for (const seq of [6, 9, 10, 11])
      expect(again([seq])).toEqual([[10, `Entry 10 cannot have redacted the entry numbered ${seq}`]]);
    const cut = { ...redacted, entries: redacted.entries.slice(0, -1) };
    expect(verifyLog(cut).faults.map(({ index, code }) => [index, code])).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((index) => [index, "log.data-missing"]),
    );
  });
});
