import type { VNode } from 'preact';
import type { Day } from '../../domain/ledger/edtf.js';
import { dayInWords } from '../design/dates.js';
import { Section } from '../design/section.js';
import { numberInWords } from '../design/words.js';
import { useLink } from '../page-context.js';

/** Explains what this ledger is and is not, its sources for names and borders, and how to cite it. */
export function AboutPage({ events, on }: { events: number; on: Day }): VNode {
  const link = useLink();
  return (
    <>
      <header class="page-head">
        <h1>About this ledger</h1>
        <p class="lead">
          An open record of how automakers expand abroad: what they announced, what happened, and who said so.
          On {dayInWords(on)} it holds {numberInWords(events)} {events === 1 ? 'event' : 'events'}.
        </p>
      </header>
      <Section id="is" title="What it is">
        <ul class="prose">
          <li>What happened is logged with its source. Whoever logged it, and when, stays on record.</li>
          <li>
            Nothing is overwritten. What was wrong is corrected or retracted with a reason, and stays
            readable; <a href={link('/audit')}>the audit</a> tells what changed between two days, and proves
            that nobody rewrote the ledger.
          </li>
          <li>
            Every number opens into its formula, its events and their sources.{' '}
            <a href={link('/methods')}>The methods</a> tell how ratings come about, and{' '}
            <a href={link('/glossary')}>the glossary</a> what words mean.
          </li>
        </ul>
      </Section>
      <Section id="is-not" title="What it is not">
        <ul class="prose">
          <li>
            It is not complete. Not logged does not mean that it did not happen;{' '}
            <a href={link('/coverage')}>where the gaps are</a> is on a page of its own.
          </li>
          <li>It is no opinion of a company, and no advice to buy or to sell anything.</li>
          <li>What an analyst expects of a company is no goal of that company, and is not in it.</li>
          <li>
            The words of a goal are those that were logged. They are quotations only where a quote is given.
          </li>
        </ul>
      </Section>
      <Section id="names" title="Names and borders">
        <p>
          Countries are called as in the Unicode CLDR; borders are those of Natural Earth, which draws them as
          they are controlled. Territories that more than one side claims appear as Natural Earth draws them;
          this ledger takes no side. Regions are as their own institutions, or the United Nations, define
          them.
        </p>
      </Section>
      <Section id="use" title="Take it, cite it">
        <p>
          Pages that show data offer it at their foot, as JSON and as tables;{' '}
          <a href="/api/export">the whole ledger</a> is one file, and <a href="/docs">the API</a> answers
          programs. The software is free under the MIT licence. Name the page, its address with the clocks in
          it, and the day: the same address gives the same answer.
        </p>
        <p>
          A mistake? Whoever has a key can correct it from the page of the event;{' '}
          <a href="/sign-in">sign in</a>.
        </p>
      </Section>
    </>
  );
}
