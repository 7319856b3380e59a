/** Its members (since 2020), whose trade conditions are those of the Union. */
const MEMBERS: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

export const isInEuropeanUnion = (market: string): boolean => MEMBERS.has(market);

/** Whether a condition of `area` holds in `market`: it is the same, or a member of the Union. */
export const liesIn = (market: string, area: string): boolean =>
  market === area || (area === 'EU' && isInEuropeanUnion(market));
