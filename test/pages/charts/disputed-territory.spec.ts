import type { Feature, Polygon, Position } from 'geojson';
import { claimedNames, disputedOf } from '../../../src/pages/charts/disputed-territory.js';

const country = (id: string | undefined, ring: readonly Position[]): Feature => ({
  type: 'Feature',
  ...(id !== undefined && { id }),
  properties: {},
  geometry: { type: 'Polygon', coordinates: [[...ring, ...ring.slice(0, 1)]] },
});

/** A country far larger than any disputed area. */
const square: readonly Position[] = [
  [0, 0],
  [0, 80],
  [120, 80],
  [120, 0],
];

describe('disputed territory of a map', () => {
  it('is the claimed part of a country, and no more of it', () => {
    const [crimea] = disputedOf([country('804', square)]) as Feature<Polygon>[];
    const corners = crimea?.geometry.coordinates[0] ?? [];
    expect(corners.length).toBeGreaterThan(3);
    for (const [longitude = 0, latitude = 0] of corners) {
      expect(longitude).toBeGreaterThanOrEqual(32);
      expect(longitude).toBeLessThanOrEqual(37);
      expect(latitude).toBeGreaterThanOrEqual(44);
      expect(latitude).toBeLessThanOrEqual(46.5);
    }
  });

  it('is all of a unit that has no code', () => {
    const unit = country(undefined, square);
    expect(disputedOf([unit])).toEqual([unit]);
  });

  it('is nothing of a country that nobody claims land of', () => {
    expect(disputedOf([country('250', square)])).toEqual([]);
  });

  it('follows the coast where the country ends within the claimed area', () => {
    const west = square.map(([x = 0, y = 0]) => [Math.min(x, 34.5), y]);
    const [half] = disputedOf([country('804', west)]) as Feature<Polygon>[];
    expect(Math.max(...(half?.geometry.coordinates[0] ?? []).map(([x = 0]) => x))).toBeCloseTo(34.5);
  });

  it('is told by name', () => {
    expect(claimedNames()).toContain('Crimea');
  });
});
