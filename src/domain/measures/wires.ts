/** News agencies, whose reports others print. */
const AGENCIES = ['Reuters', 'Xinhua', 'AFP', 'Associated Press', 'ANSA', 'Kyodo', 'Yonhap'] as const;
const AGENCY = new RegExp(`\\b(${AGENCIES.join('|')})\\b`, 'i');
/** "Stock Traders (SCMP copy)" printed what SCMP wrote; "CNBC (copy)" is CNBC. */
const COPY_OF = /\(([^()]+?) (?:reworded |feed )?copy\)$/i;
const COPY = / ?\((?:reworded |feed )?copy\)$/i;

/**
 * Whose report a publisher printed, in small letters: the agency or the paper that it names, or else the publisher itself.
 * Who print one report are one witness of it, however many they are.
 */
export function wireOf(publisher: string): string {
  const agency = AGENCY.exec(publisher)?.[1];
  if (agency !== undefined) return agency.toLowerCase();
  const source = COPY.test(publisher) ? publisher.replace(COPY, '') : COPY_OF.exec(publisher)?.[1];
  return (source ?? publisher).toLowerCase();
}
