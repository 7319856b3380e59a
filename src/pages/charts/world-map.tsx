import type { VNode } from 'preact';
import type { MarketStage, MarketSummary } from '../../queries/markets/get-markets.js';
import type { ChartFigureProps } from './chart-figure.js';
import { Explained } from '../design/explained.js';
import { TableTwin } from '../design/table-twin.js';
import { useLink } from '../page-context.js';
import { numericCode } from './country-codes.js';
import { STAGE_LOOKS, stageInWords, stagesTable } from './stages.js';
import { maps, type MapGeometry, type Territory } from './world-geometry.js';

type Shown = Exclude<MarketStage, 'none'>;

/** The map as a separate picture, with its legend inside. */
export function mapFigure(markets: readonly MarketSummary[]): ChartFigureProps {
  const finding = findingOf(markets);
  const { world } = maps();
  const known = shownOn(world, markets);
  const stages = Object.entries(STAGE_LOOKS).filter(([stage]) => known.some((each) => each.stage === stage));
  const counts = stages.map(
    ([stage, { words }]) => `${words}: ${known.filter((each) => each.stage === stage).length}`,
  );
  return {
    id: 'map',
    finding,
    subtitle: 'Markets by the deepest stage of any automaker',
    alt: `World map of markets by stage. ${finding}. ${counts.join(', ')}.`,
    rooms: [
      { width: world.width, height: world.height + LEGEND.wide.height, isNarrow: false },
      { width: world.width, height: world.height + LEGEND.narrow.height, isNarrow: true },
    ],
    draw: ({ isNarrow }) => (
      <g class="map">
        <Lands map={world} known={known} />
        {known.map((each) => (
          <g key={each.market.market}>
            <MarketMark shown={each} />
          </g>
        ))}
        <Hatching />
        <Disputed map={world} />
        {stages.map(([stage, { words, shape }], index) => (
          <g key={stage} transform={placeInLegend(index, world.height, isNarrow)}>
            <path class={stage} d={shape} />
            <text x="20" y="11">
              {words}
            </text>
          </g>
        ))}
      </g>
    ),
    table: stagesTable(markets),
  };
}

/** The legend below the map. A narrow picture shrinks the whole map, so its legend is larger, in rows. */
const LEGEND = {
  wide: { height: 40, inRow: 6, across: 150, down: 0, scale: 1 },
  narrow: { height: 120, inRow: 2, across: 400, down: 38, scale: 2.2 },
} as const;

function placeInLegend(index: number, top: number, isNarrow: boolean): string {
  const { inRow, across, down, scale } = LEGEND[isNarrow ? 'narrow' : 'wide'];
  const [column, row] = [index % inRow, Math.floor(index / inRow)];
  return `translate(${8 + column * across} ${top + 14 + row * down}) scale(${scale})`;
}

/** The part of a market that a map shows. */
export type MappedMarket = Pick<MarketSummary, 'market' | 'name' | 'stage'>;

interface ShownMarket {
  readonly territory: Territory;
  readonly market: MappedMarket;
  readonly stage: Shown;
}

/** The map positions of markets of which the ledger knows more than their conditions. */
function shownOn({ territories }: MapGeometry, markets: readonly MappedMarket[]): ShownMarket[] {
  const byCode = new Map(markets.map((market) => [numericCode(market.market), market]));
  return territories.flatMap((territory) => {
    const market = territory.numeric === undefined ? undefined : byCode.get(territory.numeric);
    return market && market.stage !== 'none' ? [{ territory, market, stage: market.stage }] : [];
  });
}

interface WorldMapProps {
  readonly markets: readonly MarketSummary[];
  /** The home market if a single automaker is shown. */
  readonly home?: string | undefined;
}

/**
 * A world map by stage, in colours and shapes, and a larger map of Europe. Each known market links to its
 * page. On a phone, where a finger covers most of Europe, the links are the names below the map.
 */
export function WorldMap({ markets, home }: WorldMapProps): VNode {
  const { world, europe } = maps();
  const known = shownOn(world, markets);
  return (
    <figure class="chart map" aria-labelledby="map-finding">
      <figcaption>
        <p class="finding" id="map-finding">
          {findingOf(markets)}
        </p>
      </figcaption>
      <div class="drawing maps">
        <MapDrawing map={world} markets={markets} home={home} label="World map of markets by stage" />
        <MapDrawing map={europe} markets={markets} home={home} label="Europe, larger" isRepeated />
      </div>
      <Legend stages={known.map(({ stage }) => stage)} hasHome={home !== undefined} />
      <MarketNames known={known} />
      <TableTwin table={stagesTable(markets)} />
    </figure>
  );
}

interface MapDrawingProps {
  readonly map: MapGeometry;
  readonly markets: readonly MappedMarket[];
  readonly home?: string | undefined;
  readonly label: string;
  /** Whether another map shows the same markets; this one is then skipped with Tab. */
  readonly isRepeated?: boolean;
}

/** One map, with a link for each market. */
function MapDrawing({ map, markets, home, label, isRepeated = false }: MapDrawingProps): VNode {
  const link = useLink();
  const known = shownOn(map, markets);
  return (
    <svg
      class={isRepeated ? 'inset' : undefined}
      viewBox={`0 0 ${map.width} ${map.height}`}
      role="group"
      aria-label={label}
    >
      <Lands map={map} known={known} home={home} />
      {known.map((each) => (
        <a
          key={each.market.market}
          href={link(`/markets/${each.market.market}`)}
          tabIndex={isRepeated ? -1 : undefined}
        >
          <title>{`${each.market.name}: ${stageInWords(each.stage)}`}</title>
          <MarketMark shown={each} />
        </a>
      ))}
      {!isRepeated && <Hatching />}
      <Disputed map={map} />
    </svg>
  );
}

/** A world map as a picture, too small for marks and links. */
export function SmallWorld({
  markets,
  home,
  label,
}: Pick<MapDrawingProps, 'markets' | 'home' | 'label'>): VNode {
  const { world } = maps();
  const known = shownOn(world, markets);
  return (
    <svg viewBox={`0 0 ${world.width} ${world.height}`} role="img" aria-label={label}>
      <Lands map={world} known={known} home={home} />
      {known.map(({ territory, market: { market }, stage }) =>
        territory.path === undefined ? (
          <circle key={market} class={stage} cx={territory.x} cy={territory.y} r="6" />
        ) : (
          <path key={market} class={`land ${stage}`} d={territory.path} />
        ),
      )}
      <Hatching />
      <Disputed map={world} />
    </svg>
  );
}

/** The pattern of disputed territory, defined once for all maps of a page. */
const Hatching = (): VNode => (
  <defs>
    <pattern id="hatched" width="3" height="3" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="hatch-ground" width="3" height="3" />
      <line class="hatch-line" x1="0.5" x2="0.5" y1="0" y2="3" />
    </pattern>
  </defs>
);

const Disputed = ({ map: { disputed } }: { map: MapGeometry }): VNode => (
  <path class="disputed" fill="url(#hatched)" d={disputed} />
);

/** Land outside the ledger's markets, and the home market of one automaker. */
function Lands({
  map,
  known,
  home,
}: {
  map: MapGeometry;
  known: readonly ShownMarket[];
  home?: string | undefined;
}): VNode {
  const homeCode = home === undefined ? undefined : numericCode(home);
  const isHome = ({ numeric }: Territory): boolean => numeric !== undefined && numeric === homeCode;
  const taken = new Set(known.map(({ territory }) => territory));
  const rest = map.territories.filter((each) => !taken.has(each) && !isHome(each));
  return (
    <>
      <path class="land" d={pathOf(rest)} />
      {map.territories.filter(isHome).map(({ path }) => (
        <path key="home" class="land home" d={path ?? ''} />
      ))}
    </>
  );
}

const MarketMark = ({ shown: { territory, stage } }: { shown: ShownMarket }): VNode => (
  <>
    {territory.path !== undefined && <path class={`land ${stage}`} d={territory.path} />}
    <path class={`mark ${stage}`} d={STAGE_LOOKS[stage].shape} transform={placed(territory)} />
  </>
);

/** The names of the markets, as links for touch screens. */
function MarketNames({ known }: { known: readonly ShownMarket[] }): VNode | null {
  const link = useLink();
  if (known.length === 0) return null;
  const byName = [...known].sort((a, b) => a.market.name.localeCompare(b.market.name, 'en'));
  return (
    <ul class="market-names">
      {Object.entries(STAGE_LOOKS).flatMap(([stage, { shape }]) =>
        byName
          .filter((each) => each.stage === stage)
          .map(({ market: { market, name } }) => (
            <li key={market}>
              <a href={link(`/markets/${market}`)}>
                <svg class={`symbol ${stage}`} viewBox="0 0 12 12" aria-hidden="true">
                  <path d={shape} />
                </svg>
                {name}
              </a>
            </li>
          )),
      )}
    </ul>
  );
}

const pathOf = (lands: readonly Territory[]): string => lands.map(({ path }) => path ?? '').join('');

const placed = ({ x, y, path }: Territory): string =>
  path === undefined ? `translate(${x - 6} ${y - 6})` : `translate(${x - 4} ${y - 4}) scale(.68)`;

function findingOf(markets: readonly MarketSummary[]): string {
  const count = (stage: MarketStage): number => markets.filter((market) => market.stage === stage).length;
  const sold = count('present') + count('producing') + count('announced');
  if (sold === 0) return 'No market outside home is logged';
  return `Cars were or are built in ${count('producing')} of the ${sold} markets that are logged as entered, or as the place of a plant`;
}

function Legend({ stages, hasHome }: { stages: readonly Shown[]; hasHome: boolean }): VNode {
  const used = Object.entries(STAGE_LOOKS).filter(([stage]) => stages.some((each) => each === stage));
  return (
    <ul class="legend">
      {used.map(([stage, { words, shape }]) => (
        <li key={stage}>
          <svg viewBox="0 0 12 12" aria-hidden="true">
            <path class={stage} d={shape} />
          </svg>
          {words}
        </li>
      ))}
      {hasHome && <li class="with-swatch home">home</li>}
      <li class="with-swatch nothing">nothing logged</li>
      <li class="with-swatch hatched">
        <Explained method="borders">disputed</Explained>
      </li>
    </ul>
  );
}
