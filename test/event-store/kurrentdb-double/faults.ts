/** What may go wrong with one call. */
export type Fault =
  /** The connection breaks after so many messages of the answer; for an append 0, before it is written. */
  | { readonly kind: 'drop'; readonly after: number }
  /** Written, but the answer is lost with the connection. */
  | { readonly kind: 'lose-answer' }
  /** Written, but the answer comes only after the time. */
  | { readonly kind: 'late'; readonly ms: number }
  /** The server gives the write up with ABORTED; `written` says whether it happened all the same. */
  | { readonly kind: 'time-out'; readonly written: boolean }
  /** Unavailable, not written. */
  | { readonly kind: 'refuse' }
  /** Accepted, never answered. */
  | { readonly kind: 'silence' }
  /** A read or subscription starts late. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Each event of a read takes its time. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Each message of a subscription comes twice. */
  | { readonly kind: 'repeat' }
  /** One message of a subscription, counted from 0, does not come. */
  | { readonly kind: 'skip'; readonly message: number }
  /** A subscription is confirmed and brings nothing. */
  | { readonly kind: 'pause' };

export type CallKind = 'append' | 'read' | 'subscribe';

/** Decides for each call whether something goes wrong with it. */
export type FaultSchedule = (call: {
  readonly kind: CallKind;
  readonly stream: string | undefined;
}) => Fault | undefined;

/** A random number generator with a seed (mulberry32), so that a failing run can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Faults at random: about `share` of all calls of each kind fail in one way or another. */
export function randomFaults(seed: number, share: number): FaultSchedule {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const ways: Record<CallKind, (() => Fault)[]> = {
    append: [
      () => ({ kind: 'drop', after: 0 }),
      () => ({ kind: 'lose-answer' }),
      () => ({ kind: 'late', ms: below(40) }),
      () => ({ kind: 'time-out', written: random() < 0.5 }),
      () => ({ kind: 'refuse' }),
    ],
    read: [
      () => ({ kind: 'drop', after: below(20) }),
      () => ({ kind: 'delay', ms: below(30) }),
      () => ({ kind: 'refuse' }),
    ],
    subscribe: [
      () => ({ kind: 'drop', after: below(200) }),
      () => ({ kind: 'delay', ms: below(50) }),
      () => ({ kind: 'repeat' }),
      () => ({ kind: 'skip', message: below(50) }),
      () => ({ kind: 'refuse' }),
    ],
  };
  return ({ kind }) => {
    // A subscription lives long: each gets a fault, or hardly any would.
    if (random() >= (kind === 'subscribe' ? Math.min(1, 10 * share) : share)) return undefined;
    return ways[kind][below(ways[kind].length)]?.();
  };
}
