// Typed arrays are read with `as number` here: every index is drawn within its range.
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/random.js";
import { coreOf } from "../../../src/kernel/core.js";
import { wholeDomain } from "../../../src/kernel/domain.js";
import { effectCodes } from "../../../src/kernel/moves.js";
import { positionOf } from "../../../src/kernel/position.js";
import { limitOf, stageOf } from "../../../src/kernel/stage.js";
import { diceOf } from "../../support/random-model.js";
import { complete } from "./tiny.js";

const AGENTS = 6;
const PLACES = 8;

/** Six agents anywhere among eight places: a row holds half of these, and two tiers without rows are held, one of them in thirds. */
const ground = (seed: number) => {
  const dice = diceOf(seed);
  const arcs = Array.from({ length: AGENTS * PLACES }, (_, arc) => arc);
  const size = arcs.map((arc) => 1 + (Math.floor(arc / PLACES) % 8));
  const own = arcs.filter((arc) => arc % PLACES < PLACES / 2);
  const row = { name: "half", arcs: own, coefficients: own.map((arc) => size[arc] as number), min: 5, max: 12 };
  const core = coreOf(complete(AGENTS, Array<number>(PLACES).fill(1), { rows: [row] }));
  const domain = wholeDomain(core, true);
  const stage = (name: string, weights: readonly number[]) =>
    stageOf(core, domain, { name, sign: 1, weights, pieces: [] });
  const holds = [
    stage("placed", size),
    stage(
      "worth",
      arcs.map(() => dice.whole([0, 9]) / 3),
    ),
  ];
  const held = holds.map((one) => limitOf(core, one, { limit: 20 * one.scale, domain, support: null }));
  const cost = stage(
    "cost",
    arcs.map(() => dice.whole([0, 9])),
  );
  const position = positionOf({ core, stage: cost, limits: [], held, counts: [], blocks: [] }, domain);
  position.load(Array.from({ length: AGENTS }, (_, agent) => agent * PLACES + agent));
  return { dice, position, codes: effectCodes(position, seededRandom(seed)) };
};

describe("the number of what a move does to what is held", () => {
  it("adds up where moves are made together, 1,000 times", () => {
    let pairs = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { dice, position, codes } = ground(seed);
      const { moving, movingTo, now } = position;
      const codeOf = (moves: readonly (readonly [number, number])[]): number => {
        now.moves = moves.length;
        moves.forEach(([agent, arc], i) => {
          moving[i] = agent;
          movingTo[i] = arc;
        });
        position.tryMoves();
        return position.codeOfChange(codes);
      };
      const draw = (agent: number): readonly [number, number] =>
        dice.chance(0.3) ? [agent, -1] : [agent, agent * PLACES + dice.whole([0, PLACES - 1])];
      for (let i = 0; i < 50; i++) {
        const first = dice.whole([0, AGENTS - 1]);
        const [one, other] = [draw(first), draw((first + dice.whole([1, AGENTS - 1])) % AGENTS)];
        expect((codeOf([one]) + codeOf([other])) | 0).toBe(codeOf([one, other]));
        pairs++;
      }
    }
    expect(pairs).toBe(1000);
  });

  it("tells four persons from none where steps are large powers of two", () => {
    const { position, codes } = ground(1);
    const { moving, movingTo, now } = position;
    // Of the codes that of persons alone: agents 0 to 5 are so many and one.
    const [, ofPersons = 0] = codes;
    const found = Array.from({ length: AGENTS }, (_, agent) => {
      now.moves = 1;
      moving[0] = agent;
      movingTo[0] = -1;
      position.tryMoves();
      return position.codeOfChange(Int32Array.of(0, ofPersons, 0));
    });
    expect(found).not.toContain(0);
    expect(new Set(found).size).toBe(AGENTS);
  });
});
