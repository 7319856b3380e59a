import type { Occurrence } from './occurrence.js';
import type { PartnershipRecord } from './records.js';

/** Whether a partnership is binding: a contract beyond a memorandum was signed, and it has not ended. */
export const isInForce = ({ signed, stage, ended }: PartnershipRecord): boolean =>
  signed !== undefined && stage !== 'memorandum' && !ended;

/** When the contract of a partnership was signed. A memorandum does not count. */
export const signatureOf = ({ signed, stage }: PartnershipRecord): Occurrence | undefined =>
  stage === 'memorandum' ? undefined : signed;
