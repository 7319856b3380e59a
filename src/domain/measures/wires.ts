/** News agencies, whose reports others reprint. */
const AGENCIES = ['Reuters', 'Xinhua', 'AFP', 'Associated Press', 'ANSA', 'Kyodo', 'Yonhap'] as const;
const AGENCY = new RegExp(`\\b(${AGENCIES.join('|')})\\b`, 'i');
/** "Stock Traders (SCMP copy)" reprinted SCMP; "CNBC (copy)" is CNBC. */
const COPY_OF = /\(([^()]+?) (?:reworded |feed )?copy\)$/i;
const COPY = / ?\((?:reworded |feed )?copy\)$/i;

/**
 * The origin of a publisher's report, in lower case: the agency or newspaper that it names, or else the
 * publisher itself. All who reprint a report count as a single witness.
 */
export function wireOf(publisher: string): string {
  const agency = AGENCY.exec(publisher)?.[1];
  if (agency !== undefined) return agency.toLowerCase();
  const source = COPY.test(publisher) ? publisher.replace(COPY, '') : COPY_OF.exec(publisher)?.[1];
  return (source ?? publisher).toLowerCase();
}
