import { forbiddenKey, isReservedName } from "./forbidden.js";
import type { IssueLog } from "./issue-log.js";
import { looksLikeCivilRegistrationNumber, type Path, shownKey, shownValue } from "./shown.js";

/** Deeper and larger than any real problem. The deepest field, a polygon's number, lies 10 levels down. */
const MAX_DEPTH = 40;
const MAX_LIST = 200_000;
const MAX_KEYS = 10_000;
const MAX_VALUES = 4_000_000;

/** The walk ends here: too deep or too large. */
const REFUSED = Symbol("refused");

interface Frame {
  readonly source: object;
  /** Null for a list. */
  readonly keys: readonly string[] | null;
  readonly length: number;
  readonly target: Record<string, unknown> | unknown[];
  readonly path: PathNode | null;
  readonly depth: number;
  next: number;
}

interface PathNode {
  readonly parent: PathNode | null;
  readonly step: string | number;
}

const pathOf = (node: PathNode | null): Path => {
  const steps: (string | number)[] = [];
  for (let at = node; at !== null; at = at.parent) steps.unshift(at.step);
  return steps;
};

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A plain copy of an input, read once: own data properties only, no prototype, keys that may not be inputs left out (and reported).
 * Never recursive, so that no depth overflows the stack; a value that cannot be read becomes undefined. Null where the input is too large to go on.
 */
export const snapshot = (input: unknown, log: IssueLog): { readonly value: unknown } | null => {
  const ancestors = new Set<object>();
  const stack: Frame[] = [];
  /** Keys found to be fine, apart for households, where more is forbidden: rows of a list share their keys. */
  const fine = new Set<string>();
  let values = 0;

  const refuse = (code: "input.too-deep" | "input.too-large", path: PathNode | null, limit: string): typeof REFUSED => {
    log.add(code, () => ({
      path: pathOf(path).slice(0, 6),
      expected: limit,
      received: "more",
      message: `The input has more than ${limit} here; no problem is that large.`,
    }));
    return REFUSED;
  };

  const open = (source: object, path: PathNode | null, depth: number): Frame | typeof REFUSED | null => {
    const shape = shapeOf(source, () => pathOf(path), log);
    if (shape === null) return null;
    if (depth > MAX_DEPTH) return refuse("input.too-deep", path, `${MAX_DEPTH} levels of nesting`);
    if (shape.length > (shape.keys === null ? MAX_LIST : MAX_KEYS))
      return refuse("input.too-large", path, `${shape.keys === null ? MAX_LIST : MAX_KEYS} entries`);
    return { source, ...shape, path, depth, next: 0, target: shape.keys === null ? [] : Object.create(null) };
  };

  /** Where the value that is being copied stands; one object for all, as most values are sound and need no path. */
  const at: { parent: PathNode | null; step: string | number | null } = { parent: null, step: null };
  const node = (): PathNode | null => (at.step === null ? null : { parent: at.parent, step: at.step });
  const here = (): Path => pathOf(node());

  /** The copy of one value; objects are opened for the loop below to fill. */
  const copy = (value: unknown, depth: number): unknown => {
    values += 1;
    if (values > MAX_VALUES) return refuse("input.too-large", node(), `${MAX_VALUES} values`);
    if (typeof value !== "object" || value === null) return plainScalar(value, here, log);
    if (ancestors.has(value)) {
      log.add("input.circular", () => ({
        path: here(),
        expected: "plain JSON",
        received: "an object that contains itself",
        message: "An object contains itself; JSON cannot say that.",
      }));
      return undefined;
    }
    const frame = open(value, node(), depth);
    if (frame === null || frame === REFUSED) return frame ?? undefined;
    ancestors.add(value);
    stack.push(frame);
    return frame.target;
  };

  const root = copy(input, 0);
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    if (frame.next >= frame.length) {
      ancestors.delete(frame.source);
      stack.pop();
      continue;
    }
    const index = frame.next;
    frame.next += 1;
    const key = frame.keys === null ? index : (frame.keys[index] ?? "");
    at.parent = frame.path;
    at.step = key;
    if (typeof key === "string") {
      const asked = `${stack[1]?.path?.step === "households"}/${key}`;
      if (!fine.has(asked)) {
        if (!mayBeKey(key, here(), log)) continue;
        fine.add(asked);
      }
    }
    const child = copy(childOf(frame.source, key, here, log), frame.depth + 1);
    if (child === REFUSED) return null;
    if (Array.isArray(frame.target)) frame.target.push(child);
    else if (child !== undefined) frame.target[String(key)] = child;
  }
  return root === REFUSED ? null : { value: root };
};

const notPlain = (received: string, path: () => Path, log: IssueLog): null => {
  log.add("input.not-plain-data", () => ({
    path: path(),
    expected: "plain JSON",
    received,
    message: `The value here is ${received}; only what JSON can hold is read.`,
    hint: received === "a date object" ? "Maybe give the date as text, such as 2026-11-30." : null,
  }));
  return null;
};

const unreadable = (path: () => Path, log: IssueLog): null => {
  log.add("input.unreadable", () => ({
    path: path(),
    expected: "plain JSON",
    received: "a value that cannot be read",
    message: "Reading the value here failed; only plain data is read.",
  }));
  return null;
};

/** A list's length, or an object's own keys; null for what is neither, and for proxies that throw. */
const shapeOf = (
  source: object,
  path: () => Path,
  log: IssueLog,
): { readonly keys: readonly string[] | null; readonly length: number } | null => {
  try {
    if (Array.isArray(source)) return { keys: null, length: source.length };
    const prototype: unknown = Object.getPrototypeOf(source);
    // Plain objects of other realms (frames, workers) have a prototype of their own, whose prototype is null.
    const plain = prototype === null || (typeof prototype === "object" && Object.getPrototypeOf(prototype) === null);
    if (!plain) return notPlain(source instanceof Date ? "a date object" : "an instance of a class", path, log);
    const keys = Object.keys(source);
    return { keys, length: keys.length };
  } catch {
    return unreadable(path, log);
  }
};

const childOf = (source: object, key: string | number, path: () => Path, log: IssueLog): unknown => {
  try {
    const property = Object.getOwnPropertyDescriptor(source, key);
    if (property === undefined) return typeof key === "number" ? null : undefined;
    if (property.get !== undefined || property.set !== undefined) {
      notPlain("a getter", path, log);
      return undefined;
    }
    return property.value;
  } catch {
    unreadable(path, log);
    return undefined;
  }
};

const plainScalar = (value: unknown, path: () => Path, log: IssueLog): unknown => {
  if (typeof value === "number") {
    if (looksLikeCivilRegistrationNumber(value)) civilRegistration(path, log);
    // JSON has no negative zero.
    return value === 0 ? 0 : value;
  }
  if (typeof value === "string") {
    if (value.length >= 10 && looksLikeCivilRegistrationNumber(value)) civilRegistration(path, log);
    if (LONE_SURROGATE.test(value)) malformed(path, log);
    return value;
  }
  if (value === null || value === undefined || typeof value === "boolean") return value;
  notPlain(typeof value === "bigint" ? "a BigInt" : `a ${typeof value}`, path, log);
  return undefined;
};

const civilRegistration = (path: () => Path, log: IssueLog): void =>
  log.add("input.civil-registration-number", () => ({
    path: path(),
    expected: "no civil registration number",
    received: "(hidden)",
    message:
      "The value here looks like a civil registration number, which may not be an input. Give a pseudonymous id instead.",
  }));

const malformed = (path: () => Path, log: IssueLog): void =>
  log.add("input.malformed-text", () => ({
    path: path(),
    expected: "well-formed Unicode",
    received: "a text with half a character",
    message: "The text here holds half a Unicode character (a lone surrogate), which no file can store.",
  }));

const mayBeKey = (key: string, path: Path, log: IssueLog): boolean => {
  if (isReservedName(key)) {
    log.add("input.reserved-key", () => ({
      path,
      expected: "another key",
      received: shownKey(key),
      message: `The key "${shownKey(key)}" has a meaning of its own in JavaScript and is never read.`,
    }));
    return false;
  }
  if (LONE_SURROGATE.test(key)) {
    malformed(() => path, log);
    return false;
  }
  if (looksLikeCivilRegistrationNumber(key)) {
    civilRegistration(() => path, log);
    return false;
  }
  const why = key.length > 200 ? null : forbiddenKey(key, path);
  if (why === null) return true;
  log.add("input.forbidden-key", () => ({
    path,
    expected: "no such key",
    received: shownValue({}),
    message: `The key "${shownKey(key)}" may not be an input. ${why}`,
  }));
  return false;
};
