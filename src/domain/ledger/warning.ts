/** What is odd about an event but possible: stored with it and shown, never a reason to refuse it. */
export interface Warning {
  /** Stable name of the kind of oddity, such as `market-not-entered`. */
  readonly code: string;
  readonly message: string;
  /** Events that the warning is about, besides the one that carries it. */
  readonly events?: readonly string[];
}
