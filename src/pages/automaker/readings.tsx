import type { VNode } from 'preact';
import type {
  ExpansionInput,
  ExpansionNumber,
  ExpansionReading,
} from '../../domain/expansion/expansion-reading.js';
import type { ExpansionAnswer } from '../../queries/expansion/get-expansion.js';
import { FirstRows } from '../design/first-rows.js';
import { readingFormula, readingNumberName, readingUnit, saysNothing } from '../design/reading-words.js';
import { useSiteNames } from '../design/site-names.js';
import { Explained } from '../design/explained.js';
import { Value } from '../design/value.js';
import { isMeasure } from '../../domain/measures/measures.js';
import { MEASURE_WORDS, slugInSentence, slugInWords } from '../design/words.js';
import { marketName } from '../../queries/names.js';
import { useLink } from '../page-context.js';
import { useByThen } from '../design/by-then.js';

/** The readings of an expansion, each with its numbers, their inputs, and what is missing. */
export function Readings({ answer: { automaker, readings } }: { answer: ExpansionAnswer }): VNode {
  const from = `/api/automakers/${automaker}/readings`;
  return (
    <div class="readings">
      {readings.map((reading, index) => (
        <ReadingPart
          key={reading.reading}
          automaker={automaker}
          reading={reading}
          from={from}
          at={`/readings/${index}`}
        />
      ))}
    </div>
  );
}

interface PartProps<T> {
  readonly from: string;
  readonly at: string;
  readonly reading: T;
}

function ReadingPart({
  reading: { reading, numbers, inputs, missing, source },
  automaker,
  from,
  at,
}: PartProps<ExpansionReading> & { automaker: string }): VNode {
  const siteName = useSiteNames(automaker);
  const byThen = useByThen();
  return (
    <div>
      <h3>
        <Explained method={reading}>{slugInWords(reading)}</Explained>
      </h3>
      {numbers.length === 0 && (
        <p class="quiet">
          {inputs.length === 0
            ? `The ledger has nothing to work it out from${byThen}.`
            : 'The ledger cannot tell.'}
        </p>
      )}
      <dl class="numbers">
        {numbers.map((number, index) => (
          <div key={number.name}>
            <dt>{readingNumberName(number.name, siteName)}</dt>
            <dd>
              <NumberBounds reading={number} from={from} at={`${at}/numbers/${index}`} />
            </dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>How it comes about</summary>
        <ul class="small">
          {numbers.map(({ name, formula }) => (
            <li key={name}>
              {readingNumberName(name, siteName)} = {readingFormula(formula)}
            </li>
          ))}
          {missing.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          <li>After {source}</li>
        </ul>
        {inputs.length > 0 && <Inputs inputs={inputs} all={from} siteName={siteName} />}
      </details>
    </div>
  );
}

function NumberBounds({ reading, from, at }: PartProps<ExpansionNumber>): VNode {
  const { lo, hi } = reading;
  if (saysNothing(reading)) return <span class="quiet">the ledger cannot tell</span>;
  return (
    <>
      {lo === undefined ? 'up to ' : <Value value={lo} at={`${at}/lo`} from={from} />}
      {lo !== undefined && hi !== undefined && hi !== lo && ' to '}
      {hi !== undefined && hi !== lo && <Value value={hi} at={`${at}/hi`} from={from} />}
      {hi === undefined && ' or more'} {readingUnit(reading)}
    </>
  );
}

/** An input in words: a measure, a condition of a market, a market by its code, the world, or a plant. */
function inputInWords(name: string, siteName: (site: string) => string): string {
  if (isMeasure(name)) return MEASURE_WORDS[name];
  if (name === 'world') return 'The world';
  const [, market, kind] = /^([A-Z]{2,})(?: ([a-z-]+))?$/.exec(name) ?? [];
  if (market !== undefined)
    return kind === undefined ? marketName(market) : `${marketName(market)}, ${slugInSentence(kind)}`;
  return /^[a-z0-9-]+$/.test(name) ? siteName(name) : name;
}

function Inputs({
  inputs,
  all,
  siteName,
}: {
  inputs: readonly ExpansionInput[];
  all: string;
  siteName: (site: string) => string;
}): VNode {
  const link = useLink();
  return (
    <FirstRows rows={inputs} all={link(all)}>
      {(shown) => (
        <ul class="small">
          {shown.map(({ name, group, events }, index) => (
            <li key={`${name} ${index}`}>
              {inputInWords(name, siteName)}: {slugInSentence(group)}{' '}
              {events.slice(0, 3).map((event, number) => (
                <span key={event}>
                  <a href={link(`/events/${event}`)}>{number === 0 ? 'event' : `and ${number + 1}`}</a>{' '}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </FirstRows>
  );
}
