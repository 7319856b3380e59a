import { isKnownOn, type Clocks } from '../domain/ledger/clocks.js';
import { isDay } from '../domain/ledger/edtf.js';

/** The clocks of a query, without invalid ones. */
export function clocksIn({ trueOn, knownOn, publicOn }: Readonly<Record<string, string>>): Clocks {
  return {
    ...(trueOn !== undefined && isDay(trueOn) && { trueOn }),
    ...(knownOn !== undefined && isKnownOn(knownOn) && { knownOn }),
    ...(publicOn !== undefined && isDay(publicOn) && { publicOn }),
  };
}
