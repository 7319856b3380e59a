import { DateOrInterval, OneOf, Optional, Text, Url } from '../events/fields.js';

/** How well a source supports an event, best first. */
export const GRADES = ['confirmed', 'reported', 'rumoured'] as const;
export type Grade = (typeof GRADES)[number];

/** Where an event is stated. The second report of the same event is more evidence, not a second event. */
export class Evidence {
  @Url('Address of the source')
  url!: string;

  @Text('Who published it', 200)
  publisher!: string;

  @Optional()
  @DateOrInterval('When it was published (EDTF)')
  publishedOn?: string;

  @OneOf(
    GRADES,
    'confirmed: by the company or an official body; reported: by the press; rumoured: unnamed sources',
  )
  grade!: Grade;

  @Optional()
  @Text('A short quote that states the event', 500)
  quote?: string;

  @Optional()
  @Text('What this source says differently, in your own words', 500)
  note?: string;
}

/** The best grade among some evidence; `rumoured` where there is none. */
export function bestGrade(evidence: readonly Evidence[]): Grade {
  return GRADES.find((grade) => evidence.some((item) => item.grade === grade)) ?? 'rumoured';
}
