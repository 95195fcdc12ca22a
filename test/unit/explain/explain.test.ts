import { describe, expect, it } from "vitest";
import { allocate } from "../../../src/allocate.js";
import { ProblemError } from "../../../src/base/errors.js";
import { audit } from "../../../src/checks.js";
import { type ExplainOptions, explain } from "../../../src/explain/explain.js";
import type { Explanation } from "../../../src/explain/explanation.js";
import { recommend } from "../../../src/plans/recommend.js";
import { district, dwelling, household, problemOf } from "../../support/town.js";

/**
 * A takes 60, B 40 of every 100. u1 to u5 pass no rule by chance: u1 is too small for h1, u2 too dear, u3 not step-free, u4 and u5 fit.
 */
const TOWN = problemOf({
  districts: [district("A", 60), district("B", 40)],
  dwellings: [
    dwelling("u1", "A", { maxPersons: 2, rent: 3000, stepFree: true }),
    dwelling("u2", "A", { maxPersons: 4, rent: 9000, stepFree: true }),
    dwelling("u3", "A", { maxPersons: 4, rent: 4000 }),
    dwelling("u4", "A", { maxPersons: 4, rent: 4500, stepFree: true, rooms: 2 }),
    dwelling("u5", "B", { maxPersons: 4, rent: 4600, stepFree: true, rooms: 2 }),
  ],
  households: [
    household("h1", 3, { needs: { maxRent: 5000, stepFree: true } }),
    household("h2", 2, { needs: { maxRent: 5000 } }),
  ],
  policy: { tiers: ["placed", "evenness", "fit"] },
});

const told = async (problem: unknown, id: string, options: ExplainOptions = {}): Promise<Explanation> =>
  explain(problem, await allocate(problem), id, options);

describe("explain", () => {
  it("counts what each rule left: 5, then 4, 3 and 2 dwellings", async () => {
    const { funnel } = await told(TOWN, "h1");
    expect(funnel.dwellings).toBe(5);
    expect(
      funnel.steps
        .filter(({ ruledOut }) => ruledOut.length > 0)
        .map(({ rule, before, ruledOut, left }) => [rule, before, ruledOut, left]),
    ).toEqual([
      ["unit.capacity", 5, ["u1"], 4],
      ["need.accessibility", 4, ["u3"], 3],
      ["affordability.max", 3, ["u2"], 2],
    ]);
    expect(funnel.left).toEqual(["u4", "u5"]);
  });

  it("says which aim speaks against the other dwelling, and shows it solved again", async () => {
    const { proposal, considerations, alternatives } = await told(TOWN, "h1");
    expect(proposal?.dwelling).toBe("u4");
    expect(considerations.tiers.map(({ tier, settled }) => [tier, settled])).toEqual([
      ["placed", []],
      ["evenness", [{ dwelling: "u5", certainty: "exact" }]],
      ["fit", []],
    ]);
    expect(alternatives[0]).toMatchObject({ dwelling: "u5", overrides: [], verdict: "worse", decidedBy: "evenness" });
  });

  it("fills up with dwellings that a rule bars, and says which rule a person would set aside", async () => {
    const { alternatives } = await told(TOWN, "h1");
    expect(alternatives).toHaveLength(2);
    expect(alternatives[1]).toMatchObject({ dwelling: "u2", overrides: [{ rule: "affordability.max" }] });
  });

  it("uses the facts that rules and aims read, and none else", async () => {
    const wishing = {
      ...TOWN,
      households: [
        household("h1", 3, { needs: { stepFree: true }, wishes: [{ district: "B" }], waitingSince: "2026-01-01" }),
      ],
    };
    const { facts } = await told(wishing, "h1");
    expect(facts.map(({ code }) => code)).toEqual([
      "persons",
      "step-free-needed",
      "district",
      "rooms",
      "room-for",
      "step-free",
      "district-load",
    ]);
    const { facts: withWishes } = await told({ ...wishing, policy: { tiers: ["placed", "wishes"] } }, "h1");
    expect(withWishes.map(({ code }) => code)).toContain("wish");
  });

  it("answers why not u5 with what having it costs, and why not u1 with the rule that bars it", async () => {
    const other = await told(TOWN, "h1", { whyNot: "u5" });
    expect(other.contrast).toMatchObject({ isProposed: false, barriers: [], alternative: { decidedBy: "evenness" } });
    const small = await told(TOWN, "h1", { whyNot: "u1" });
    expect(small.contrast).toMatchObject({ barriers: [{ rule: "unit.capacity", absolute: true }], alternative: null });
    expect(small.text.da).toContain("Bolig u1 er udelukket: Husstanden er på 3 personer; boligen må højst rumme 2.");
    const priced = await told(TOWN, "h1", { whyNot: "u1", legalBasis: "test" });
    expect(priced.contrast?.alternative).toMatchObject({ dwelling: "u1", overrides: [{ rule: "unit.capacity" }] });
    expect((await told(TOWN, "h1", { whyNot: "u4" })).contrast?.isProposed).toBe(true);
  });

  it("says that a dwelling is pinned to another household", async () => {
    const pin = { kind: "pin", household: "h2", dwelling: "u5", by: "officer-1", reason: "work nearby" };
    const { contrast, text } = await told({ ...TOWN, decisions: [pin] }, "h1", { whyNot: "u5" });
    expect(contrast?.clash?.members).toMatchObject([{ rule: "pin", subject: "h2" }]);
    expect(text.en).toContain("No plan can give the household dwelling u5. It clashes with: household h2 is pinned");
  });

  it("gives a pinned household the reason of the person who pinned it", async () => {
    const pin = { kind: "pin", household: "h1", dwelling: "u5", by: "officer-1", reason: "work nearby" };
    const { text, pin: told1, alternatives } = await told({ ...TOWN, decisions: [pin] }, "h1");
    expect(told1?.by).toBe("officer-1");
    expect(text.en).toContain(
      'officer-1 has pinned the household to dwelling u5, giving this reason: "work nearby". The proposal',
    );
    expect(alternatives[0]).toMatchObject({ dwelling: "u4", verdict: "better" });
  });

  it("says nothing of other dwellings where none were asked for, rather than that there are none", async () => {
    const { text, alternatives } = await told(TOWN, "h1", { alternatives: 0 });
    expect(alternatives).toEqual([]);
    expect(text.da).not.toContain("Andre boliger");
    expect(text.en).not.toContain("Other dwellings");
    const alone = { ...TOWN, dwellings: [dwelling("u1", "A", { stepFree: true, rent: 3000 })] };
    expect((await told(alone, "h1")).text.en).toContain("There is no other dwelling that the household could be given");
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses to show %d other dwellings", async (count) => {
    const plan = await allocate(TOWN);
    const refused = /must be a whole number, 0 or more/;
    expect(() => explain(TOWN, plan, "h1", { alternatives: count })).toThrow(refused);
    expect(() => recommend(TOWN, plan, "h1", { count })).toThrow(refused);
    expect(recommend(TOWN, plan, "h1", { count: 0 })).toEqual([]);
  });

  it("finds another dwelling that no short chain of moves reaches, and solves the plan with it", async () => {
    // h1 gets u5 only if h2 goes to u4, h3 to u3 and h4 to u2; the quota lets nobody go without a home.
    const fits: Readonly<Record<string, readonly string[]>> = {
      h1: ["u1", "u5"],
      h2: ["u5", "u4"],
      h3: ["u4", "u3"],
      h4: ["u3", "u2"],
    };
    const rooms = ["u1", "u2", "u3", "u4", "u5"].map((id) =>
      dwelling(id, "A", {
        municipalCost: id === "u2" ? 700 : 0,
        features: Object.keys(fits).filter((one) => fits[one]?.includes(id)),
      }),
    );
    const town = {
      ...TOWN,
      dwellings: rooms,
      households: Object.keys(fits).map((id) => household(id, 2, { needs: { features: [id] } })),
      quotas: [{ id: "all", scope: { district: "A" }, min: 8, legalBasis: "council" }],
      policy: { tiers: ["placed", "cost"] },
    };
    const { proposal, considerations, alternatives } = await told(town, "h1", { alternatives: 1 });
    expect(proposal?.dwelling).toBe("u1");
    expect(recommend(town, await allocate(town), "h1")).toEqual([]);
    expect(alternatives).toMatchObject([{ dwelling: "u5", overrides: [], verdict: "worse", decidedBy: "cost" }]);
    expect(alternatives[0]?.moves).toHaveLength(4);
    expect(considerations.notReached).toEqual([]);
  });

  it("says for each household what clashes where no plan keeps everything", async () => {
    const { text, clashes, relaxations } = await told(
      { ...TOWN, quotas: [{ id: "q1", scope: { district: "A" }, min: 50, legalBasis: "council" }] },
      "h1",
    );
    expect(clashes).toMatchObject([{ members: [{ rule: "quota", subject: "q1" }] }]);
    expect(relaxations).toEqual([]);
    expect(text.da).toContain("Dette kan ikke overholdes: kvote q1.");
    expect(text.en).toContain("This cannot hold: quota q1.");
  });

  it("tells a limit that is broken by little apart from what breaks it: 4,500.4 kroner against 4,500, and 2.017 km against 2", async () => {
    const near = {
      ...TOWN,
      services: [{ id: "s", kind: "school", location: [10.8, 55.3] }],
      dwellings: [
        dwelling("u1", "A", { rent: 4500.4, location: [10.8, 55.3] }),
        dwelling("u2", "A", { rent: 3000, location: [10.8318, 55.3] }),
      ],
      households: [
        household("h1", 3, { needs: { maxRent: 4500, near: [{ kind: "school", withinKm: 2, required: true }] } }),
      ],
    };
    const { text } = await told(near, "h1");
    expect(text.da).toContain("Huslejen er 4.500,4 kr. pr. måned; husstanden kan højst betale 4.500 kr.");
    expect(text.en).toContain("The rent is DKK 4,500.4 a month; the household can pay DKK 4,500 at most.");
    expect(text.da).toMatch(/Der er 2,0\d+ km til skole; husstanden skal bo inden for 2 km\./);
    expect(text.en).toMatch(/It is 2\.0\d+ km to a school; the household must live within 2 km\./);
  });

  it("counts 3 dwellings of which one stands for 4 alike as 6 homes, and says of the proposed one that it is one of 4", async () => {
    const alike = {
      ...TOWN,
      dwellings: [
        dwelling("u1", "A", { rooms: 2 }),
        dwelling("u2", "A", { rooms: 1, count: 4 }),
        dwelling("u3", "A", { count: 0 }),
        dwelling("u4", "B"),
      ],
      households: [household("h1", 1)],
    };
    const { funnel, text, proposal } = await told(alike, "h1");
    expect([funnel.dwellings, funnel.homes, proposal?.dwelling]).toEqual([3, 6, "u2"]);
    expect(text.da).toContain(
      "Der er 3 ledige boliger på listen (6, når ens boliger med samme nummer tælles hver for sig).",
    );
    expect(text.en).toContain(
      "There are 3 free dwellings on the list (6 if those that are alike and share an id are counted singly).",
    );
    expect(text.da).toContain("Boligen: i A; en af 4 ens boliger med dette nummer;");
    expect(text.en).toContain("The dwelling: in A; one of 4 alike that share this id;");
    expect((await told(TOWN, "h1")).text.da).toContain("Der er 5 ledige boliger på listen. Reglerne");
  });

  it("names the rules that a pin sets aside, with their legal basis, and none where it sets nothing aside", async () => {
    const pin = { kind: "pin", household: "h1", dwelling: "u1", by: "officer-1", reason: "A month at most." };
    const rules = { overrides: ["unit.capacity", "affordability.max"], legalBasis: "council, 3 May" };
    const { setAside, text } = await told({ ...TOWN, decisions: [{ ...pin, ...rules }] }, "h1");
    // u1 is cheap enough: that rule is named in the pin, but not set aside.
    expect(setAside.map(({ rule }) => rule)).toEqual(["unit.capacity"]);
    expect(text.en).toContain(
      'reason: "A month at most". The proposal follows that decision.\nThat decision sets this aside: The household has 3 persons; the dwelling may take 2 at most. Legal basis: council, 3 May. Without',
    );
    expect(text.da).toContain(
      "ser bort fra dette: Husstanden er på 3 personer; boligen må højst rumme 2. Hjemmel: council, 3 May.",
    );
    const plain = await told({ ...TOWN, decisions: [{ ...pin, dwelling: "u5" }] }, "h1");
    expect([plain.setAside, plain.text.en.includes("sets this aside")]).toEqual([[], false]);
  });

  it("refuses an unknown household and an unknown dwelling", async () => {
    const codeOf = async (id: string, options: ExplainOptions): Promise<string | undefined> => {
      try {
        await told(TOWN, id, options);
      } catch (error) {
        if (error instanceof ProblemError) return error.issues[0]?.code;
        throw error;
      }
      return undefined;
    };
    expect(await codeOf("h9", {})).toBe("household.unknown");
    expect(await codeOf("h1", { whyNot: "u9" })).toBe("dwelling.unknown");
  });

  it("writes both languages with rules, considerations, facts and what a person still decides", async () => {
    const { text } = await told(TOWN, "h1");
    for (const part of [
      "Regler",
      "Hovedhensyn",
      "Faktiske oplysninger",
      "Andre boliger",
      "mangler at blive afgjort",
      "4.500 kr.",
    ])
      expect(text.da).toContain(part);
    for (const part of [
      "Rules",
      "Main considerations",
      "Facts relied on",
      "Other dwellings",
      "remains to be decided",
      "4,500",
    ])
      expect(text.en).toContain(part);
    expect(text.da).not.toMatch(/undefined|NaN|\[object|household|dwelling/);
    expect(text.en).not.toMatch(/undefined|NaN|\[object|husstand|\bbolig\b/i);
  });
});

describe("explain, of equals", () => {
  const equals = (more: Record<string, unknown>, waiting: readonly (string | null)[]) =>
    problemOf({
      dwellings: [dwelling("u1", "A", { rooms: 2, maxPersons: 4 })],
      households: waiting.map((waitingSince, i) => household(`h${i + 1}`, 3, { waitingSince })),
      policy: { tiers: ["placed", "fit"], ...more },
    });

  it("says that waiting time told two equals apart, and who went first", async () => {
    const { draw, text } = await told(equals({}, ["2026-05-01", "2026-02-01"]), "h1");
    expect(draw).toMatchObject({
      by: "waiting",
      order: [
        { household: "h2", dwelling: "u1" },
        { household: "h1", dwelling: null },
      ],
    });
    expect(text.da).toContain("Den, der har ventet længst, går forud.");
    expect(text.da).toContain("I den rækkefølge får h2 bolig u1 og h1 ingen bolig.");
    // How long another household has waited is told to nobody.
    expect(text.da).not.toContain("februar");
    // 3 for 3: as many persons have a home whichever of the two goes first.
    expect(text.da).toContain("ville h2 være uden bolig, og i alt ville lige så mange personer få et hjem.");
  });

  it("says that a draw told two equals apart, with the seed to draw again", async () => {
    const { draw, text } = await told(
      equals({ draw: { rule: "hash", seed: "s-17" } }, ["2026-05-01", "2026-02-01"]),
      "h1",
    );
    expect(draw?.by).toBe("number");
    expect(draw?.order.map(({ number }) => number)).toEqual(
      [...(draw?.order ?? [])].map(({ number }) => number).sort(),
    );
    expect(text.en).toContain('SHA-256 of the seed "s-17"');
  });

  it("says nothing of a draw where nobody is equal", async () => {
    expect((await told(TOWN, "h1")).draw).toBeNull();
  });
});

describe("recommend", () => {
  it("shows a dwelling that is just as good as exact, and one that costs as what it costs", async () => {
    const plan = await allocate(TOWN);
    const [first] = recommend(TOWN, plan, "h1");
    const [solved] = recommend(TOWN, plan, "h1", { confirm: true });
    expect(first).toMatchObject({ dwelling: "u5", decidedBy: "evenness", certainty: "at most" });
    expect(first?.tiers[0]).toMatchObject({ name: "placed", effect: "same", certainty: "exact" });
    expect(solved).toMatchObject({ dwelling: "u5", decidedBy: "evenness", certainty: "exact" });
    expect(first?.tiers.map(({ change }) => change)).toEqual(solved?.tiers.map(({ change }) => change));
  });

  it("shows no more than asked for", async () => {
    const plan = await allocate(TOWN);
    expect(recommend(TOWN, plan, "h2", { count: 1 })).toHaveLength(1);
    expect(recommend(TOWN, plan, "h2").length).toBeGreaterThan(1);
  });
});

describe("audit", () => {
  it("counts which rules pins override, most often first", async () => {
    const pins = [
      { household: "h1", dwelling: "u2", overrides: ["affordability.max"] },
      { household: "h2", dwelling: "u1", overrides: ["affordability.max", "need.accessibility"] },
    ];
    const problem = {
      ...TOWN,
      households: [
        household("h1", 3, { needs: { maxRent: 5000, features: ["lift"] } }),
        household("h2", 2, { needs: { maxRent: 2500 } }),
      ],
      decisions: pins.map((pin) => ({ ...pin, kind: "pin", by: "officer-1", reason: "agreed" })),
    };
    const needing = {
      ...problem,
      decisions: problem.decisions.map((one) => ({ ...one, overrides: ["affordability.max", "need.accessibility"] })),
    };
    const plan = await allocate(needing);
    expect(audit(needing, plan).overrides).toEqual([
      { rule: "affordability.max", times: 2 },
      { rule: "need.accessibility", times: 1 },
    ]);
  });

  it("counts a rule once for a household against which it stands twice, so that 1 pin does not outnumber 2", async () => {
    const near = ["school", "health", "station"].map((kind) => ({ kind, withinKm: 1, required: true }));
    const problem = {
      ...TOWN,
      services: near.map(({ kind }) => ({ id: kind, kind, location: [10.8, 55.3] })),
      households: [
        household("h1", 3, { needs: { near } }),
        household("h2", 2, { needs: { maxRent: 2500 } }),
        household("h3", 1, { needs: { maxRent: 2500 } }),
      ],
      decisions: [
        { household: "h1", dwelling: "u4", overrides: ["need.near"] },
        { household: "h2", dwelling: "u1", overrides: ["affordability.max"] },
        { household: "h3", dwelling: "u3", overrides: ["affordability.max"] },
      ].map((pin) => ({ ...pin, kind: "pin", by: "officer-1", reason: "agreed" })),
    };
    expect(audit(problem, await allocate(problem)).overrides).toEqual([
      { rule: "affordability.max", times: 2 },
      { rule: "need.near", times: 1 },
    ]);
  });
});
