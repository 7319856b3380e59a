import type { VNode } from 'preact';
import type { MarketStage, MarketSummary } from '../../queries/markets/get-markets.js';
import type { ChartFigureProps } from './chart-figure.js';
import { TableTwin } from '../design/table-twin.js';
import { useLink } from '../page-context.js';
import { numericCode } from './country-codes.js';
import { STAGE_LOOKS, stageInWords, stagesTable } from './stages.js';
import { territories, WORLD_HEIGHT, WORLD_WIDTH, type Territory } from './world-geometry.js';

type Shown = Exclude<MarketStage, 'none'>;

/** The map as a picture of its own, with its legend inside. */
export function mapFigure(markets: readonly MarketSummary[]): ChartFigureProps {
  const finding = findingOf(markets);
  const known = shownOn(markets);
  const stages = Object.entries(STAGE_LOOKS).filter(([stage]) => known.some((each) => each.stage === stage));
  const counts = stages.map(
    ([stage, { words }]) => `${words}: ${known.filter((each) => each.stage === stage).length}`,
  );
  return {
    id: 'map',
    finding,
    subtitle: 'Markets by the deepest stage of any automaker',
    alt: `World map of markets by stage. ${finding}. ${counts.join(', ')}.`,
    rooms: [{ width: WORLD_WIDTH, height: WORLD_HEIGHT, isNarrow: false }],
    below: 40,
    draw: () => (
      <g class="map">
        <path
          class="land"
          d={pathOf(
            territories().filter(
              (each) => !known.some(({ territory }) => territory.numeric === each.numeric),
            ),
          )}
        />
        {known.map(({ territory, market, stage }) => (
          <g key={market.market}>
            {territory.path !== undefined && <path class={`land ${stage}`} d={territory.path} />}
            <path class={`mark ${stage}`} d={STAGE_LOOKS[stage].shape} transform={placed(territory)} />
          </g>
        ))}
        {stages.map(([stage, { words, shape }], index) => (
          <g key={stage} transform={`translate(${8 + index * 150} ${WORLD_HEIGHT + 14})`}>
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

interface ShownMarket {
  readonly territory: Territory;
  readonly market: MarketSummary;
  readonly stage: Shown;
}

/** Where on the map each market is of which the ledger knows more than its conditions. */
function shownOn(markets: readonly MarketSummary[]): ShownMarket[] {
  const byCode = new Map(markets.map((market) => [numericCode(market.market), market]));
  return territories().flatMap((territory) => {
    const market = territory.numeric === undefined ? undefined : byCode.get(territory.numeric);
    return market && market.stage !== 'none' ? [{ territory, market, stage: market.stage }] : [];
  });
}

/** The world by stage, in colour and shape. Each market that the ledger knows of leads to its page. */
export function WorldMap({
  markets,
  home,
}: {
  markets: readonly MarketSummary[];
  /** The home market of the one automaker that is shown. */
  home?: string | undefined;
}): VNode {
  const link = useLink();
  const known = shownOn(markets);
  const homeLand =
    home === undefined
      ? undefined
      : territories().find(({ numeric }) => numeric !== undefined && numeric === numericCode(home));
  const rest = territories().filter(
    (each) => each !== homeLand && !known.some(({ territory }) => territory.numeric === each.numeric),
  );
  return (
    <figure class="chart map" aria-labelledby="map-finding">
      <figcaption>
        <p class="finding" id="map-finding">
          {findingOf(markets)}
        </p>
      </figcaption>
      <div class="drawing">
        <svg
          viewBox={`0 0 ${WORLD_WIDTH} ${WORLD_HEIGHT}`}
          role="group"
          aria-label="World map of markets by stage"
        >
          <path class="land" d={pathOf(rest)} />
          {homeLand && <path class="land home" d={homeLand.path ?? ''} />}
          {known.map(({ territory, market, stage }) => (
            <a key={market.market} href={link(`/markets/${market.market}`)}>
              <title>{`${market.name}: ${stageInWords(stage)}`}</title>
              {territory.path !== undefined && <path class={`land ${stage}`} d={territory.path} />}
              <path class={`mark ${stage}`} d={STAGE_LOOKS[stage].shape} transform={placed(territory)} />
            </a>
          ))}
        </svg>
      </div>
      <Legend stages={known.map(({ stage }) => stage)} hasHome={homeLand !== undefined} />
      <TableTwin table={stagesTable(markets)} />
    </figure>
  );
}

const pathOf = (lands: readonly Territory[]): string => lands.map(({ path }) => path ?? '').join('');

const placed = ({ x, y, path }: Territory): string =>
  path === undefined ? `translate(${x - 6} ${y - 6})` : `translate(${x - 4} ${y - 4}) scale(.68)`;

function findingOf(markets: readonly MarketSummary[]): string {
  const count = (stage: MarketStage): number => markets.filter((market) => market.stage === stage).length;
  const sold = count('present') + count('producing') + count('announced');
  if (sold === 0) return 'No market outside home is logged by then';
  return `Cars are built in ${count('producing')} of the ${sold} markets where cars are sold or plants are announced, by what is logged`;
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
    </ul>
  );
}
