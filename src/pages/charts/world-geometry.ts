import { createRequire } from 'node:module';
import {
  geoArea,
  geoAzimuthalEqualArea,
  geoCentroid,
  geoEqualEarth,
  geoPath,
  type GeoProjection,
} from 'd3-geo';
import type { Feature, Geometry } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { disputedOf } from './disputed-territory.js';

/** A territory as it is drawn on one map. */
export interface Territory {
  /** ISO 3166-1 numeric code; absent of land that has none, such as Northern Cyprus. */
  readonly numeric: string | undefined;
  /** SVG path of its land; absent of territories too small for the coarse map. */
  readonly path?: string;
  /** Where its mark stands. */
  readonly x: number;
  readonly y: number;
}

type World = Topology<{ countries: GeometryCollection }>;

/** A drawing of lands: each of them, and what of them is hatched. */
export interface MapGeometry {
  readonly width: number;
  readonly height: number;
  readonly territories: readonly Territory[];
  /** SVG path of disputed territory. */
  readonly disputed: string;
}

let known: { readonly world: MapGeometry; readonly europe: MapGeometry } | undefined;

/**
 * The world, and Europe larger: all territories of Natural Earth, the land of the coarse map (1:110m), and a dot for each that only
 * the finer one (1:50m) has, so that none is left out. Worked out at the first use, in about a tenth of a second.
 */
export function maps(): { readonly world: MapGeometry; readonly europe: MapGeometry } {
  return (known ??= workOut());
}

const WIDTH = 960;
const HEIGHT = 440;
const EUROPE = 440;

function workOut(): { readonly world: MapGeometry; readonly europe: MapGeometry } {
  const require = createRequire(import.meta.url);
  const coarse = require('world-atlas/countries-110m.json') as World;
  const fine = require('world-atlas/countries-50m.json') as World;
  // Antarctica sells no cars, and takes a sixth of the height.
  const land = feature(coarse, coarse.objects.countries).features.filter(({ id }) => id !== '010');
  const drawn = new Set(land.map(({ id }) => id));
  const small = feature(fine, fine.objects.countries).features.filter(
    ({ id }) => id !== undefined && id !== '010' && !drawn.has(id),
  );
  const world = geoEqualEarth().fitExtent(
    [
      [2, 2],
      [WIDTH - 2, HEIGHT + 46],
    ],
    { type: 'Sphere' },
  );
  const europe = geoAzimuthalEqualArea()
    .rotate([-14, -53])
    .scale(620)
    .translate([EUROPE / 2, EUROPE / 2])
    .clipExtent([
      [0, 0],
      [EUROPE, EUROPE],
    ]);
  return {
    world: geometryOf(world, land, small, WIDTH, HEIGHT),
    europe: geometryOf(europe, land, small, EUROPE, EUROPE),
  };
}

function geometryOf(
  projection: GeoProjection,
  land: readonly Feature[],
  small: readonly Feature[],
  width: number,
  height: number,
): MapGeometry {
  const draw = geoPath(projection).digits(1);
  const place = (shape: Feature): { x: number; y: number } => {
    const [x, y] = projection(geoCentroid(mainland(shape))) ?? [0, 0];
    return { x: Math.round(x), y: Math.round(y) };
  };
  const isSeen = ({ x, y }: { x: number; y: number }): boolean => x > 0 && x < width && y > 0 && y < height;
  return {
    width,
    height,
    territories: [
      ...land.map((shape) => ({ numeric: codeOf(shape.id), path: draw(shape) ?? '', ...place(shape) })),
      ...small.map((shape) => ({ numeric: codeOf(shape.id), ...place(shape) })).filter(isSeen),
    ].filter((each) => !('path' in each) || each.path !== ''),
    disputed: disputedOf(land)
      .map((shape) => draw(isInsideOut(shape) ? turned(shape) : shape) ?? '')
      .join(''),
  };
}

/** A ring that runs the other way is all the rest of the globe. */
const isInsideOut = (shape: Feature): boolean => geoArea(shape) > 2 * Math.PI;

const turned = (shape: Feature): Feature =>
  shape.geometry.type === 'Polygon'
    ? {
        ...shape,
        geometry: {
          type: 'Polygon',
          coordinates: shape.geometry.coordinates.map((ring) => [...ring].reverse()),
        },
      }
    : shape;

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
