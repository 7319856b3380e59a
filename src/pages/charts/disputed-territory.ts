import type { Feature, Polygon, Position } from 'geojson';

/**
 * Land that several states claim or whose status is unsettled, and that the map's borders assign to one of
 * them.
 */
interface Claimed {
  readonly name: string;
  /** The countries on the map that contain it, by ISO 3166-1 numeric code. */
  readonly within: readonly string[];
  /**
   * Convex polygons of longitudes and latitudes. Land of those countries inside them is hatched. About as
   * precise as the map.
   */
  readonly around: readonly (readonly Position[])[];
}

/**
 * The areas that are large enough to be visible on a world map. The corners are rough on purpose: they show
 * where land is claimed, not where a line of control runs.
 */
const CLAIMED: readonly Claimed[] = [
  {
    name: 'Crimea',
    within: ['643', '804'],
    around: [
      [
        [32.3, 45.3],
        [33.6, 46.2],
        [34.9, 46.1],
        [36.7, 45.5],
        [36.6, 44.8],
        [33.7, 44.2],
      ],
    ],
  },
  {
    name: 'Kashmir, with Aksai Chin',
    within: ['356', '586', '156'],
    around: [
      [
        [73.4, 34.6],
        [72.5, 36.2],
        [74.6, 37.1],
        [76.9, 36.2],
        [78.2, 33.0],
        [75.6, 32.3],
        [74.0, 32.9],
      ],
      [
        [76.6, 35.4],
        [78.9, 35.9],
        [80.2, 35.4],
        [79.6, 33.7],
        [78.5, 32.6],
        [76.8, 33.2],
      ],
    ],
  },
  {
    name: 'Arunachal Pradesh',
    within: ['356'],
    around: [
      [
        [91.6, 26.9],
        [91.6, 27.9],
        [94.3, 29.4],
        [96.2, 29.5],
        [97.5, 28.2],
        [96.9, 27.3],
        [95.2, 26.8],
      ],
    ],
  },
  {
    name: 'the Hala’ib triangle',
    within: ['818', '729'],
    around: [
      [
        [33.9, 22.0],
        [35.6, 23.2],
        [37.2, 22.0],
      ],
    ],
  },
  {
    name: 'Abyei',
    within: ['729', '728'],
    around: [
      [
        [27.8, 10.2],
        [29.0, 10.2],
        [29.0, 9.4],
        [27.8, 9.4],
      ],
    ],
  },
  {
    name: 'Abkhazia',
    within: ['268'],
    around: [
      [
        [39.9, 43.4],
        [40.6, 43.8],
        [42.5, 43.3],
        [42.1, 42.6],
        [41.4, 42.4],
      ],
    ],
  },
  {
    name: 'South Ossetia',
    within: ['268'],
    around: [
      [
        [43.5, 42.3],
        [43.8, 42.7],
        [44.6, 42.7],
        [44.5, 42.0],
        [43.8, 42.0],
      ],
    ],
  },
  {
    name: 'Transnistria',
    within: ['498'],
    around: [
      [
        [28.6, 48.0],
        [29.0, 48.2],
        [30.2, 46.5],
        [29.6, 46.4],
      ],
    ],
  },
  {
    name: 'the Essequibo region',
    within: ['328'],
    around: [
      [
        [-61.6, 5.2],
        [-61.0, 8.6],
        [-58.6, 7.2],
        [-58.2, 4.0],
        [-58.6, 1.0],
        [-60.2, 1.4],
      ],
    ],
  },
  {
    name: 'the southern Kuril Islands',
    within: ['643'],
    around: [
      [
        [145.3, 43.3],
        [146.8, 45.2],
        [149.0, 45.8],
        [148.2, 43.3],
      ],
    ],
  },
];

/**
 * Separate units of the map without an ISO 3166-1 code, and Western Sahara, whose code only reflects a list
 * of the United Nations.
 */
export const UNSETTLED_UNITS = ['Western Sahara', 'Somaliland', 'Northern Cyprus', 'Kosovo'] as const;

export const claimedNames = (): readonly string[] => CLAIMED.map(({ name }) => name);

/** The hatched areas of a map: unsettled units as a whole, and the claimed parts of other countries. */
export function disputedOf(countries: readonly Feature[]): Feature[] {
  const whole = countries.filter(({ id }) => id === undefined || id === '732');
  const parts = CLAIMED.flatMap(({ within, around }) =>
    countries
      .filter(({ id }) => id !== undefined && within.includes(String(id)))
      .flatMap((country) => ringsOf(country).flatMap((ring) => around.map((area) => clipped(ring, area))))
      .filter((ring) => ring.length > 2)
      .map((ring): Feature<Polygon> => ({
        type: 'Feature',
        properties: {},
        geometry: { type: 'Polygon', coordinates: [[...ring, ...ring.slice(0, 1)]] },
      })),
  );
  return [...whole, ...parts];
}

function ringsOf({ geometry }: Feature): readonly (readonly Position[])[] {
  if (geometry.type === 'Polygon') return geometry.coordinates.slice(0, 1);
  return geometry.type === 'MultiPolygon' ? geometry.coordinates.flatMap((piece) => piece.slice(0, 1)) : [];
}

/** The part of a ring inside a convex ring (Sutherland and Hodgman, 1974). */
function clipped(ring: readonly Position[], convex: readonly Position[]): readonly Position[] {
  const turn = Math.sign(convex.reduce((sum, at, index) => sum + cross(at, next(convex, index)), 0));
  return convex.reduce<readonly Position[]>((left, from, index) => {
    const to = next(convex, index);
    const side = ([x = 0, y = 0]: Position): number =>
      turn * ((to[0] ?? 0) - (from[0] ?? 0)) * (y - (from[1] ?? 0)) -
      turn * ((to[1] ?? 0) - (from[1] ?? 0)) * (x - (from[0] ?? 0));
    return left.flatMap((point, place) => {
      const before = left[(place + left.length - 1) % left.length] ?? point;
      const [here, there] = [side(point), side(before)];
      const edge = here >= 0 === there >= 0 ? [] : [between(before, point, there / (there - here))];
      return here >= 0 ? [...edge, point] : edge;
    });
  }, ring);
}

const next = (ring: readonly Position[], index: number): Position =>
  ring[(index + 1) % ring.length] ?? [0, 0];

const cross = ([x = 0, y = 0]: Position, [a = 0, b = 0]: Position): number => x * b - a * y;

const between = ([x = 0, y = 0]: Position, [a = 0, b = 0]: Position, part: number): Position => [
  x + part * (a - x),
  y + part * (b - y),
];
