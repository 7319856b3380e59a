import type { VNode } from 'preact';
import type { ReadingInput } from '../../domain/measures/readings.js';
import type { ProgressAnswer } from '../../queries/automakers/get-progress.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import { periodOfValue } from '../design/time-words.js';
import { Explained } from '../design/explained.js';
import { ProvenEvents } from '../design/proven-events.js';
import { Bounded, Value } from '../design/value.js';
import { countedAs, formulaInWords, MEASURE_WORDS, withCapital } from '../design/words.js';

interface ValueProofProps {
  readonly progress: ProgressAnswer;
  readonly events: ReadonlyMap<string, TimelineEntry>;
}

/**
 * The proof of a target's value: formula, inputs with bounds and events, conflicting reports, and logged
 * events for comparison.
 */
export function ValueProof({ progress, events }: ValueProofProps): VNode {
  const { value, terms, logged, split } = progress;
  // Where sources disagree and none is better, the bounds span them all: each is used, and contradicts the others.
  const used = new Set(value?.inputs.flatMap(({ events: of }) => of));
  const unused = value?.conflicts.filter((event) => !used.has(event)) ?? [];
  return (
    <>
      {value ? (
        <details open>
          <summary>
            <strong>
              <Bounded value={value} at="/value" unit={terms.unit} />
            </strong>
            , {periodOfValue(value)}
          </summary>
          <p>
            Formula: {formulaInWords(value.formula)}.{' '}
            <Explained term="perimeter">How it is counted</Explained>:{' '}
            {countedAs(value).replace(/^counted /, '')}.
          </p>
          {value.inputs.map((input, index) => (
            <Input
              key={input.name + String(index)}
              input={input}
              at={`/value/inputs/${index}`}
              events={events}
            />
          ))}
          {unused.length > 0 && (
            <details>
              <summary>
                {unused.length === 1
                  ? '1 report contradicts better ones and is not used'
                  : `${unused.length} reports contradict better ones and are not used`}
              </summary>
              <p class="small">
                <Explained method="conflicts">How that is decided</Explained>
              </p>
              <ProvenEvents ids={unused} events={events} />
            </details>
          )}
        </details>
      ) : (
        <p class="note">{progress.missing[0] ?? 'No figure bears on it.'}</p>
      )}
      {split && <p>{split.words}</p>}
      {logged && (
        <details>
          <summary>
            <Value value={logged.count} at="/logged/count" /> logged one by one
            {logged.notLogged !== undefined && (
              <>
                ; <Value value={logged.notLogged} at="/logged/notLogged" /> reported and not logged
              </>
            )}
          </summary>
          <ProvenEvents ids={logged.events} events={events} />
        </details>
      )}
    </>
  );
}

function Input({
  input: { name, bounds, events: ids },
  at,
  events,
}: {
  input: ReadingInput;
  at: string;
  events: ReadonlyMap<string, TimelineEntry>;
}): VNode {
  const { lo, hi } = bounds;
  const words = Object.hasOwn(MEASURE_WORDS, name) ? MEASURE_WORDS[name as keyof typeof MEASURE_WORDS] : name;
  return (
    <div>
      <p>
        {withCapital(words)}: {lo !== undefined && <Value value={lo} at={`${at}/bounds/lo`} />}
        {hi !== undefined && hi !== lo && (
          <>
            {' to '}
            <Value value={hi} at={`${at}/bounds/hi`} />
          </>
        )}
        {hi === undefined && ' or more'}
      </p>
      <ProvenEvents ids={ids} events={events} />
    </div>
  );
}
