import type { VNode } from 'preact';
import { isThereByRumour } from '../../domain/state/market-stays.js';
import type { AutomakerAnswer } from '../../queries/automakers/get-automaker.js';
import { qualifierInWords } from '../../domain/words/goals.js';
import { dayInWords, whenInWords } from '../design/dates.js';
import { Value } from '../design/value.js';
import { FootprintMap } from './footprint-map.js';
import { addressOf, useLink } from '../page-context.js';
import type { ReportedMarkets } from './reported-markets.js';

interface RailProps {
  readonly answer: AutomakerAnswer;
  /** The number of markets in which it sells by figures alone. */
  readonly sold: number;
  readonly reported: ReportedMarkets | undefined;
}

/**
 * The column beside the chart: the automaker's markets, partners and comparable automakers, and the state of
 * the data.
 */
export function Rail({ answer, sold, reported }: RailProps): VNode {
  const link = useLink();
  const { id, profile, markets, sites, partnerships, asOf } = answer;
  const there = markets.filter((each) => each.present);
  const byRumour = there.filter(isThereByRumour).length;
  const present = there.length - byRumour;
  const running = sites.filter(({ status }) => status === 'running').length;
  const awaited = sites.filter(({ status }) => status === 'announced');
  const rumoured = awaited.filter(({ announced }) => announced?.isRumour).length;
  const planned = awaited.length - rumoured;
  const partners = partnerships.length;
  const over = partnerships.filter(({ ended }) => ended).length;
  return (
    <aside class="rail" aria-label={`${profile.name} at a glance`}>
      <FootprintMap answer={answer} />
      <dl>
        <div>
          <dt>
            <a href="#markets">Markets</a>
          </dt>
          <dd>
            {present === 0 ? 'none is logged' : `${present} logged`}
            {byRumour > 0 && <small>{byRumour} by rumour alone</small>}
            {sold > 0 && <small>figures tell of {sold} more</small>}
            {reported && (
              <small>
                {qualifierInWords(reported.qualifier)}
                <Value
                  value={reported.value}
                  at={reported.at}
                  from={addressOf(`/api/automakers/${id}/figures`, { measure: 'overseas-markets' })}
                  unit="markets"
                />{' '}
                reported {whenInWords(reported.asOf)}
              </small>
            )}
          </dd>
        </div>
        <div>
          <dt>
            <a href="#production">Plants</a>
          </dt>
          <dd>
            {running === 0 ? 'none is logged as started' : `${running} started, no end logged`}
            {planned > 0 && <small>{planned} announced</small>}
            {rumoured > 0 && <small>{rumoured} by rumour alone</small>}
          </dd>
        </div>
        <div>
          <dt>
            <a href="#partners">Partners</a>
          </dt>
          <dd>
            {partners === 0 ? 'none is logged' : `${partners} logged`}
            {over > 0 && <small>{over} of them ended</small>}
          </dd>
        </div>
      </dl>
      <ul class="plain">
        <li>
          <a href={`${link('/', { of: id })}#map`}>On the map</a>
        </li>
        <li>
          <a href={link('/compare')}>Compare with others</a>
        </li>
        <li>
          <a href={link('/overlap', { automakers: id })}>Where it meets others</a>
        </li>
        <li>
          <a href={link('/timeline', { automaker: id })}>All its events</a>
        </li>
        <li>
          <a href={link('/log', { automaker: id })}>Log an event of it</a>
        </li>
      </ul>
      <p class="small quiet">By what is logged, as of {dayInWords(asOf.trueOn)}.</p>
    </aside>
  );
}
