import { publicVintages, vintageDays } from '../../../src/domain/measures/vintages.js';
import type { StreamState } from '../../../src/domain/state/stream-state.js';

export const UNTIL = '2026-11-29';
/** Evidence that was published on a day, or that is undated. */
export const source = (publishedOn: string | undefined, publisher = 'Example') => ({
  evidence: [
    {
      url: `https://example.com/${publisher}/${publishedOn ?? 'undated'}`,
      publisher,
      grade: 'reported' as const,
      ...(publishedOn !== undefined && { publishedOn }),
    },
  ],
});

const question = { measure: 'overseas-units', wanted: {}, until: UNTIL } as const;
/** The vintages of units sold abroad. */
export const vintagesOf = (state: StreamState) => [
  ...publicVintages('xpeng', state, question, vintageDays(state, question)),
];
