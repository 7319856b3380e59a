import type { VNode } from 'preact';
import { EVENT_TYPES } from '../../domain/events/catalogue.js';
import { isMarket } from '../../domain/events/fields.js';
import type { AutomakerNames } from '../../queries/automakers/list-automaker-names.js';
import { marketName } from '../../queries/names.js';
import { AutomakerChoice } from '../design/automaker-choice.js';
import { eventTypeInWords } from '../design/words.js';
import { addressOf, usePageContext } from '../page-context.js';

const OWN = [
  'automaker',
  'type',
  'market',
  'from',
  'to',
  'standing',
  'publisher',
  'order',
  'direction',
  'cursor',
  'csv',
];

/** A market as people call it, whichever way it was asked for. */
const marketCalled = (asked = ''): string => (isMarket(asked) ? marketName(asked) : asked);

/** Filters for events: a plain form that leads to an address. */
export function TimelineFilters({ automakers }: { automakers: AutomakerNames }): VNode {
  const { query, path, clocks } = usePageContext();
  const kept = Object.entries(query).filter(([name]) => !OWN.includes(name));
  const isFiltered = OWN.some((name) => query[name] !== undefined);
  return (
    <details open={isFiltered}>
      <summary>Choose which events</summary>
      <form action={path} method="get" class="inline">
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <AutomakerChoice id="filter-automaker" automakers={automakers} chosen={query['automaker']} />
        <Choice
          name="type"
          label="Type of event"
          all="all"
          options={EVENT_TYPES.map((type) => [type, eventTypeInWords(type)] as const)}
        />
        <div class="field">
          <label for="filter-market">Market</label>
          <input
            id="filter-market"
            type="text"
            name="market"
            maxLength={60}
            size={12}
            placeholder="Germany"
            value={marketCalled(query['market'])}
          />
        </div>
        <div class="field">
          <label for="filter-from">Happened from</label>
          <input id="filter-from" type="date" name="from" value={query['from'] ?? ''} />
        </div>
        <div class="field">
          <label for="filter-to">to</label>
          <input id="filter-to" type="date" name="to" value={query['to'] ?? ''} />
        </div>
        <Choice
          name="standing"
          label="Standing"
          all="all"
          options={[
            ['stands', 'stands'],
            ['corrected', 'corrected'],
            ['retracted', 'retracted'],
            ['moved', 'moved'],
          ]}
        />
        <div class="field">
          <label for="filter-publisher">Publisher</label>
          <input
            id="filter-publisher"
            type="text"
            name="publisher"
            maxLength={200}
            size={14}
            value={query['publisher'] ?? ''}
          />
        </div>
        <Choice name="order" label="In the order of" all="happening" options={[['recorded', 'learning']]} />
        <Choice name="direction" label="Beginning with" all="the newest" options={[['asc', 'the oldest']]} />
        <button class="button" type="submit">
          Show
        </button>
        {isFiltered && <a href={addressOf(path, { ...clocks })}>Show all</a>}
      </form>
    </details>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  /** The words for no choice. */
  readonly all: string;
  readonly options: readonly (readonly [string, string])[];
}

function Choice({ name, label, all, options }: ChoiceProps): VNode {
  const { query } = usePageContext();
  return (
    <div class="field">
      <label for={`filter-${name}`}>{label}</label>
      <select id={`filter-${name}`} name={name}>
        <option value="">{all}</option>
        {options.map(([value, words]) => (
          <option key={value} value={value} selected={query[name] === value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
