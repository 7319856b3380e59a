import type { VNode } from 'preact';
import { REGIONS } from '../../domain/ledger/regions.js';
import { marketFinding } from '../../domain/footprint/market-finding.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import type { FiguresOfMarket } from '../../queries/markets/figures-of-market.js';
import type { MarketAnswer } from '../../queries/markets/get-markets.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { AutomakerPicker } from '../design/automaker-picker.js';
import { EventList } from '../design/event-list.js';
import { PageLinks } from '../design/page-links.js';
import { Section } from '../design/section.js';
import { withCapital } from '../design/words.js';
import { useLink, usePageContext } from '../page-context.js';
import { MarketConditions } from './market-conditions.js';
import { MarketEntries } from './market-entries.js';
import { Presence } from './market-presence.js';
import { useByThen } from '../design/by-then.js';

interface MarketPageProps {
  readonly answer: MarketAnswer;
  /** Names of automakers, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** All automakers in the market to choose from, independent of the current choice. */
  readonly offered: readonly string[];
  readonly latest: readonly TimelineEntry[];
  readonly figures: FiguresOfMarket;
}

/** One market: its finding, entries, plants, partnerships, and conditions. */
export function MarketPage({ answer, names, offered, latest, figures }: MarketPageProps): VNode {
  const link = useLink();
  const { query } = usePageContext();
  const byThen = useByThen();
  const { market, name, automakers, asOf } = answer;
  const isWhole =
    answer.next === undefined && query['cursor'] === undefined && query['automaker'] === undefined;
  const nameOf = (id: string): string => names.get(id) ?? id;
  const entered = new Set(automakers.flatMap(({ automaker, present }) => (present ? [automaker] : [])));
  const byFigures = [...figures.sellers].filter(([id]) => isWhole && !entered.has(id));
  const beside = automakers
    .map((presence, index) => ({ presence, at: `/automakers/${index}` }))
    .filter(
      ({ presence: { sites, partnerships, outlets } }) =>
        sites.length + partnerships.length + outlets.length > 0,
    );
  return (
    <>
      <header class="page-head">
        <p class="crumbs">
          <a href={link('/markets')}>Markets</a>
        </p>
        <h1>{withCapital(name)}</h1>
        {REGIONS.has(market) && (
          <p class="lead">
            What is told of it as a whole; each of its countries has a page of its own. As of{' '}
            {dayInWords(asOf.trueOn)}.
          </p>
        )}
        {isWhole && !REGIONS.has(market) && automakers.length + byFigures.length > 0 && (
          <p class="lead">
            {figures.atHome.length > 0 && `${homeInWords(figures.atHome.length)} `}
            {marketFinding(
              automakers.map((each) => ({ ...each, name: nameOf(each.automaker) })),
              byFigures.map(([id]) => nameOf(id)),
            )}{' '}
            As of {dayInWords(asOf.trueOn)}.
          </p>
        )}
      </header>
      <Section id="automakers" title="Who came, and when">
        {offered.length > 1 && <OneOf offered={offered} names={names} />}
        {automakers.length === 0 ? (
          <p class="quiet">
            {market === 'EU'
              ? 'No entry is logged for the union as a whole; each of its members has a page of its own.'
              : `Nobody, by what is logged${byThen}.`}{' '}
            <a href={link('/markets')}>All markets, and who is there</a>
          </p>
        ) : (
          <MarketEntries automakers={automakers} names={names} />
        )}
        <PageLinks next={answer.next} />
        {byFigures.length > 0 && (
          <>
            <h3>
              {REGIONS.has(market)
                ? 'Sold in it, by figures of the whole'
                : 'Sold here by figures, and no entry is logged'}
            </h3>
            <ul>
              {byFigures.map(([id, { id: event, occurredOn }]) => (
                <li key={id}>
                  <a href={link(`/automakers/${id}`)}>{nameOf(id)}</a>:{' '}
                  <a href={link(`/events/${event}`)}>newest figure until {dateInWords(occurredOn)}</a>
                </li>
              ))}
            </ul>
          </>
        )}
      </Section>
      {beside.length > 0 && (
        <Section id="beside" title="Plants, partners and outlets">
          {beside.map(({ presence, at }) => (
            <Presence
              key={presence.automaker}
              presence={presence}
              name={nameOf(presence.automaker)}
              at={at}
            />
          ))}
        </Section>
      )}
      <MarketConditions answer={answer} />
      <Section id="latest" title="What happened last">
        <EventList events={latest} />
        <p>
          <a href={link('/timeline', { market })}>All events that name it</a>
        </p>
      </Section>
    </>
  );
}

const homeInWords = (count: number): string =>
  count === 1
    ? 'One automaker of the ledger is at home here, which is no entry. This is about the others.'
    : `${count} automakers of the ledger are at home here, which is no entry. This is about the others.`;

function OneOf({ offered, names }: Pick<MarketPageProps, 'offered' | 'names'>): VNode {
  const { path, query } = usePageContext();
  const automakers = offered.map((id) => ({ id, name: names.get(id) ?? id }));
  return (
    <AutomakerPicker
      id="market-of"
      action={path}
      parameter="automaker"
      automakers={automakers}
      chosen={query['automaker']}
    />
  );
}
