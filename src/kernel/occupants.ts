// Typed arrays are read with `as number` here: every index is an agent or a place of the model.

/** Who is at each place, as linked lists: `firstAt[place]`, then `nextAt[agent]`; -1 ends a list. An agent is at one place at most. */
export const occupantsOf = (agents: number, places: number) => {
  const firstAt = new Int32Array(places).fill(-1);
  const nextAt = new Int32Array(agents);
  const unlink = (agent: number, place: number): void => {
    let at = firstAt[place] as number;
    if (at === agent) {
      firstAt[place] = nextAt[agent] as number;
      return;
    }
    while ((nextAt[at] as number) !== agent) at = nextAt[at] as number;
    nextAt[at] = nextAt[agent] as number;
  };
  const link = (agent: number, place: number): void => {
    nextAt[agent] = firstAt[place] as number;
    firstAt[place] = agent;
  };
  return { firstAt, nextAt, link, unlink };
};
