// The built package as a user has it: resolved by its own name, through its `exports`.
import assert from "node:assert/strict";
import { allocate, apportion, ProblemError, parseProblem, verify } from "evenstead";
import { checkCertificate, optimize } from "evenstead/kernel";

assert.deepEqual(apportion(60, [20004, 4902, 7027], "hamilton"), [38, 9, 13]);
assert.throws(() => parseProblem({}), ProblemError);

const problem = {
  format: "evenstead/problem@1",
  municipality: { name: "Testby" },
  asOf: "2026-11-01",
  districts: [
    { id: "north", name: "North", population: 100 },
    { id: "south", name: "South", population: 100 },
  ],
  dwellings: [
    { id: "u1", district: "north", rooms: 2, maxPersons: 4 },
    { id: "u2", district: "south", rooms: 2, maxPersons: 4 },
    { id: "u3", district: "south", rooms: 2, maxPersons: 4 },
  ],
  households: [
    { id: "h1", members: [{ age: 30 }, { age: 5 }] },
    { id: "h2", members: [{ age: 40 }, { age: 41 }] },
  ],
};
const plan = await allocate(problem);
assert.equal(plan.unplaced.length, 0);
assert.equal(verify(problem, plan).ok, true);
assert.deepEqual(
  plan.districts.map(({ placed }) => placed),
  [2, 2],
);

const model = {
  agents: 1,
  places: [1],
  arcs: { agent: [0], place: [0] },
  rows: [],
  tiers: [{ name: "placed", sense: "max", weights: [3] }],
};
const result = await optimize(model);
assert.equal(result.tiers[0].value, 3);
checkCertificate(model, result);
console.log("package: import works");
