import type { Occurrence } from './occurrence.js';
import type { PartnershipRecord } from './records.js';

/** Whether a partnership binds: it was signed, beyond a memorandum, and has not ended. */
export const isInForce = ({ signed, stage, ended }: PartnershipRecord): boolean =>
  signed !== undefined && stage !== 'memorandum' && !ended;

/** When a partnership was signed, beyond a memorandum. */
export const signatureOf = ({ signed, stage }: PartnershipRecord): Occurrence | undefined =>
  stage === 'memorandum' ? undefined : signed;
