import type { Hash } from './merkle-tree.js';

/** A state of the log: its first `size` events have this root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** How often the log had to accept another ledger before, and why. */
  readonly adoptions: readonly Adoption[];
}
/**
 * That a ledger which is another one than the log knew was accepted. Every later checkpoint says so, so that whoever
 * holds an older one learns why it does not hold any more.
 */
export interface Adoption {
  /** Instant of the acceptance. */
  readonly at: string;
  /** So many events, the first ones, are the same before and after. */
  readonly kept: number;
  /** How many events the log had before; those after `kept` were given up. */
  readonly former: number;
  /** Root of those, in base64; empty where the log could not tell any more. */
  readonly formerRoot: string;
  /** What whoever accepted it says. */
  readonly reason: string;
  /** The public key of before, where the log has another one since. */
  readonly formerKey?: string;
}
