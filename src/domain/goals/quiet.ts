import { addMonths, daysOf, type Day } from '../ledger/edtf.js';
import type { TargetRecord, TargetTerms } from '../state/records.js';

/** Whether a goal is still stated. `quiet` is inferred from silence; `withdrawn` must be declared. */
export type Voice = 'confirmed' | 'unconfirmed' | 'quiet (inferred)' | 'withdrawn' | 'deadline over';

export interface VoiceReading {
  readonly voice: Voice;
  /** The last statement of the goal: the day by which it was certainly made, and its event. */
  readonly lastSaidOn: Day;
  readonly event: string;
  /** If the goal is not stated again, it is unconfirmed from the first day, and quiet from the second. */
  readonly unconfirmedFrom: Day;
  readonly quietFrom: Day;
}

const EXPECTED_MONTHS = 18;

/**
 * Whether a goal is still being stated on a day. It is unconfirmed if it was not set, revised or restated for
 * longer than the expected interval (18 months unless the target says otherwise), and quiet after twice that.
 * Goals rarely fail openly, they go quiet: of 1,041 corporate climate goals for 2020, 31 % disappeared and 9
 * % were declared missed. Silence after the deadline means nothing.
 */
export function voiceOf({ versions, withdrawn }: TargetRecord, on: Day): VoiceReading | undefined {
  const last = versions.at(-1);
  if (!last) return undefined;
  const said = daysOf(last.occurredOn).last;
  const lastSaidOn = said < on ? said : on;
  const months = monthsExpected(last.terms);
  const unconfirmedFrom = addMonths(lastSaidOn, months);
  const quietFrom = addMonths(lastSaidOn, 2 * months);
  const voice = withdrawn ? 'withdrawn' : silence(last.terms, on, unconfirmedFrom, quietFrom);
  return { voice, lastSaidOn, event: last.event, unconfirmedFrom, quietFrom };
}

/** When a goal is quiet unless stated again: from a day on, until its deadline is over. */
export interface Silence {
  readonly target: string;
  readonly lastSaidOn: Day;
  readonly quietFrom: Day;
  /** The last possible day of its deadline. Silence means nothing after it. */
  readonly until?: Day;
}

/** When a goal goes quiet if it is not stated again; undefined for a withdrawn goal. */
export function silenceOf(record: TargetRecord): Silence | undefined {
  const { target, versions, withdrawn } = record;
  const last = versions.at(-1);
  if (!last || withdrawn) return undefined;
  const lastSaidOn = daysOf(last.occurredOn).last;
  const { deadline } = last.terms;
  return {
    target,
    lastSaidOn,
    quietFrom: addMonths(lastSaidOn, 2 * monthsExpected(last.terms)),
    ...(deadline !== undefined && { until: daysOf(deadline).last }),
  };
}

/** Whether the goal is quiet on a day. Agrees with `voiceOf`. */
export const isQuiet = ({ quietFrom, until }: Silence, on: Day): boolean =>
  on >= quietFrom && (until === undefined || until >= on);

const monthsExpected = ({ restatedEveryMonths = EXPECTED_MONTHS }: TargetTerms): number =>
  restatedEveryMonths;

function silence({ deadline }: TargetTerms, on: Day, unconfirmedFrom: Day, quietFrom: Day): Voice {
  if (deadline !== undefined && daysOf(deadline).last < on) return 'deadline over';
  if (on >= quietFrom) return 'quiet (inferred)';
  return on >= unconfirmedFrom ? 'unconfirmed' : 'confirmed';
}
