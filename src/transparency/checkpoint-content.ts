import type { Hash } from './merkle-tree.js';

/** A state of the log: its first `size` events have this root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** Each time the log had to accept a different ledger, and why. */
  readonly adoptions: readonly Adoption[];
}
/**
 * Records that the log accepted a ledger different from the one it knew. Every later checkpoint includes it,
 * so that the holder of an older checkpoint learns why that one no longer holds.
 */
export interface Adoption {
  /** Instant of the acceptance. */
  readonly at: string;
  /** The number of leading events that are the same before and after. */
  readonly kept: number;
  /** How many events the log had before. Those after `kept` were discarded. */
  readonly former: number;
  /** Root of the former events, in base64; empty if the log could no longer compute it. */
  readonly formerRoot: string;
  /** The reason given by the person who accepted the ledger. */
  readonly reason: string;
  /** The former public key, if the log's key was replaced. */
  readonly formerKey?: string;
}
