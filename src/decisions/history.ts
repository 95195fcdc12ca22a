import {
  type Action,
  type DataOf,
  type OverriddenRule,
  type ProposalData,
  STATUS_OF,
  type Status,
  type StepData,
} from "./actions.js";
import type { DecisionCode } from "./codes.js";
import { overriddenRule } from "./overridden.js";
import { stepFault } from "./steps.js";

/** What a log says about the plan in hand, as far as its data are still there. */
interface State {
  /** Hash of the plan with all its steps; null before a proposal, or where it was redacted. */
  readonly planHash: string | null;
  /** Whether something is unreadable since the last proposal that can be read, so that steps may be unknown. */
  readonly blind: boolean;
  /** Placements that have taken a step; all others are `proposed`. */
  readonly standing: ReadonlyMap<string, Standing>;
}

interface Standing {
  readonly dwelling: string;
  readonly status: Status;
}

/** Something that does not follow from what the log says. */
export interface HistoryFault {
  readonly code: DecisionCode;
  readonly message: string;
}

type Recorded = { readonly [A in Action]: { readonly action: A; readonly data: DataOf[A] | null } }[Action];

/** A replanned placement may stand as far as the log has brought it, and no further. */
const proposalFault = (history: State, { carried }: ProposalData): HistoryFault | null => {
  const wrong = carried.find(({ household, dwelling, status }) => {
    const standing = history.standing.get(household);
    return standing === undefined ? !history.blind : standing.status !== status || standing.dwelling !== dwelling;
  });
  return wrong === undefined
    ? null
    : {
        code: "decision.skipped-step",
        message: `The plan proposes household ${wrong.household} as ${wrong.status}, which no step in the log has made it`,
      };
};

const wrongStep = (history: State, { household, dwelling, from, to, before }: StepData): HistoryFault | null => {
  const standing = history.standing.get(household);
  const code = stepFault({ from, to });
  if (code !== null) return { code, message: `Household ${household} cannot go from ${from} to ${to}` };
  if (history.planHash === null)
    return history.blind
      ? null
      : {
          code: "decision.no-plan",
          message: `Household ${household} goes from ${from} to ${to} before any plan was proposed`,
        };
  const stood = standing?.status ?? (history.blind ? from : "proposed");
  if (stood !== from)
    return {
      code: "decision.skipped-step",
      message: `Household ${household} is said to go from ${from} to ${to}, but it stands at ${stood}`,
    };
  if (before !== history.planHash || (standing !== undefined && standing.dwelling !== dwelling))
    return {
      code: "decision.other-plan",
      message: `The step of household ${household} was made on another plan than the one of the log`,
    };
  return null;
};

/** A rule that the law makes absolute is so whatever an event says of it. */
const absoluteFault = (overrides: readonly OverriddenRule[]): HistoryFault | null => {
  const wrong = overrides.find(({ rule, absolute, legalBasis }) => {
    const known = overriddenRule(rule, legalBasis);
    return (absolute || known.absolute) && known.legalBasis === null;
  });
  return wrong === undefined
    ? null
    : {
        code: "decision.absolute-without-legal-basis",
        message: `The rule ${wrong.rule} is overridden, which the law makes absolute, without a legal basis`,
      };
};

const faultOf = (history: State, entry: Recorded): HistoryFault | null => {
  if (entry.data === null) return null;
  if (entry.action === "override" || entry.action === "decision") {
    const absolute = absoluteFault(entry.data.overrides);
    if (absolute !== null) return absolute;
  }
  if (entry.action === "proposal") return proposalFault(history, entry.data);
  if (entry.action !== "review" && entry.action !== "decision" && entry.action !== "rejection") return null;
  if (entry.data.to !== STATUS_OF[entry.action])
    return {
      code: "decision.malformed-event",
      message: `An entry "${entry.action}" makes a placement ${STATUS_OF[entry.action]}, not ${entry.data.to}`,
    };
  return wrongStep(history, entry.data);
};

/** A log read from its start: what it has come to, entry by entry. */
export interface History {
  /** Whether an entry follows from those taken so far: steps in their order, on the plan that was proposed. */
  readonly faultOf: (entry: Recorded) => HistoryFault | null;
  readonly take: (entry: Recorded) => void;
  /** An entry that cannot be read or trusted: nothing is known of the steps until the next proposal. */
  readonly takeUnreadable: () => void;
}

/** An empty history. Its state changes in place: a copy for every entry would make reading a log of n steps cost n^2. */
export const openHistory = (): History => {
  let standing = new Map<string, Standing>();
  let [planHash, blind]: [string | null, boolean] = [null, false];
  const takeUnreadable = (): void => {
    [planHash, blind] = [null, true];
  };
  const takeProposal = (data: ProposalData | null): void => {
    [planHash, blind] = [data?.planHash ?? null, data === null];
    standing = new Map((data?.carried ?? []).map(({ household, ...rest }) => [household, rest]));
  };
  return {
    faultOf: (entry) => faultOf({ planHash, blind, standing }, entry),
    takeUnreadable,
    take: ({ action, data }) => {
      if (action === "proposal") return takeProposal(data);
      if (action !== "review" && action !== "decision" && action !== "rejection") return;
      if (data === null) return takeUnreadable();
      planHash = data.after;
      standing.set(data.household, { dwelling: data.dwelling, status: data.to });
    },
  };
};

/** The history of a log's entries. */
export const historyOf = (entries: readonly Recorded[]): History => {
  const history = openHistory();
  entries.forEach(history.take);
  return history;
};
