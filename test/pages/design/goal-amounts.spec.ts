import { goalAmountInWords } from '../../../src/pages/design/words.js';
import { sampleTerms } from '../target/sample-terms.js';

const words = (terms: Parameters<typeof sampleTerms>[0]): string =>
  goalAmountInWords(sampleTerms(terms)).replaceAll('\u00a0', ' ');

describe('what a goal asks for', () => {
  it.each([
    [{ qualifier: 'about' as const }, 'about 90,000 vehicles'],
    [{ qualifier: 'up-to' as const }, 'up to 90,000 vehicles'],
    [{ qualifier: 'at-least' as const }, '90,000 vehicles'],
    [{ threshold: 3_000, thresholdTo: 3_500 }, '3,000 to 3,500 vehicles'],
    [{}, '90,000 vehicles'],
  ])('with %o is told no more exactly than it was put', (terms, expected) => {
    expect(words(terms)).toBe(expected);
  });
});
