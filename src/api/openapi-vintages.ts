import {
  AS_OF,
  COUNT,
  DAY,
  EDTF,
  listOf,
  MEASURE,
  NUMBER,
  object,
  oneOf,
  PERIMETER,
  TEXT,
  UNIT,
} from './json-schema.js';
import { GRADES } from '../domain/ledger/evidence.js';
import { FIGURE_QUALIFIERS } from '../domain/measures/rounding.js';
import { TOLD_AS } from '../domain/measures/vintages.js';

const TELLING = object(
  { publicOn: DAY, events: listOf(TEXT) },
  {
    value: { ...NUMBER, description: 'Absent: from this day on the figures no longer give the period' },
    lo: NUMBER,
    hi: NUMBER,
  },
);

const PRINTED = object(
  {
    publicOn: DAY,
    value: NUMBER,
    grade: oneOf(GRADES),
    publishers: listOf(TEXT),
    event: TEXT,
    as: {
      ...oneOf(TOLD_AS),
      description: 'Beside what had been published of the same figure before: `restated` puts it right',
    },
  },
  { qualifier: oneOf(FIGURE_QUALIFIERS) },
);

/** What `/vintages` answers. */
export const VINTAGES_SCHEMA = object({
  asOf: AS_OF,
  automaker: TEXT,
  measure: MEASURE,
  unit: UNIT,
  perimeter: object({}, PERIMETER),
  days: {
    ...listOf(DAY),
    description: 'The public days on which the series became another one: each is a vintage',
  },
  earlierDays: { ...COUNT, description: 'Older public days, which an earlier `publicOn` tells' },
  periods: {
    ...listOf(object({ first: DAY, last: DAY, tellings: listOf(TELLING) })),
    description: 'Of a vintage of day D each period has the value of its last telling by D',
  },
  figures: listOf(
    object(
      {
        measure: MEASURE,
        first: DAY,
        last: DAY,
        perimeter: object({}, PERIMETER),
        tellings: listOf(PRINTED),
      },
      { period: EDTF, asOf: EDTF },
    ),
  ),
  undatedFigures: { ...COUNT, description: 'Figures that nobody dated, so that no vintage holds them' },
});
