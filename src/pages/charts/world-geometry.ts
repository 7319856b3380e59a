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

/** A territory as drawn on one map. */
export interface Territory {
  /** ISO 3166-1 numeric code; absent for land without one, such as Northern Cyprus. */
  readonly numeric: string | undefined;
  /** SVG path of its land; absent for territories that are too small for the coarse map. */
  readonly path?: string;
  /** Position of its mark. */
  readonly x: number;
  readonly y: number;
}

type World = Topology<{ countries: GeometryCollection }>;

/** A map: its territories and its hatched areas. */
export interface MapGeometry {
  readonly width: number;
  readonly height: number;
  readonly territories: readonly Territory[];
  /** SVG path of disputed territory. */
  readonly disputed: string;
}

let known: { readonly world: MapGeometry; readonly europe: MapGeometry } | undefined;

/**
 * Maps of the world and, larger, of Europe, with all territories of Natural Earth. The land comes from the
 * coarse map (1:110m). Territories that only the finer one (1:50m) has are dots, so that none is missing.
 * Computed at the first use, in about a quarter of a second.
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
  const countries = countriesOf(coarse, () => true);
  const drawn = new Set(countries.map(({ id }) => id));
  const globe: Globe = {
    land: countries.map(placedOnGlobe),
    small: countriesOf(fine, (id) => id !== undefined && !drawn.has(id)).map(placedOnGlobe),
    disputed: disputedOf(countries),
  };
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
    world: geometryOf(world, globe, WIDTH, HEIGHT),
    europe: geometryOf(europe, globe, EUROPE, EUROPE),
  };
}

/** Countries of an atlas. Antarctica is omitted: it buys no cars and would take a sixth of the height. */
const countriesOf = (atlas: World, isWanted: (id: Feature['id']) => boolean): Feature[] =>
  feature(atlas, {
    type: 'GeometryCollection',
    geometries: atlas.objects.countries.geometries.filter(({ id }) => id !== '010' && isWanted(id)),
  }).features;

/** A territory before projection. */
interface OnGlobe {
  readonly shape: Feature;
  /** The longitude and latitude of its mainland's center. */
  readonly middle: [number, number];
}

/** The shapes that all maps draw. */
interface Globe {
  readonly land: readonly OnGlobe[];
  readonly small: readonly OnGlobe[];
  readonly disputed: readonly Feature[];
}

const placedOnGlobe = (shape: Feature): OnGlobe => ({ shape, middle: geoCentroid(mainland(shape)) });

function geometryOf(
  projection: GeoProjection,
  { land, small, disputed }: Globe,
  width: number,
  height: number,
): MapGeometry {
  const draw = geoPath(projection).digits(1);
  const placed = ({ shape, middle }: OnGlobe): Territory => {
    const [x, y] = projection(middle) ?? [0, 0];
    return { numeric: codeOf(shape.id), x: Math.round(x), y: Math.round(y) };
  };
  const isSeen = ({ x, y }: Territory): boolean => x > 0 && x < width && y > 0 && y < height;
  return {
    width,
    height,
    territories: [
      ...land
        .map((each) => ({ ...placed(each), path: draw(each.shape) ?? '' }))
        .filter(({ path }) => path !== ''),
      ...small.map(placed).filter(isSeen),
    ],
    disputed: disputed.map((shape) => draw(shape) ?? '').join(''),
  };
}

const codeOf = (id: string | number | undefined): string | undefined =>
  id === undefined ? undefined : String(id).padStart(3, '0');

/**
 * The largest piece of a territory, so that the mark of France is in Europe and not between Europe and
 * Guiana.
 */
function mainland({ geometry }: Feature): Geometry {
  if (geometry.type !== 'MultiPolygon') return geometry;
  const pieces = geometry.coordinates.map((coordinates) => ({ type: 'Polygon' as const, coordinates }));
  return pieces.reduce<Geometry>((largest, piece) => (geoArea(piece) > geoArea(largest) ? piece : largest), {
    type: 'Polygon',
    coordinates: [],
  });
}
