import type { VNode } from 'preact';
import { tallyOfFirst, type FirstEntry, type SharedMarket } from '../../domain/footprint/overlap.js';
import type { AutomakerNames } from '../../queries/automakers/list-automaker-names.js';
import { marketName } from '../../queries/names.js';
import type { OverlapAnswer } from '../../queries/overlap/get-overlap.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { NothingLogged } from '../design/nothing-logged.js';
import { Section } from '../design/section.js';
import { companyName, listInWords, valueInWords } from '../design/words.js';
import { addressOf, useLink, usePageContext } from '../page-context.js';

interface OverlapPageProps {
  readonly answer: OverlapAnswer | undefined;
  readonly listed: AutomakerNames;
  /** Position of the last event that the page is based on. */
  readonly position: number;
  /** Up to two chosen ids. */
  readonly chosen: readonly string[];
}

/** The markets where two automakers both sell, and who came first. */
export function OverlapPage({ answer, listed, position, chosen }: OverlapPageProps): VNode {
  const link = useLink();
  const pair = answer?.pairs[0];
  const [a, b, ...further] = answer?.automakers ?? [];
  if (!answer || !pair || !a || !b)
    return (
      <>
        <header class="page-head">
          <h1>Where two automakers both sell</h1>
        </header>
        {listed.automakers.length === 0 ? (
          <NothingLogged position={position} />
        ) : (
          <p class="note">
            It takes two automakers. <a href={link('/log')}>Log another one</a>.
          </p>
        )}
      </>
    );
  const { both, onlyA, onlyB, figuresOfA, figuresOfB, rumouredOfA, rumouredOfB } = pair;
  return (
    <>
      <header class="page-head">
        <p class="crumbs">
          <a href={link('/compare')}>Compare</a>
        </p>
        <h1>
          {both.length === 0
            ? `${a.name} and ${b.name} meet in no market abroad, by the entries that are logged`
            : `${a.name} and ${b.name} both went to ${marketsCounted(both.length)} abroad, by the entries that are logged`}
        </h1>
        <p class="lead">
          {both.length > 0 && `${firstInWords(both, a.name, b.name)} `}As of {dayInWords(answer.asOf.trueOn)}.
          A market without a logged entry may well be sold to.
        </p>
      </header>
      <Chooser listed={listed} chosen={chosen} />
      {further.length > 0 && <Further shown={[a, b]} further={further} />}
      {both.length > 0 && (
        <Section
          id="both"
          title="Where both are, or were"
          lead="The first logged entry of each, of whichever brand. Where the later one came last stands first."
        >
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">Market</th>
                <th scope="col">{a.name}</th>
                <th scope="col">{b.name}</th>
                <th scope="col">First</th>
              </tr>
            </thead>
            <tbody>
              {both.map((each) => (
                <tr key={each.market}>
                  <th scope="row">
                    <a href={link(`/markets/${each.market}`)}>{marketName(each.market)}</a>
                  </th>
                  <td data-label={a.name}>
                    <Entry entry={each.a} />
                  </td>
                  <td data-label={b.name}>
                    <Entry entry={each.b} />
                  </td>
                  <td data-label="First">{whoWasFirst(each, a.name, b.name)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
      <Section id="apart" title="Where only one entry is logged">
        <Only name={a.name} markets={onlyA.filter((market) => !figuresOfB.includes(market))} />
        <Only name={b.name} markets={onlyB.filter((market) => !figuresOfA.includes(market))} />
        <ByFigures name={a.name} other={b.name} markets={figuresOfB} />
        <ByFigures name={b.name} other={a.name} markets={figuresOfA} />
        <ByRumour name={a.name} markets={rumouredOfA} />
        <ByRumour name={b.name} markets={rumouredOfB} />
      </Section>
    </>
  );
}

type Named = OverlapAnswer['automakers'][number];

/** A page shows two automakers. Of more that are asked for, it says so and leads to each pair. */
function Further({ shown, further }: { shown: readonly Named[]; further: readonly Named[] }): VNode {
  const { clocks } = usePageContext();
  const pairs = further.flatMap((one, place) =>
    [...shown, ...further.slice(0, place)].map((other) => [other, one] as const),
  );
  return (
    <div class="note">
      <p>
        This page compares two automakers. {listInWords(further.map(({ name }) => name))}{' '}
        {further.length === 1 ? 'was' : 'were'} asked for, too:
      </p>
      <ul>
        {pairs.map(([one, other]) => (
          <li key={`${one.id} ${other.id}`}>
            <a href={addressOf('/overlap', { automakers: `${one.id},${other.id}`, ...clocks })}>
              {one.name} and {other.name}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

const marketsCounted = (count: number): string => (count === 1 ? '1 market' : `${count} markets`);

/** For example, "XPeng came first to 3, Geely to 9; of 2 it is not known." */
function firstInWords(both: readonly SharedMarket[], nameA: string, nameB: string): string {
  const { a, b, unknown } = tallyOfFirst(both);
  if (a + b + unknown === 1 && unknown === 0) return `${a === 1 ? nameA : nameB} came first.`;
  const told = [a > 0 && `${nameA} came first to ${a}`, b > 0 && `${nameB} came first to ${b}`].filter(
    Boolean,
  );
  if (told.length === 0) return 'Who came first is not known of any: the dates are not precise enough.';
  return `${told.join(', ')}${unknown > 0 ? `; of ${unknown} the dates do not tell` : ''}.`;
}

function whoWasFirst({ first, leadDays }: SharedMarket, nameA: string, nameB: string): string {
  if (first === 'not known' || !leadDays) return 'the dates do not tell';
  const [lo, hi] = [leadDays.lo, leadDays.hi].map((days) => Math.floor(days / 30.44));
  const name = first === 'a' ? nameA : nameB;
  if (lo === undefined || hi === undefined || hi < 1) return `${name}, by less than a month`;
  const months = (count: number): string => (count === 1 ? 'a month' : `${count} months`);
  if (lo >= 36) return `${name}, by ${Math.floor(lo / 12)} years or more`;
  if (lo === hi) return `${name}, by ${months(lo)}`;
  return lo < 1 ? `${name}, by up to ${months(hi + 1)}` : `${name}, by ${lo} to ${hi + 1} months`;
}

function Entry({
  entry: { event, occurredOn, entity, entryMode, partner, leftOn },
}: {
  entry: FirstEntry;
}): VNode {
  const link = useLink();
  return (
    <>
      <a href={link(`/events/${event}`)}>{dateInWords(occurredOn)}</a>
      {leftOn !== undefined && `, left ${dateInWords(leftOn)}`}
      <small class="quiet">
        {[
          entity !== undefined && `by ${companyName(entity)}`,
          entryMode !== undefined && `through ${valueInWords(entryMode)}`,
          partner !== undefined && `with ${partner}`,
        ]
          .filter(Boolean)
          .join(', ')}
      </small>
    </>
  );
}

function Only({ name, markets }: { name: string; markets: readonly string[] }): VNode {
  if (markets.length === 0) return <p>{name} alone: no market is logged.</p>;
  return (
    <p>
      {name} alone, in {marketsCounted(markets.length)}: <MarketLinks markets={markets} />
    </p>
  );
}

/** Markets with a logged entry of one automaker, where figures show that the other sells too. */
function ByFigures(props: { name: string; other: string; markets: readonly string[] }): VNode | null {
  const { name, other, markets } = props;
  if (markets.length === 0) return null;
  return (
    <p>
      {name} by its entry, and {other} by its sales figures alone, in {marketsCounted(markets.length)}:{' '}
      <MarketLinks markets={markets} />
    </p>
  );
}

/** Markets that nothing but rumours says the automaker entered. */
function ByRumour({ name, markets }: { name: string; markets: readonly string[] }): VNode | null {
  if (markets.length === 0) return null;
  return (
    <p>
      {name} by rumour alone, which counts as no entry, in {marketsCounted(markets.length)}:{' '}
      <MarketLinks markets={markets} />
    </p>
  );
}

function MarketLinks({ markets }: { markets: readonly string[] }): VNode {
  const link = useLink();
  const byName = markets
    .map((market) => ({ market, called: marketName(market) }))
    .sort((a, b) => a.called.localeCompare(b.called, 'en'));
  return (
    <>
      {byName.map(({ market, called }, index) => (
        <span key={market}>
          {index > 0 && ', '}
          <a href={link(`/markets/${market}`)}>{called}</a>
        </span>
      ))}
    </>
  );
}

function Chooser({ listed, chosen }: { listed: AutomakerNames; chosen: readonly string[] }): VNode {
  const { path, clocks } = usePageContext();
  return (
    <form class="inline" action={path} method="get">
      {Object.entries(clocks).map(([name, day]: [string, string]) => (
        <input key={name} type="hidden" name={name} value={day} />
      ))}
      {[0, 1].map((place) => (
        <div class="field" key={place}>
          <label for={`overlap-${place}`}>{place === 0 ? 'One automaker' : 'The other one'}</label>
          <select id={`overlap-${place}`} name="automakers">
            {listed.automakers.map(({ id, name }) => (
              <option key={id} value={id} selected={id === chosen[place]}>
                {name}
              </option>
            ))}
          </select>
        </div>
      ))}
      <button class="button" type="submit">
        Show
      </button>
    </form>
  );
}
