import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../src/base/hash.js";
import {
  type DecisionLog,
  dataHashOf,
  frameHash,
  headOf,
  type LogEntry,
  type LogHead,
} from "../../src/decisions/log.js";
import { redact } from "../../src/decisions/redact.js";
import { verifyLog } from "../../src/decisions/verify-log.js";
import { longLog, officer, saltOf, story } from "../unit/decisions/town.js";

const RUNS = Number(process.env.EVENSTEAD_PROPERTY_RUNS ?? 15);
/** Checking 1,000 entries takes some 40 ms, and a run checks up to five logs. */
const settings = { numRuns: RUNS, seed: 20261123, markInterruptAsFailure: true } as const;

type Path = readonly (string | number)[];

interface Change {
  readonly what: string;
  readonly value: unknown;
}

/** Another value of the same type. */
const other = (value: unknown): unknown => {
  if (typeof value === "string") return `${value}x`;
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  return "x";
};

const replaced = (value: unknown, [key, ...rest]: Path, put: (old: unknown) => unknown): unknown => {
  if (key === undefined) return put(value);
  if (Array.isArray(value)) return value.map((item, i) => (i === key ? replaced(item, rest, put) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => [name, name === key ? replaced(item, rest, put) : item]),
  );
};

const pathsIn = (value: unknown, path: Path = []): readonly Path[] => [
  path,
  ...(typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, Array.isArray(value) ? Number(key) : key]))
    : []),
];

const changesOf = (value: unknown): readonly ((old: unknown) => unknown)[] => {
  if (Array.isArray(value))
    return [
      (old) => [...(old as unknown[]), "x"],
      ...(value.length > 0 ? [(old: unknown) => (old as unknown[]).slice(1)] : []),
      ...(value.length > 0 ? [(old: unknown) => [...(old as unknown[]), (old as unknown[])[0]]] : []),
      () => null,
    ];
  if (typeof value === "object" && value !== null)
    return [
      (old) => ({ ...(old as object), more: 1 }),
      (old) => JSON.parse(JSON.stringify(old).replace("{", '{"__proto__":1,').replace(",}", "}")),
      ...Object.keys(value).map(
        (gone) => (old: unknown) => Object.fromEntries(Object.entries(old as object).filter(([key]) => key !== gone)),
      ),
      () => null,
    ];
  return [other, () => (value === null ? 0 : null)];
};

/** Every way to change, remove or add one thing anywhere in an entry. */
const changesIn = (entry: unknown): readonly Change[] =>
  pathsIn(entry).flatMap((path) => {
    const at = path.reduce((value: unknown, key) => (value as Record<string | number, unknown>)[key], entry);
    return changesOf(at).map((put, i) => ({ what: `${path.join(".")} #${i}`, value: replaced(entry, path, put) }));
  });

const withEntries = (log: DecisionLog, entries: readonly unknown[]): unknown => ({ ...log, entries });

const swappedIn = (log: DecisionLog, index: number, value: unknown): unknown =>
  withEntries(
    log,
    log.entries.map((entry, i) => (i === index ? value : entry)),
  );

const indexesOf = (log: unknown, head?: LogHead): readonly (number | null)[] => [
  ...new Set(verifyLog(log, head).faults.map(({ index }) => index)),
];

/** What someone writes who knows how a log is made: hashes made anew from `from` on. */
const rewritten = (log: DecisionLog, from: number, change: (entry: LogEntry) => LogEntry): DecisionLog => {
  const entries = [...log.entries.slice(0, from)];
  for (const old of log.entries.slice(from)) {
    const entry = entries.length === from ? change(old) : old;
    const { data, salt } = entry;
    const frame = {
      ...entry,
      dataHash: data === null ? entry.dataHash : dataHashOf({ data, salt: salt ?? "" }),
      previous: entries.at(-1)?.hash ?? entry.previous,
    };
    entries.push({ ...frame, hash: frameHash(frame) } as LogEntry);
  }
  return { ...log, entries };
};

const { log: told } = await story();
const redacted = redact(told, "2026-11-05", officer("2027-11-05", "Retention"));
const long = longLog(1000);
const head = headOf(long);

describe("a small log with every action, redacted or not", () => {
  it("catches every change, removal and addition at any depth of any entry, and names the entry first", () => {
    let tried = 0;
    const missed: string[] = [];
    told.entries.forEach((entry, index) => {
      for (const { what, value } of changesIn(entry)) {
        tried += 1;
        if (indexesOf(swappedIn(told, index, value))[0] !== index) missed.push(`${index}: ${what}`);
      }
    });
    expect(missed).toEqual([]);
    expect(tried).toBeGreaterThan(1000);
  });

  it("catches the same in a redacted log, and names the entry", () => {
    let tried = 0;
    const missed: string[] = [];
    redacted.entries.forEach((entry, index) => {
      for (const { what, value } of changesIn(entry)) {
        tried += 1;
        if (!indexesOf(swappedIn(redacted, index, value)).includes(index)) missed.push(`${index}: ${what}`);
      }
    });
    expect(missed).toEqual([]);
    expect(tried).toBeGreaterThan(200);
  });

  it("catches every removal, repetition and exchange of two entries", () => {
    const { entries } = told;
    entries.forEach((entry, i) => {
      const removed = withEntries(
        told,
        entries.filter((_, k) => k !== i),
      );
      // Without a head, nothing shows that the last entry is gone.
      if (i < entries.length - 1) expect(indexesOf(removed)[0]).toBe(i);
      expect(indexesOf(removed, headOf(told))).not.toEqual([]);
      const repeated = withEntries(told, [...entries.slice(0, i + 1), entry, ...entries.slice(i + 1)]);
      expect(indexesOf(repeated)[0]).toBe(i + 1);
      entries.slice(i + 1).forEach((later, k) => {
        const j = i + 1 + k;
        const exchanged = withEntries(
          told,
          entries.map((one, at) => (at === i ? later : at === j ? entry : one)),
        );
        expect(indexesOf(exchanged)[0]).toBe(i);
        expect(indexesOf(exchanged)).toContain(j);
      });
    });
  });
});

const FRAME = ["seq", "at", "by", "action", "dataHash", "data", "salt", "previous", "hash"] as const;
const anyIndex = fc.nat({ max: long.entries.length - 1 });

describe("a log of 1,000 entries", () => {
  it("checks as it was written", () => {
    expect(verifyLog(long, head)).toEqual({ ok: true, faults: [] });
  });

  it("names the entry of which any field was changed or removed, and that alone or with its successor", () => {
    fc.assert(
      fc.property(anyIndex, fc.constantFrom(...FRAME), fc.boolean(), (index, field, remove) => {
        const entry = long.entries[index] as unknown as Record<string, unknown>;
        const { [field]: value, ...rest } = entry;
        const changed =
          field === "action" ? "note" : field === "data" ? { ...(value as object), reason: "Other" } : other(value);
        const found = indexesOf(swappedIn(long, index, remove ? rest : { ...rest, [field]: changed }));
        expect(found[0]).toBe(index);
        expect(found.filter((one) => one !== index && one !== index + 1)).toEqual([]);
      }),
      settings,
    );
  });

  it("names the place where entries were removed, repeated, exchanged or slipped in", () => {
    fc.assert(
      fc.property(fc.nat({ max: 997 }), fc.integer({ min: 1, max: 900 }), (i, distance) => {
        const { entries } = long;
        const count = Math.min(distance, 998 - i);
        expect(indexesOf(withEntries(long, [...entries.slice(0, i), ...entries.slice(i + count)]))[0]).toBe(i);
        expect(indexesOf(withEntries(long, [...entries.slice(0, i + count), ...entries.slice(i)]))[0]).toBe(i + count);
        const j = i + count;
        const exchanged = entries.map((entry, at) => (at === i ? entries[j] : at === j ? entries[i] : entry));
        const found = indexesOf(withEntries(long, exchanged));
        expect(found[0]).toBe(i);
        expect(found).toContain(j);
        const data = { reason: "Slipped in", households: [] };
        const salt = saltOf(5000);
        const frame = {
          ...(entries[i] as LogEntry),
          action: "note" as const,
          seq: i,
          data,
          salt,
          dataHash: dataHashOf({ data, salt }),
        };
        const slipped = { ...frame, hash: frameHash(frame) };
        // A forged entry in its own right is sound; the one that it pushes down tells.
        expect(indexesOf(withEntries(long, [...entries.slice(0, i), slipped, ...entries.slice(i)]))[0]).toBe(i + 1);
      }),
      { ...settings, numRuns: Math.ceil(RUNS / 2) },
    );
  });

  it("names the successor where an entry was changed with its own hash made anew", () => {
    fc.assert(
      fc.property(fc.nat({ max: 998 }), (index) => {
        const old = long.entries[index] as LogEntry;
        const frame = { ...old, by: "somebody-else" };
        const found = indexesOf(swappedIn(long, index, { ...frame, hash: frameHash(frame) }));
        expect(found).toEqual([index + 1]);
      }),
      settings,
    );
  });

  it("cannot see by itself that its end was cut off; the head stored elsewhere can", () => {
    fc.assert(
      fc.property(anyIndex, (length) => {
        const cut = withEntries(long, long.entries.slice(0, length));
        expect(verifyLog(cut)).toEqual({ ok: true, faults: [] });
        expect(verifyLog(cut, head).faults).toMatchObject([{ index: length, code: "log.truncated" }]);
      }),
      { ...settings, numRuns: Math.ceil(RUNS / 3) },
    );
  });

  it("cannot see by itself that it was written anew with new hashes; the head stored elsewhere can, an old one as well", () => {
    fc.assert(
      fc.property(anyIndex, fc.nat({ max: 999 }), (from, attested) => {
        const forged = rewritten(long, from, (entry) => ({ ...entry, by: "somebody-else" }));
        expect(verifyLog(forged)).toEqual({ ok: true, faults: [] });
        expect(verifyLog(forged, head).faults).toMatchObject([{ index: 999, code: "log.rewritten" }]);
        const old = { entries: attested + 1, hash: long.entries[attested]?.hash ?? "" };
        expect(verifyLog(long, old).ok).toBe(true);
        expect(indexesOf(forged, old)).toEqual(attested >= from ? [attested] : []);
      }),
      { ...settings, numRuns: Math.ceil(RUNS / 3) },
    );
  });

  it("names the step that was left out, though every hash was made anew", () => {
    fc.assert(
      fc.property(fc.nat({ max: 498 }), (k) => {
        // Entry 2k + 2 decides what entry 2k + 1 reviewed.
        const index = 2 * k + 2;
        const forged = rewritten(long, index, (entry) =>
          entry.action === "decision" && entry.data !== null
            ? { ...entry, data: { ...entry.data, household: "h-unseen", dwelling: "u-unseen" } }
            : entry,
        );
        expect(verifyLog(forged).faults).toMatchObject([{ index, code: "decision.skipped-step" }]);
      }),
      { ...settings, numRuns: Math.ceil(RUNS / 3) },
    );
  });

  it("stays checkable when its first half is redacted, and catches changes in either half", () => {
    const half = redact(long, "2026-02-01", officer("2027-02-01", "Retention"));
    const all = redact(half, "2026-02-02", officer("2027-02-02", "Retention"));
    expect(half.entries.filter(({ data }) => data === null)).toHaveLength(1);
    expect(all.entries.filter(({ data }) => data === null)).toHaveLength(1000);
    expect(verifyLog(all, head)).toEqual({ ok: true, faults: [] });
    expect(JSON.stringify(all)).not.toMatch(/Reason \d|"h\d|"u\d/);
    fc.assert(
      fc.property(
        anyIndex,
        fc.constantFrom("seq", "at", "by", "action", "dataHash", "previous", "hash"),
        (index, field) => {
          const entry = all.entries[index] as unknown as Record<string, unknown>;
          const changed = field === "action" ? "note" : other(entry[field]);
          expect(indexesOf(swappedIn(all, index, { ...entry, [field]: changed }))).toContain(index);
        },
      ),
      settings,
    );
  });
});

describe("guessing what was redacted", () => {
  it("finds nothing among all guesses without the salt, and the truth at once with it", () => {
    const reason = "Call";
    const guesses = Array.from({ length: 500 }, (_, i) => ({ reason, households: [`h${i}`] }));
    const salt = saltOf(1);
    const committed = dataHashOf({ data: guesses[321], salt });
    expect(guesses.filter((data) => dataHashOf({ data, salt: "" }) === committed)).toEqual([]);
    expect(guesses.filter((data) => sha256Hex(JSON.stringify(data)) === committed)).toEqual([]);
    expect(guesses.findIndex((data) => dataHashOf({ data, salt }) === committed)).toBe(321);
  });
});
