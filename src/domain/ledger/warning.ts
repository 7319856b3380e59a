/**
 * Something unusual but possible about an event. It is stored with the event and shown; it is never a reason
 * for refusal.
 */
export interface Warning {
  /** Stable code of the kind of warning, such as `market-not-entered`. */
  readonly code: string;
  readonly message: string;
  /** Other events that the warning concerns. */
  readonly events?: readonly string[];
}
