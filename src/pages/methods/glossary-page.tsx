import type { VNode } from 'preact';
import { MEASURES, MEASURE_NAMES } from '../../domain/measures/measures.js';
import { Section } from '../design/section.js';
import { MEASURE_WORDS, withCapital } from '../design/words.js';
import { useLink } from '../page-context.js';
import { Explained } from '../design/explained.js';
import { GLOSSARY, type GlossaryTerm } from './glossary.js';

const NATURES = {
  flow: 'counted over a time',
  level: 'counted on a day',
  share: 'a part of a whole, of the same months',
} as const;

const TERMS: readonly GlossaryTerm[] = GLOSSARY;

/** Words that pages use in a special sense, and the things that are counted. */
export function GlossaryPage(): VNode {
  const link = useLink();
  return (
    <>
      <header class="page-head">
        <h1>Glossary</h1>
        <p class="lead">
          What words mean on these pages. How ratings and numbers come about is told in the{' '}
          <a href={link('/methods')}>methods</a>.
        </p>
      </header>
      <dl class="glossary">
        {TERMS.map(({ id, term, meaning, method }) => (
          <div key={id} id={id}>
            <dt>{term}</dt>
            <dd>
              {meaning}
              {method !== undefined && (
                <>
                  {' '}
                  <Explained method={method}>How it is worked out</Explained>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <Section id="measures" title="What is counted">
        <ul>
          {MEASURE_NAMES.map((measure) => (
            <li key={measure}>
              {withCapital(MEASURE_WORDS[measure])}: {NATURES[MEASURES[measure].nature]}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
