/** What has a name to be found by, in the order in which answers tell them. */
export const FOUND_KINDS = [
  'automaker',
  'goal',
  'market',
  'company',
  'partner',
  'plant',
  'publisher',
] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];
