import { createRequire } from 'node:module';

type Codes = readonly (readonly [alpha2: string, alpha3: string, numeric: string, uri: string])[];

/** ISO 3166-1 codes from the tables of i18n-iso-countries; the names come from `marketName`. */
const NUMERIC = new Map(
  (createRequire(import.meta.url)('i18n-iso-countries/codes.json') as Codes).map(([alpha2, , numeric]) => [
    alpha2,
    numeric.padStart(3, '0'),
  ]),
);

/** "DE" as "276"; undefined if it is not a country, such as EU. */
export const numericCode = (alpha2: string): string | undefined => NUMERIC.get(alpha2);
