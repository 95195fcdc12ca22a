import type { IntegerForm } from "./integer-form.js";

export interface Assigned {
  readonly arcOf: Int32Array;
  readonly agentPrice: Float64Array;
  readonly placePrice: Float64Array;
  readonly cost: number;
}
export interface Openness {
  readonly closed: Uint8Array;
  readonly mustTake: Uint8Array;
}
export const assign = (form: IntegerForm, cost: Float64Array, { closed, mustTake }: Openness): Assigned | null => {
  const { agents, places, units, firstArc, placeOf, agentOf } = form;
  const arcOf = new Int32Array(agents).fill(-1);
  const placePrice = new Float64Array(places);
  const load = new Int32Array(places);
  const firstIn = new Int32Array(places).fill(-1);
  const nextIn = new Int32Array(agents).fill(-1);
  const distance = new Float64Array(places).fill(Number.POSITIVE_INFINITY);
  const viaArc = new Int32Array(places).fill(-1);
  const done = new Uint8Array(places);
  const touched: number[] = [];
  const heap: { key: number; place: number }[] = [];
  const push = (key: number, place: number): void => {
    heap.push({ key, place });
    let i = heap.length - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      const [a, b] = [heap[up], heap[i]];
      if (a === undefined || b === undefined || a.key <= b.key) break;
      heap[up] = b;
      heap[i] = a;
      i = up;
    }
  };
  const pop = (): { key: number; place: number } => {
    const top = heap[0] as { key: number; place: number };
    const last = heap.pop() as { key: number; place: number };
    if (heap.length > 0) {
      heap[0] = last;
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && (heap[child + 1] as { key: number }).key < (heap[child] as { key: number }).key)
          child++;
        const [a, b] = [heap[i] as { key: number; place: number }, heap[child] as { key: number; place: number }];
        if (a.key <= b.key) break;
        heap[i] = b;
        heap[child] = a;
        i = child;
      }
    }
    return top;
  };
  const leave = (agent: number, place: number): void => {
    let at = firstIn[place] as number;
    if (at === agent) firstIn[place] = nextIn[agent] as number;
    else {
      while ((nextIn[at] as number) !== agent) at = nextIn[at] as number;
      nextIn[at] = nextIn[agent] as number;
    }
  };
  for (let start = 0; start < agents; start++) {
    let best = Number.POSITIVE_INFINITY;
    let endPlace = -1;
    let endAgent = -1;
    const relaxFrom = (agent: number, base: number): void => {
      for (let arc = firstArc[agent] as number, end = firstArc[agent + 1] as number; arc < end; arc++) {
        if (closed[arc] === 1) continue;
        const place = placeOf[arc] as number;
        if (done[place] === 1 || units[place] === 0) continue;
        const reached = base + (cost[arc] as number) - (placePrice[place] as number);
        if (reached < (distance[place] as number) && reached < best) {
          if (distance[place] === Number.POSITIVE_INFINITY) touched.push(place);
          distance[place] = reached;
          viaArc[place] = arc;
          push(reached, place);
        }
      }
    };
    if (mustTake[start] === 0) {
      best = 0;
      endAgent = start;
    }
    relaxFrom(start, 0);
    while (heap.length > 0) {
      if ((heap[0] as { key: number }).key >= best) break;
      const { key, place } = pop();
      if (done[place] === 1 || key > (distance[place] as number)) continue;
      done[place] = 1;
      if ((load[place] as number) < (units[place] as number)) {
        best = key;
        endPlace = place;
        endAgent = -1;
        break;
      }
      for (let sitting = firstIn[place] as number; sitting >= 0; sitting = nextIn[sitting] as number) {
        const held = arcOf[sitting] as number;
        const base = key - ((cost[held] as number) - (placePrice[place] as number));
        if (mustTake[sitting] === 0 && base < best) {
          best = base;
          endPlace = place;
          endAgent = sitting;
        }
        relaxFrom(sitting, base);
      }
    }
    heap.length = 0;
    const failed = best === Number.POSITIVE_INFINITY;
    for (const place of touched)
      if (!failed && done[place] === 1 && (distance[place] as number) < best)
        placePrice[place] = (placePrice[place] as number) + (distance[place] as number) - best;
    if (!failed && endAgent !== start) {
      let place = endPlace;
      if (endAgent >= 0) {
        leave(endAgent, place);
        arcOf[endAgent] = -1;
      } else load[place] = (load[place] as number) + 1;
      for (;;) {
        const arc = viaArc[place] as number;
        const agent = agentOf[arc] as number;
        const held = arcOf[agent] as number;
        if (held >= 0) leave(agent, placeOf[held] as number);
        arcOf[agent] = arc;
        nextIn[agent] = firstIn[place] as number;
        firstIn[place] = agent;
        if (agent === start) break;
        place = placeOf[held] as number;
      }
    }
    for (const place of touched) {
      distance[place] = Number.POSITIVE_INFINITY;
      done[place] = 0;
    }
    touched.length = 0;
    if (failed) return null;
  }
  const agentPrice = new Float64Array(agents);
  let total = 0;
  for (let agent = 0; agent < agents; agent++) {
    const arc = arcOf[agent] as number;
    agentPrice[agent] = arc < 0 ? 0 : (cost[arc] as number) - (placePrice[placeOf[arc] as number] as number);
    total += arc < 0 ? 0 : (cost[arc] as number);
  }
  return { arcOf, agentPrice, placePrice, cost: total };
};
