/** The possible faults of one call. */
export type Fault =
  /**
   * The connection breaks after `after` messages of the answer; for an append with 0, before it is written.
   */
  | { readonly kind: 'drop'; readonly after: number }
  /** The event is written, but the answer is lost with the connection. */
  | { readonly kind: 'lose-answer' }
  /** The event is written, but the answer comes only after `ms`. */
  | { readonly kind: 'late'; readonly ms: number }
  /** The server gives up with ABORTED; `written` tells whether the write happened anyway. */
  | { readonly kind: 'time-out'; readonly written: boolean }
  /** The answer is "unavailable", and nothing is written. */
  | { readonly kind: 'refuse' }
  /** The call is accepted but never answered. */
  | { readonly kind: 'silence' }
  /** A read or subscription starts late. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Each event of a read is delayed. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Each message of a subscription is sent twice. */
  | { readonly kind: 'repeat' }
  /** One message of a subscription, counted from 0, is missing. */
  | { readonly kind: 'skip'; readonly message: number }
  /** A subscription is confirmed, but sends nothing. */
  | { readonly kind: 'pause' };

export type CallKind = 'append' | 'read' | 'subscribe';

/** Decides for each call whether it fails, and how. */
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

/** Random faults: about the share `share` of the calls of each kind fails in one of the possible ways. */
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
    // Subscriptions are long-lived and thus few, so they get faults more often.
    if (random() >= (kind === 'subscribe' ? Math.min(1, 10 * share) : share)) return undefined;
    return ways[kind][below(ways[kind].length)]?.();
  };
}
