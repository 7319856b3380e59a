import { createRequire } from 'node:module';

type Codes = readonly (readonly [alpha2: string, alpha3: string, numeric: string, uri: string])[];

/** ISO 3166-1, from the tables of i18n-iso-countries; names come from elsewhere (`marketName`). */
const NUMERIC = new Map(
  (createRequire(import.meta.url)('i18n-iso-countries/codes.json') as Codes).map(([alpha2, , numeric]) => [
    alpha2,
    numeric.padStart(3, '0'),
  ]),
);

/** "DE" as "276"; undefined for what is no country, such as EU. */
export const numericCode = (alpha2: string): string | undefined => NUMERIC.get(alpha2);
