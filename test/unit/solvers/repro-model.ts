import { readdirSync, readFileSync } from "node:fs";
import type { PlainModel, PlainRow, PlainVariable } from "../../../src/solvers/plain.js";

const FOLDER = new URL("../../fixtures/solver-repros/", import.meta.url);

/** A model in javascript-lp-solver's words, as the fixtures hold it. */
export interface EngineFixture {
  readonly optimize: string;
  readonly opType: "min" | "max";
  readonly constraints: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly variables: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly ints?: Readonly<Record<string, 1>>;
  readonly binaries?: Readonly<Record<string, 1>>;
  readonly unrestricted?: Readonly<Record<string, 1>>;
}

export interface Repro {
  readonly name: string;
  readonly model: EngineFixture | null;
  readonly plain: PlainModel;
}

interface Fixture {
  readonly name: string;
  readonly model?: EngineFixture;
  readonly ir?: {
    readonly sense: "min" | "max";
    readonly vars: readonly PlainVariable[];
    readonly cons: readonly {
      readonly id: string;
      readonly lo: unknown;
      readonly hi: unknown;
      readonly t: PlainRow["t"];
    }[];
  };
}

/** Numbers that JSON cannot hold stand as words: "Infinity", "NaN (number)". */
const number = (value: unknown, absent: number): number =>
  value === undefined ? absent : Number(String(value).replace(" (number)", ""));

const fromEngine = (model: EngineFixture): PlainModel => {
  const named = Object.entries(model.variables);
  const has = (set: Readonly<Record<string, 1>> | undefined, id: string) => set !== undefined && Object.hasOwn(set, id);
  const coefficient = (terms: Readonly<Record<string, number>>, id: string) =>
    Object.hasOwn(terms, id) ? terms[id] : undefined;
  return {
    sense: model.opType,
    vars: named.map(([id, terms]) => ({
      id,
      obj: coefficient(terms, model.optimize) ?? 0,
      type: has(model.binaries, id) ? "B" : has(model.ints, id) ? "I" : "C",
      free: has(model.unrestricted, id),
    })),
    cons: Object.entries(model.constraints).map(([id, { min, max, equal }]) => ({
      id,
      lo: number(equal ?? min, Number.NEGATIVE_INFINITY),
      hi: number(equal ?? max, Number.POSITIVE_INFINITY),
      t: named.flatMap(([, terms], j) => {
        const a = coefficient(terms, id);
        return a === undefined ? [] : [[j, a] as const];
      }),
    })),
  };
};

const plainOf = ({ ir, model, name }: Fixture): PlainModel => {
  if (ir !== undefined)
    return {
      sense: ir.sense,
      vars: ir.vars,
      cons: ir.cons.map(({ id, lo, hi, t }) => ({
        id,
        lo: number(lo, Number.NEGATIVE_INFINITY),
        hi: number(hi, Number.POSITIVE_INFINITY),
        t,
      })),
    };
  if (model !== undefined) return fromEngine(model);
  throw new Error(`${name} holds no model`);
};

/** Every fixture of a solver's fault, in the neutral form. */
export const repros: readonly Repro[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json"))
  .sort()
  .map((file) => {
    const fixture = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as Fixture;
    return { name: fixture.name, model: fixture.model ?? null, plain: plainOf(fixture) };
  });
