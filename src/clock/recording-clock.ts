import { Inject, Injectable } from '@nestjs/common';
import { endOfDay, isInstant, msBetween, type Instant } from '../domain/ledger/instant.js';
import { addDays, dayOf } from '../domain/ledger/edtf.js';
import { ReadModel } from '../read-model/read-model.js';
import { HttpProblem } from '../problems/http-problem.js';
import { SETTINGS, type Settings } from '../settings.js';
import { Clock } from './clock.js';

/** The date of this release, updated with each one. A correct clock is never long before it. */
export const RELEASED_ON = '2026-11-01';

const DAY_MS = 86_400_000;
/** If the ledger and the release are older than this, an operator must check the clock. */
const LONGEST_REST_DAYS = 366;
/** Maximum difference between the clocks of two machines. */
const CLOCKS_APART_DAYS = 1;

/**
 * The machine's clock disagrees so much with the ledger that new events would get permanently wrong times.
 */
export class ClockNotTrusted extends HttpProblem {
  readonly status = 503;
  readonly slug = 'clock-not-trusted';
  readonly title = 'The clock of the server is not trusted';
}

/**
 * The clock for recording times. An event dated in the future would force all later events of its stream into
 * the future too, permanently. So a clock far from the newest event and from the release date is not trusted.
 */
@Injectable()
export class RecordingClock extends Clock {
  constructor(
    private readonly clock: Clock,
    private readonly views: ReadModel,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'trustClock'>,
  ) {
    super();
  }

  /** Throws ClockNotTrusted. */
  override now(): Instant {
    const now = this.clock.now();
    if (this.settings.trustClock) return now;
    const newest = this.views.recordedAt;
    const fault = clockFault(now, newest);
    // A clock that was set back a little: times of recording do not go back, also not from one stream to another.
    if (fault === undefined) return newest > now ? newest : now;
    throw new ClockNotTrusted({
      detail: `Nothing was recorded: ${fault} Set the clock of the machine, or TRUST_CLOCK=true if it is right.`,
    });
  }
}

const EARLIEST = endOfDay(addDays(RELEASED_ON, -LONGEST_REST_DAYS));

/**
 * Why a clock is not trusted, given the time of the newest event (empty if there is none); undefined if it
 * is.
 */
export function clockFault(now: string, newest: string): string | undefined {
  if (!isInstant(now)) return `the clock says ${now}.`;
  if (now < EARLIEST)
    return `the clock says ${dayOf(now)}, long before ${RELEASED_ON}, when this software was released.`;
  if (newest > now && msBetween(now, newest) > CLOCKS_APART_DAYS * DAY_MS)
    return `the clock says ${now}, before the newest event, which was recorded at ${newest}.`;
  const known = newest > RELEASED_ON ? dayOf(newest) : RELEASED_ON;
  const today = dayOf(now);
  return today > known && today > addDays(known, LONGEST_REST_DAYS)
    ? `the clock says ${today}, more than ${LONGEST_REST_DAYS} days after ${known}, the newest day that the ledger or this software knows of.`
    : undefined;
}
