import type { VNode } from 'preact';
import type {
  ExpansionInput,
  ExpansionNumber,
  ExpansionReading,
} from '../../domain/expansion/expansion-reading.js';
import type { ExpansionAnswer } from '../../queries/expansion/get-expansion.js';
import { READING_UNITS, readingNumberName, saysNothing } from '../design/reading-words.js';
import { FirstRows } from '../design/first-rows.js';
import { Explained } from '../design/explained.js';
import { Value } from '../design/value.js';
import { isMeasure } from '../../domain/measures/measures.js';
import { companyFromSlug } from '../../domain/words/values.js';
import { formulaInWords, MEASURE_WORDS, slugInSentence, slugInWords } from '../design/words.js';
import { marketName } from '../../queries/names.js';
import { useLink } from '../page-context.js';

/** The readings of an expansion, each with its numbers, what they are worked out from, and what is missing. */
export function Readings({ answer: { automaker, readings } }: { answer: ExpansionAnswer }): VNode {
  const from = `/api/automakers/${automaker}/readings`;
  return (
    <div class="readings">
      {readings.map((reading, index) => (
        <ReadingPart key={reading.reading} reading={reading} from={from} at={`/readings/${index}`} />
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
  from,
  at,
}: PartProps<ExpansionReading>): VNode {
  return (
    <div>
      <h3>
        <Explained method={reading}>{slugInWords(reading)}</Explained>
      </h3>
      {numbers.length === 0 && <p class="quiet">The ledger has nothing to work it out from by then.</p>}
      <dl class="numbers">
        {numbers.map((number, index) => (
          <div key={number.name}>
            <dt>{readingNumberName(number.name)}</dt>
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
              {readingNumberName(name)} = {formulaInWords(formula)}
            </li>
          ))}
          {missing.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          <li>After {source}</li>
        </ul>
        {inputs.length > 0 && <Inputs inputs={inputs} all={from} />}
      </details>
    </div>
  );
}

function NumberBounds({ reading, from, at }: PartProps<ExpansionNumber>): VNode {
  const { lo, hi, unit } = reading;
  if (saysNothing(reading)) return <span class="quiet">the ledger cannot tell</span>;
  return (
    <>
      {lo === undefined ? 'up to ' : <Value value={lo} at={`${at}/lo`} from={from} />}
      {lo !== undefined && hi !== undefined && hi !== lo && ' to '}
      {hi !== undefined && hi !== lo && <Value value={hi} at={`${at}/hi`} from={from} />}
      {hi === undefined && ' or more'}{' '}
      {unit === 'markets' && lo === 1 && hi === 1 ? 'market' : READING_UNITS[unit]}
    </>
  );
}

/** What an input is: a measure, a market by its code, or a plant or partner by its slug, which may end with its market. */
const inputInWords = (name: string): string =>
  isMeasure(name)
    ? MEASURE_WORDS[name]
    : /^[A-Z]{2,}$/.test(name)
      ? marketName(name)
      : /^[a-z0-9-]+$/.test(name)
        ? companyFromSlug(name.replace(/-[a-z]{2}$/, ''))
        : name;

function Inputs({ inputs, all }: { inputs: readonly ExpansionInput[]; all: string }): VNode {
  const link = useLink();
  return (
    <FirstRows rows={inputs} all={link(all)}>
      {(shown) => (
        <ul class="small">
          {shown.map(({ name, group, events }, index) => (
            <li key={`${name} ${index}`}>
              {inputInWords(name)}: {slugInSentence(group)}{' '}
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
