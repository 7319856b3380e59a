import { addMonths, daysOf, type Day } from '../ledger/edtf.js';
import type { TargetRecord, TargetTerms } from '../state/records.js';

/** Whether a goal is still being said. `quiet` is inferred from silence, never declared; `withdrawn` only where declared. */
export type Voice = 'confirmed' | 'unconfirmed' | 'quiet (inferred)' | 'withdrawn' | 'deadline over';

export interface VoiceReading {
  readonly voice: Voice;
  /** The last statement of the goal: the day by which it was surely made, and its event. */
  readonly lastSaidOn: Day;
  readonly event: string;
  /** Unconfirmed from this day on, and quiet from the next, unless it is said again. */
  readonly unconfirmedFrom: Day;
  readonly quietFrom: Day;
}

const EXPECTED_MONTHS = 18;

/**
 * Whether a goal is still being said on a day: unconfirmed when it was not set, revised or restated for longer than its
 * expected interval (18 months unless the target says otherwise), quiet after twice that. Goals do not fail, they go
 * quiet: of 1,041 corporate climate goals for 2020, 31 % disappeared and 9 % were declared missed. Silence after the
 * deadline says nothing.
 */
export function voiceOf({ versions, withdrawn }: TargetRecord, on: Day): VoiceReading | undefined {
  const last = versions.at(-1);
  if (!last) return undefined;
  const said = daysOf(last.occurredOn).last;
  const lastSaidOn = said < on ? said : on;
  const months = last.terms.restatedEveryMonths ?? EXPECTED_MONTHS;
  const unconfirmedFrom = addMonths(lastSaidOn, months);
  const quietFrom = addMonths(lastSaidOn, 2 * months);
  const voice = withdrawn ? 'withdrawn' : silence(last.terms, on, unconfirmedFrom, quietFrom);
  return { voice, lastSaidOn, event: last.event, unconfirmedFrom, quietFrom };
}

function silence({ deadline }: TargetTerms, on: Day, unconfirmedFrom: Day, quietFrom: Day): Voice {
  if (deadline !== undefined && daysOf(deadline).last < on) return 'deadline over';
  if (on >= quietFrom) return 'quiet (inferred)';
  return on >= unconfirmedFrom ? 'unconfirmed' : 'confirmed';
}
