import { daysOf, type Day } from './edtf.js';
import type { Evidence } from './evidence.js';

const REGISTRATIONS: readonly string[] = ['AutomakerRegistered', 'CompanyRegistered'];

/** Whether events of a type only name who is spoken of: they count as public on every day. */
export const isRegistration = (type: string): boolean => REGISTRATIONS.includes(type);

/** The day by which some evidence had surely been published: the last day that its date can mean. Undefined where it has none. */
export function publishedBy({ publishedOn }: Pick<Evidence, 'publishedOn'>): Day | undefined {
  return publishedOn === undefined ? undefined : daysOf(publishedOn).last;
}

/** The first day by which any of some evidence had surely been published; undefined where none of it is dated. */
export function firstPublished(evidence: readonly Evidence[]): Day | undefined {
  let first: Day | undefined;
  for (const item of evidence) {
    const day = publishedBy(item);
    if (day !== undefined && (first === undefined || day < first)) first = day;
  }
  return first;
}

/** Of some evidence that which had surely been published by a day. The same list where that is all of it. */
export function evidencePublicOn(evidence: readonly Evidence[], publicOn: Day): readonly Evidence[] {
  const isPublic = (item: Evidence): boolean => {
    const day = publishedBy(item);
    return day !== undefined && day <= publicOn;
  };
  return evidence.every(isPublic) ? evidence : evidence.filter(isPublic);
}
