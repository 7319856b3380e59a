import { createRequire } from 'node:module';
import { geoArea, geoCentroid, geoEqualEarth, geoPath } from 'd3-geo';
import type { Feature, Geometry } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

/** A territory as it is drawn, in a box of WORLD_WIDTH by WORLD_HEIGHT. */
export interface Territory {
  /** ISO 3166-1 numeric code; absent of land that has none, such as Northern Cyprus. */
  readonly numeric: string | undefined;
  /** SVG path of its land; absent of territories too small for the coarse map. */
  readonly path?: string;
  /** Where its mark stands. */
  readonly x: number;
  readonly y: number;
}

export const WORLD_WIDTH = 960;
export const WORLD_HEIGHT = 440;

type World = Topology<{ countries: GeometryCollection }>;

let known: readonly Territory[] | undefined;

/**
 * All territories of Natural Earth: the land of the coarse map (1:110m), and a dot for each that only the finer one
 * (1:50m) has, so that none is left out. Worked out at the first use, in about a tenth of a second.
 */
export function territories(): readonly Territory[] {
  return (known ??= workOut());
}

function workOut(): readonly Territory[] {
  const require = createRequire(import.meta.url);
  const coarse = require('world-atlas/countries-110m.json') as World;
  const fine = require('world-atlas/countries-50m.json') as World;
  const projection = geoEqualEarth().fitExtent(
    [
      [2, 2],
      [WORLD_WIDTH - 2, WORLD_HEIGHT + 46],
    ],
    { type: 'Sphere' },
  );
  const draw = geoPath(projection).digits(1);
  const place = (shape: Feature): { x: number; y: number } => {
    const [x, y] = projection(geoCentroid(mainland(shape))) ?? [0, 0];
    return { x: Math.round(x), y: Math.round(y) };
  };
  // Antarctica sells no cars, and takes a sixth of the height.
  const land = feature(coarse, coarse.objects.countries).features.filter(({ id }) => id !== '010');
  const drawn = new Set(land.map(({ id }) => id));
  const small = feature(fine, fine.objects.countries).features.filter(
    ({ id }) => id !== undefined && id !== '010' && !drawn.has(id),
  );
  return [
    ...land.map((shape) => ({ numeric: codeOf(shape.id), path: draw(shape) ?? '', ...place(shape) })),
    ...small.map((shape) => ({ numeric: codeOf(shape.id), ...place(shape) })),
  ];
}

const codeOf = (id: string | number | undefined): string | undefined =>
  id === undefined ? undefined : String(id).padStart(3, '0');

/** The largest piece of a territory: the mark of France belongs into Europe, not between it and Guiana. */
function mainland({ geometry }: Feature): Geometry {
  if (geometry.type !== 'MultiPolygon') return geometry;
  const pieces = geometry.coordinates.map((coordinates) => ({ type: 'Polygon' as const, coordinates }));
  return pieces.reduce<Geometry>((largest, piece) => (geoArea(piece) > geoArea(largest) ? piece : largest), {
    type: 'Polygon',
    coordinates: [],
  });
}
