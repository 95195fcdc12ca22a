import { type Issue, ProblemError } from "../base/errors.js";
import type { KernelModel, KernelOptions } from "./model.js";

const issue = (code: string, path: string, expected: string, received: unknown): Issue => ({
  code,
  path,
  subject: null,
  expected,
  received: String(received),
  message: `${path} is ${String(received)}; it must be ${expected}.`,
  hint: null,
});

const isIndex = (value: unknown, size: number): boolean =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < size;

const isFiniteNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

/** The first places in a list that fail; a list of a million bad entries is one fault, not a million. */
const entries = (
  list: ArrayLike<number>,
  path: string,
  code: string,
  expected: string,
  ok: (value: number) => boolean,
): readonly Issue[] => {
  for (let i = 0; i < list.length; i++) {
    const value = list[i] as number;
    if (!ok(value)) return [issue(code, `${path}[${i}]`, expected, value)];
  }
  return [];
};

const sameLength = (list: ArrayLike<number>, path: string, length: number): readonly Issue[] =>
  list.length === length ? [] : [issue("model.wrong-length", `${path}.length`, `${length}`, list.length)];

const bound = (value: number | undefined, path: string, beyond: number): readonly Issue[] =>
  value === undefined || (typeof value === "number" && !Number.isNaN(value) && value !== beyond)
    ? []
    : [issue("model.not-a-number", path, "a number that a row can keep to", value)];

const rowIssues = ({ rows, arcs }: KernelModel): readonly Issue[] =>
  rows.flatMap((row, r) => {
    const path = `rows[${r}]`;
    return [
      ...sameLength(row.coefficients, `${path}.coefficients`, row.arcs.length),
      ...entries(row.arcs, `${path}.arcs`, "model.index-out-of-range", "the index of an arc", (arc) =>
        isIndex(arc, arcs.agent.length),
      ),
      ...entries(row.coefficients, `${path}.coefficients`, "model.not-a-number", "a finite number", isFiniteNumber),
      ...bound(row.min, `${path}.min`, Number.POSITIVE_INFINITY),
      ...bound(row.max, `${path}.max`, Number.NEGATIVE_INFINITY),
    ];
  });

const tierIssues = ({ tiers, rows, arcs }: KernelModel): readonly Issue[] =>
  tiers.flatMap((tier, t) => {
    const path = `tiers[${t}]`;
    const isRow = (row: number) => isIndex(row, rows.length);
    const { weights = [], convex = [], leximax = [], sense, tolerance = 0 } = tier;
    const wrongSign = (scale: number) => (sense === "min" ? scale < 0 : scale > 0);
    return [
      ...(sense === "min" || sense === "max"
        ? []
        : [issue("model.unknown-sense", `${path}.sense`, '"min" or "max"', sense)]),
      ...(isFiniteNumber(tolerance) && tolerance >= 0
        ? []
        : [issue("model.bad-tolerance", `${path}.tolerance`, "a finite number, 0 or more", tolerance)]),
      ...(tier.weights === undefined ? [] : sameLength(weights, `${path}.weights`, arcs.agent.length)),
      ...entries(weights, `${path}.weights`, "model.not-a-number", "a finite number", isFiniteNumber),
      ...convex.flatMap((term, i) => [
        ...(isRow(term.row)
          ? []
          : [issue("model.index-out-of-range", `${path}.convex[${i}].row`, "the index of a row", term.row)]),
        ...(["absolute", "quadratic"].includes(term.form)
          ? []
          : [issue("model.unknown-form", `${path}.convex[${i}].form`, '"absolute" or "quadratic"', term.form)]),
        ...(isFiniteNumber(term.target)
          ? []
          : [issue("model.not-a-number", `${path}.convex[${i}].target`, "a finite number", term.target)]),
        ...(isFiniteNumber(term.scale) && !wrongSign(term.scale)
          ? []
          : [
              issue(
                "model.not-convex",
                `${path}.convex[${i}].scale`,
                sense === "max" ? "finite, 0 or less, since the tier is maximised" : "finite, 0 or more",
                term.scale,
              ),
            ]),
      ]),
      ...leximax.flatMap((term, i) => [
        ...(isRow(term.row)
          ? []
          : [issue("model.index-out-of-range", `${path}.leximax[${i}].row`, "the index of a row", term.row)]),
        ...(isFiniteNumber(term.offset)
          ? []
          : [issue("model.not-a-number", `${path}.leximax[${i}].offset`, "a finite number", term.offset)]),
        ...(isFiniteNumber(term.divisor) && term.divisor > 0
          ? []
          : [issue("model.bad-divisor", `${path}.leximax[${i}].divisor`, "a number above 0", term.divisor)]),
      ]),
      ...((tier.leximax !== undefined && (weights.length > 0 || convex.length > 0)) ||
      (leximax.length > 0 && sense === "max")
        ? [issue("model.mixed-leximax", path, "a minimised tier of leximax terms alone", "mixed")]
        : []),
    ];
  });

const namesOnce = (names: readonly string[], path: string): readonly Issue[] => {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  return twice === undefined ? [] : [issue("model.name-twice", path, "named once each", twice)];
};

const toleranceIssues = ({ tolerance = {} }: KernelOptions): readonly Issue[] =>
  Object.entries(tolerance).flatMap(([tier, value]) =>
    isFiniteNumber(value) && value >= 0
      ? []
      : [issue("model.bad-tolerance", `options.tolerance.${tier}`, "a finite number, 0 or more", value)],
  );

/** An earlier result helps only where agents and places are the same. */
const earlierIssues = ({ agents, places }: KernelModel, { earlier }: KernelOptions): readonly Issue[] => {
  if (earlier === undefined) return [];
  const { model, result } = earlier;
  const same = (path: string, own: number, given: unknown): readonly Issue[] =>
    given === own ? [] : [issue("model.other-model", `options.earlier.${path}`, `${own}`, given)];
  return [
    ...same("model.agents", agents, model.agents),
    ...same("model.places.length", places.length, model.places.length),
    ...same("result.arcOf.length", agents, result.arcOf?.length),
  ];
};

/** @throws ProblemError with every fault of a model and its options: lengths, indices, numbers, signs, names. */
export const validateModel = (model: KernelModel, options: KernelOptions = {}): void => {
  const { agents, places, arcs, tiers } = model;
  const issues = [
    ...(Number.isInteger(agents) && agents >= 0
      ? []
      : [issue("model.bad-count", "agents", "a whole number, 0 or more", agents)]),
    ...entries(
      places,
      "places",
      "model.bad-count",
      "a whole number, 0 or more, or Infinity",
      (units) => units === Number.POSITIVE_INFINITY || (Number.isInteger(units) && units >= 0),
    ),
    ...sameLength(arcs.place, "arcs.place", arcs.agent.length),
    ...entries(arcs.agent, "arcs.agent", "model.index-out-of-range", "the index of an agent", (agent) =>
      isIndex(agent, agents),
    ),
    ...entries(arcs.place, "arcs.place", "model.index-out-of-range", "the index of a place", (place) =>
      isIndex(place, places.length),
    ),
    ...rowIssues(model),
    ...tierIssues(model),
    ...toleranceIssues(options),
    ...earlierIssues(model, options),
    ...namesOnce(
      tiers.map(({ name }) => name),
      "tiers",
    ),
  ];
  if (issues.length > 0) throw new ProblemError(issues);
};
