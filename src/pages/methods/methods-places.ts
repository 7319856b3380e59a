import type { ExpansionReadingName } from '../../domain/expansion/expansion-reading.js';
import type { Age } from '../../domain/goals/staleness.js';
import type { Status } from '../../domain/goals/status.js';
import type { Grade } from '../../domain/ledger/evidence.js';
import type { ThesisVerdict } from '../../domain/theses/thesis.js';

/** The parts of the methods. */
export type MethodsPart =
  | 'verdicts'
  | 'age'
  | 'pace'
  | 'amounts'
  | 'growth'
  | 'shares'
  | 'presence'
  | 'bounds'
  | 'conflicts'
  | 'grades'
  | 'readings'
  | 'theses'
  | 'forecasts'
  | 'quiet-goals'
  | 'borders'
  | 'clocks';

/** An anchor on the page of methods. */
export type MethodsPlace =
  MethodsPart | Status | Age | Grade | ExpansionReadingName | `thesis-${ThesisVerdict}`;
