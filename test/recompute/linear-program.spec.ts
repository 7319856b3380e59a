import { greatest, least } from './linear-program.js';

describe('a linear program', () => {
  it('of Dantzig 1963 has its greatest value at a corner', () => {
    const rows = [
      { coefficients: [1, 0], relation: '<=', bound: 4 },
      { coefficients: [0, 2], relation: '<=', bound: 12 },
      { coefficients: [3, 2], relation: '<=', bound: 18 },
    ] as const;
    expect([greatest([3, 5], rows), least([3, 5], rows)]).toEqual([36, 0]);
  });

  it('of equalities and lower bounds is exact, also where its value is no whole number', () => {
    const rows = [
      { coefficients: [1, 1, 1], relation: '=', bound: 10 },
      { coefficients: [3, -1, 0], relation: '=', bound: 0 },
      { coefficients: [0, 0, 1], relation: '>=', bound: 3 },
    ] as const;
    expect(greatest([1, 0, 0], rows)).toBe(1.75);
  });

  it('has no greatest value where nothing bounds it, and none where no numbers meet it', () => {
    expect(greatest([1], [{ coefficients: [1], relation: '>=', bound: 3 }])).toBe(Number.POSITIVE_INFINITY);
    const rows = [
      { coefficients: [1], relation: '>=', bound: 3 },
      { coefficients: [1], relation: '<=', bound: 2 },
    ] as const;
    expect(greatest([1], rows)).toBeUndefined();
  });

  it('of Beale 1955 does not go round in a circle', () => {
    const rows = [
      { coefficients: [25, -6000, -4, 900], relation: '<=', bound: 0 },
      { coefficients: [25, -4500, -1, 150], relation: '<=', bound: 0 },
      { coefficients: [0, 0, 1, 0], relation: '<=', bound: 1 },
    ] as const;
    expect(greatest([75, -15000, 2, -600], rows)).toBe(5);
  });
});
