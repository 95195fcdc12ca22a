import * as z from "zod";
import { looksLikeCivilRegistrationNumber, shownId } from "../problem/shown.js";
import { type Action, DATA_SCHEMAS, type DataOf } from "./actions.js";
import type { Refusal } from "./codes.js";
import { momentOf } from "./moment.js";

/** An event that may be recorded: what an entry says, before it has a place in a log. A redaction is made by `redact` alone. */
export type LogEvent = { readonly [A in Exclude<Action, "redaction">]: EventOf<A> }[Exclude<Action, "redaction">];

export interface EventOf<A extends Action> {
  readonly action: A;
  /** ISO 8601 date, or date-time with its zone; passed in, since the library has no clock. */
  readonly at: string;
  /** The officer: a staff number or a role. */
  readonly by: string;
  readonly data: DataOf[A];
}

/** Who, when and why: what every event must say. */
export interface Saying {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

const MAX_BY = 200;

const refusal = (code: Refusal["code"], path: string, expected: string, message: string): Refusal => ({
  code,
  path,
  subject: null,
  expected,
  received: "something else",
  message,
});

const civilRegistrationNumber = (path: string): Refusal =>
  refusal(
    "input.civil-registration-number",
    path,
    "no civil registration number",
    "A text looks like it holds a civil registration number; a pseudonymous id is enough.",
  );

const isText = (value: unknown, max: number): value is string =>
  typeof value === "string" && value.length <= max && /\S/.test(value);

/** What is wrong with who, when and why. Texts are never repeated in a message: a slip of the pen may hold a name. */
export const sayingFaults = ({ by, at, reason }: Saying): readonly Refusal[] => [
  ...(isText(by, MAX_BY)
    ? []
    : [refusal("decision.by-missing", "by", `1 to ${MAX_BY} characters`, "Nobody is named who did it.")]),
  ...(typeof at === "string" && momentOf(at) !== null
    ? []
    : [
        refusal(
          "decision.wrong-time",
          "at",
          "2026-11-01, or 2026-11-01T09:30:00+01:00",
          "The time is no ISO 8601 date, nor a date-time with its zone.",
        ),
      ]),
  ...(isText(reason, Number.POSITIVE_INFINITY)
    ? []
    : [refusal("decision.reason-missing", "reason", "a reason in words", "No reason is given.")]),
  ...([by, reason].some((value) => typeof value === "string" && looksLikeCivilRegistrationNumber(value))
    ? [civilRegistrationNumber("by, reason")]
    : []),
];

/** What is wrong with the form of an event, handmade ones included. */
export const eventFaults = (event: LogEvent): readonly Refusal[] => {
  const schema = Object.hasOwn(DATA_SCHEMAS, event.action) ? DATA_SCHEMAS[event.action] : undefined;
  if (schema === undefined || (event.action as Action) === "redaction")
    return [
      refusal("decision.malformed-event", "action", "an action that can be recorded", "The action is not known."),
    ];
  const said = sayingFaults({ by: event.by, at: event.at, reason: event.data?.reason });
  const texts = Object.entries(event.data ?? {}).filter(
    ([key, value]) => key !== "reason" && typeof value === "string",
  );
  const registered = texts.filter(([, value]) => looksLikeCivilRegistrationNumber(String(value)));
  const form = z.safeParse(schema, event.data).error?.issues ?? [];
  return [
    ...said,
    ...registered.map(([key]) => civilRegistrationNumber(`data.${key}`)),
    ...form
      .filter(({ path }) => path.length !== 1 || path[0] !== "reason" || said.length === 0)
      .map(({ path }) =>
        refusal(
          "decision.malformed-event",
          ["data", ...path].map(String).join("."),
          `the data of a ${event.action}`,
          `The data of the ${event.action} have not the right form at "${shownId(path.map(String).join(".") || "data")}".`,
        ),
      ),
  ];
};
