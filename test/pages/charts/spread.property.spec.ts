import fc from 'fast-check';
import { spread } from '../../../src/pages/charts/spread.js';

describe('labels at the ends of lines', () => {
  it('stay where they are where they are apart', () => {
    expect(spread([100, 40, 70], 15, 0, 200)).toEqual([100, 40, 70]);
  });

  it('move apart, each in its order', () => {
    expect(spread([50, 50, 52], 15, 0, 200)).toEqual([50, 65, 80]);
    expect(spread([195, 198], 15, 0, 200)).toEqual([185, 200]);
    expect(spread([], 15, 0, 200)).toEqual([]);
  });

  it('never cover each other, and keep their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 20, max: 380 }), { maxLength: 6 }), (places) => {
        const apart = spread(places, 15, 20, 380);
        const sorted = [...apart].sort((a, b) => a - b);
        sorted.slice(1).forEach((place, index) => {
          expect(place - (sorted[index] ?? 0)).toBeGreaterThanOrEqual(15);
        });
        for (const place of apart) expect(place >= 20 && place <= 380).toBe(true);
        places.forEach((a, i) => {
          places.forEach((b, j) => {
            if (a < b) expect(apart[i]).toBeLessThan(apart[j] ?? 0);
          });
        });
      }),
    );
  });
});
