import {
  coverageOfDue,
  duesOf,
  type CoverageRow,
  type MonthSpan,
} from '../../../src/domain/measures/coverage.js';
import type { Day } from '../../../src/domain/ledger/edtf.js';
import type { Automaker } from '../../../src/domain/state/automaker.js';

/** The coverage of all measures for which an automaker has figures or goals. */
export const coverageOf = (automaker: Automaker, months: readonly MonthSpan[], on: Day): CoverageRow[] =>
  duesOf(automaker, on).map((due) => coverageOfDue(automaker, due, months));
