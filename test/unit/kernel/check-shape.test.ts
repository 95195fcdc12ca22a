import { describe, expect, it } from "vitest";
import type { CertifiedNode } from "../../../src/kernel/certificate.js";
import { checkCertificate } from "../../../src/kernel/check.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { certificateOf } from "./mutations.js";
import { complete } from "./tiny.js";

describe("a certificate that is malformed", () => {
  const model = complete(1, [1, 1], {
    rows: [{ name: "served", arcs: [0, 1], coefficients: [1, 1], min: 1 }],
    tiers: [{ name: "cost", sense: "min", weights: [3, 2] }],
  });
  const result = optimizeSync(model);
  const own = certificateOf(result);
  const problemsOf = (change: object): readonly string[] =>
    checkCertificate(model, { ...result, certificate: { ...own, ...change } }).problems;
  const inStage = (change: object): object => ({ stages: own.stages.map((stage) => ({ ...stage, ...change })) });
  const inNode = (change: object): object => inStage({ tree: [{ prices: [], ...change }] });
  const branch = { agent: 0, arcs: [0] };

  it("is refused rather than read, and one that is not is read", () => {
    expect(problemsOf({})).toEqual([]);
    // Certificates from before there were blocks have none.
    expect(problemsOf({ blocks: undefined })).not.toContain("the certificate is malformed");
  });

  it.each([
    ["stages", { stages: undefined }],
    ["stages that are a number", { stages: 3 }],
    ["a stage", { stages: [null] }],
    ["counts", { counts: null }],
    ["a count's row", { counts: [{ coefficient: 1 }] }],
    ["tolerances", { tolerances: null }],
    ["blocks that are a list", { blocks: 7 }],
    ["a tree", inStage({ tree: undefined })],
    ["cuts", inStage({ cutsAfter: undefined })],
    ["a shrinking tree that is one", inStage({ shrink: 5 })],
    ["a choice that is a list", inStage({ choice: { length: 1e12 } })],
    ["a number to keep to", inStage({ keep: "7" })],
    ["a node", inStage({ tree: new Array<CertifiedNode>(1) })],
    ["prices of a node", inNode({ prices: undefined })],
    ["a list of prices", inNode({ prices: [{ rows: null, limits: [], places: [] }] })],
    ["a price", inNode({ prices: [{ rows: [null], limits: [], places: [] }] })],
    ["a price that is a number", inNode({ prices: [{ rows: [[0, "1"]], limits: [], places: [] }] })],
    ["parts that are two numbers", inNode({ branch, parts: "ab" })],
    ["a branch's arcs", inNode({ branch: { agent: 0, arcs: 7 }, parts: [1, 2] })],
    ["the names of rows that clash", { infeasible: { rows: [3], minimal: true } }],
  ])("is told of where it has not: %s", (_, change) => {
    expect(problemsOf(change)).toEqual(["the certificate is malformed"]);
  });
});
