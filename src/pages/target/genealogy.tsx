import type { VNode } from 'preact';
import { authorInWords } from '../../domain/words/author.js';
import type { TargetHistoryAnswer } from '../../queries/audit/get-target-history.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { Sources } from '../design/sources.js';
import { WordsDiff } from '../design/words-diff.js';
import { countedInWords, titleOf, valueInWords, withCapital } from '../design/words.js';
import { changesInWords } from './change-words.js';
import { useLink } from '../page-context.js';

type Version = TargetHistoryAnswer['versions'][number];

/**
 * A table of every version of a goal, newest first: date, deadline, measure, speaker and source, with
 * differences on demand.
 */
export function Genealogy({ history: { versions } }: { history: TargetHistoryAnswer }): VNode {
  const newestFirst = versions.map((version, index) => ({ version, before: versions[index - 1] })).reverse();
  return (
    <table class="stack history">
      <thead>
        <tr>
          <th scope="col">Said</th>
          <th scope="col">What changed</th>
          <th scope="col">Goal</th>
          <th scope="col">Deadline</th>
          <th scope="col">Counts</th>
          <th scope="col">Who said it, and where</th>
        </tr>
      </thead>
      <tbody>
        {newestFirst.map(({ version, before }) => (
          <Row key={version.event} version={version} before={before} />
        ))}
      </tbody>
    </table>
  );
}

const SAYERS: Readonly<Record<string, string>> = {
  automaker: 'The company',
  executive: 'An executive',
  partner: 'A partner',
  authority: 'An authority',
  press: 'The press',
};

function Row({ version, before }: { version: Version; before: Version | undefined }): VNode {
  const link = useLink();
  const { event, occurredOn, terms, classes, words, recordedAt, recordedBy, evidence, note, reason } =
    version;
  return (
    <tr>
      <th scope="row" class="date">
        <a href={link(`/events/${event}`)}>{dateInWords(occurredOn)}</a>
      </th>
      <td data-label="What changed">
        {withCapital(changesInWords(classes, version, before).join('; ')) || 'Said again'}
        <details class="small">
          <summary>The words</summary>
          <p>{classes.includes('set') ? <q>{terms.wording}</q> : <WordsDiff words={words} />}</p>
          {(reason ?? note) !== undefined && <p>{reason ?? note}</p>}
          <p class="quiet">
            Recorded {dayInWords(recordedAt)} by {authorInWords(recordedBy)}
          </p>
        </details>
      </td>
      <td data-label="Goal">{titleOf(terms)}</td>
      <td data-label="Deadline" class="date">
        {terms.deadline === undefined ? 'none given' : dateInWords(terms.deadline)}
      </td>
      <td data-label="Counts">
        {countedInWords(terms)}
        {terms.basis !== undefined && <small class="quiet">counted by {valueInWords(terms.basis)}</small>}
      </td>
      <td data-label="Said by" class="small">
        {terms.saidBy !== undefined && `${SAYERS[terms.saidBy] ?? withCapital(terms.saidBy)}: `}
        <Sources evidence={evidence} />
      </td>
    </tr>
  );
}
