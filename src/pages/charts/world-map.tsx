import type { VNode } from 'preact';
import type { MarketStage, MarketSummary } from '../../queries/markets/get-markets.js';
import { TableTwin } from '../design/table-twin.js';
import { useLink } from '../page-context.js';
import { numericCode } from './country-codes.js';
import { STAGE_LOOKS, stageInWords, stagesTable } from './stages.js';
import { territories, WORLD_HEIGHT, WORLD_WIDTH, type Territory } from './world-geometry.js';

type Shown = Exclude<MarketStage, 'none'>;

/** The world by stage, in colour and shape. Each market that the ledger knows of leads to its page. */
export function WorldMap({ markets }: { markets: readonly MarketSummary[] }): VNode {
  const link = useLink();
  const byCode = new Map(markets.map((market) => [numericCode(market.market), market]));
  const known = territories().flatMap((territory) => {
    const market = territory.numeric === undefined ? undefined : byCode.get(territory.numeric);
    return market && market.stage !== 'none' ? [{ territory, market, stage: market.stage }] : [];
  });
  const rest = territories().filter(
    ({ numeric }) => !known.some(({ territory }) => territory.numeric === numeric),
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
          <path class="land" d={rest.map(({ path }) => path ?? '').join('')} />
          {known.map(({ territory, market, stage }) => (
            <a key={market.market} href={link(`/markets/${market.market}`)}>
              <title>{`${market.name}: ${stageInWords(stage)}`}</title>
              {territory.path !== undefined && <path class={`land ${stage}`} d={territory.path} />}
              <path class={`mark ${stage}`} d={STAGE_LOOKS[stage].shape} transform={placed(territory)} />
            </a>
          ))}
        </svg>
      </div>
      <Legend stages={known.map(({ stage }) => stage)} />
      <TableTwin table={stagesTable(markets)} />
    </figure>
  );
}

const placed = ({ x, y, path }: Territory): string =>
  path === undefined ? `translate(${x - 6} ${y - 6})` : `translate(${x - 4} ${y - 4}) scale(.68)`;

function findingOf(markets: readonly MarketSummary[]): string {
  const count = (stage: MarketStage): number => markets.filter((market) => market.stage === stage).length;
  const sold = count('present') + count('producing') + count('announced');
  if (sold === 0) return 'No market outside home is logged by then';
  return `Cars are built in ${count('producing')} of the ${sold} foreign markets that the ledger follows`;
}

function Legend({ stages }: { stages: readonly Shown[] }): VNode {
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
    </ul>
  );
}
