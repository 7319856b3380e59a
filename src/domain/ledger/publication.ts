import { daysOf, type Day } from './edtf.js';
import type { Evidence } from './evidence.js';

const REGISTRATIONS: readonly string[] = ['AutomakerRegistered', 'CompanyRegistered'];

/** Whether events of a type only register names. Those count as public on every day. */
export const isRegistration = (type: string): boolean => REGISTRATIONS.includes(type);

/**
 * The day by which evidence had certainly been published: the last possible day of its date. Undefined
 * without a date.
 */
export function publishedBy({ publishedOn }: Pick<Evidence, 'publishedOn'>): Day | undefined {
  return publishedOn === undefined ? undefined : daysOf(publishedOn).last;
}

/** The first day by which some of the evidence had certainly been published; undefined if none is dated. */
export function firstPublished(evidence: readonly Evidence[]): Day | undefined {
  let first: Day | undefined;
  for (const item of evidence) {
    const day = publishedBy(item);
    if (day !== undefined && (first === undefined || day < first)) first = day;
  }
  return first;
}

/** The evidence that had certainly been published by a day. The same list if that is all. */
export function evidencePublicOn(evidence: readonly Evidence[], publicOn: Day): readonly Evidence[] {
  const isPublic = (item: Evidence): boolean => {
    const day = publishedBy(item);
    return day !== undefined && day <= publicOn;
  };
  return evidence.every(isPublic) ? evidence : evidence.filter(isPublic);
}
