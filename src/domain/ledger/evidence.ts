import { DateOrInterval, Language, OneOf, Optional, Part, Sha256, Text, Url } from '../events/fields.js';

/** How well a source supports an event, best first. */
export const GRADES = ['confirmed', 'reported', 'rumoured'] as const;
export type Grade = (typeof GRADES)[number];

/** What a source says about an event: it confirms it or denies it. */
export const STANCES = ['supports', 'denies'] as const;
export type Stance = (typeof STANCES)[number];

/** A copy of a source that remains when the source disappears. */
export class ArchivedCopy {
  @Url('Address of the copy')
  url!: string;

  @Optional()
  @Sha256('Hash of the copy')
  sha256?: string;
}

/** A source for an event. A second report of the same event is more evidence, not a second event. */
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

  @Optional()
  @OneOf(STANCES, 'denies: this source says that it is not so. Left out: supports')
  stance?: Stance;

  @Optional()
  @Language('The language of the quote')
  language?: string;

  @Optional()
  @Part(ArchivedCopy, 'A copy of the source')
  archived?: ArchivedCopy;
}

/** The evidence that supports an event, without denials. */
export const supporting = (evidence: readonly Evidence[]): readonly Evidence[] =>
  evidence.some(({ stance }) => stance === 'denies')
    ? evidence.filter(({ stance }) => stance !== 'denies')
    : evidence;

/** The best grade among the supporting evidence; `rumoured` if there is none. */
export function bestGrade(evidence: readonly Evidence[]): Grade {
  const told = supporting(evidence);
  return GRADES.find((grade) => told.some((item) => item.grade === grade)) ?? 'rumoured';
}
