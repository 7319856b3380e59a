/** The kinds of things that can be found by name, in the order in which answers list them. */
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
