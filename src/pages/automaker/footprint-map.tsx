import type { VNode } from 'preact';
import type { AutomakerAnswer } from '../../queries/automakers/get-automaker.js';
import { presenceOf } from '../../queries/markets/market-presence.js';
import { marketName } from '../../queries/names.js';
import { SmallWorld, type MappedMarket } from '../charts/world-map.js';

/** A small map of one automaker's markets, each by its deepest stage there. */
export function FootprintMap({ answer }: { answer: AutomakerAnswer }): VNode {
  const { name, homeMarket } = answer.profile;
  return (
    <div class="map footprint">
      <SmallWorld
        markets={marketsOn(answer)}
        home={homeMarket}
        label={`Where ${name} is, by what is logged`}
      />
    </div>
  );
}

function marketsOn(answer: AutomakerAnswer): MappedMarket[] {
  return [...presenceOf(answer)].flatMap(([market, [stage]]) =>
    stage === undefined ? [] : [{ market, name: marketName(market), stage }],
  );
}
