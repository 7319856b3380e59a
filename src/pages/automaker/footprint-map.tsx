import type { VNode } from 'preact';
import type { AutomakerAnswer } from '../../queries/automakers/get-automaker.js';
import type { MarketStage } from '../../queries/markets/get-markets.js';
import { marketName } from '../../queries/names.js';
import { MapDrawing, type MappedMarket } from '../charts/world-map.js';
import { maps } from '../charts/world-geometry.js';

/** Where one automaker is, small: its own markets by the deepest stage that it has in each. */
export function FootprintMap({ answer }: { answer: AutomakerAnswer }): VNode {
  const { name, homeMarket } = answer.profile;
  return (
    <div class="map footprint">
      <MapDrawing
        map={maps().world}
        markets={marketsOn(answer)}
        home={homeMarket}
        label={`Where ${name} is, by what is logged`}
        isSmall
      />
    </div>
  );
}

/** From the shallowest to the deepest: a later one takes the place of an earlier one. */
function marketsOn({ markets, sites, profile }: AutomakerAnswer): MappedMarket[] {
  const stages = new Map<string, MarketStage>();
  for (const { market, present, stays } of markets)
    if (present) stages.set(market, 'present');
    else if (stays.length > 0) stages.set(market, 'left');
  for (const { market, status } of sites) if (status === 'announced') stages.set(market, 'announced');
  for (const { market, status } of sites) if (status === 'running') stages.set(market, 'producing');
  return [...stages]
    .filter(([market]) => market !== profile.homeMarket)
    .map(([market, stage]) => ({ market, name: marketName(market), stage }));
}
