import type { VNode } from 'preact';
import type { RecordDifference } from '../../domain/audit/differences.js';
import { wordChanges } from '../../queries/audit/get-target-history.js';
import { fieldInWords } from '../design/fields.js';
import { WordsDiff } from '../design/words-diff.js';
import { SubjectName } from './subject-name.js';
import { CAUSE_WORDS } from '../design/words.js';
import { recordFields } from './record-fields.js';

/** The records of each subject before and after, compared word by word. */
export function DifferingRecords({
  records,
  automaker,
}: {
  records: readonly RecordDifference[];
  automaker: string;
}): VNode | null {
  if (records.length === 0) return null;
  return (
    <details>
      <summary>
        {records.length === 1 ? '1 subject differs' : `${records.length} subjects differ`}, word by word
      </summary>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">Subject</th>
            <th scope="col">What differs</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {records.map(({ kind, key, before, after, causes }) => (
            <tr key={kind + key}>
              <th scope="row">
                <SubjectName kind={kind} subject={key} automaker={automaker} record={after ?? before} />
              </th>
              <td>
                {fieldPairs(before, after, key).map(([name, was, is]) => (
                  <p key={name} class="small">
                    {fieldInWords(name)}: <WordsDiff words={wordChanges(was, is)} />
                  </p>
                ))}
              </td>
              <td>
                {causes.map((cause) => (
                  <span key={cause} class="tag">
                    {CAUSE_WORDS[cause]}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** The fields that identify a subject, which is named beside them. */
const IDENTIFYING: ReadonlySet<string> = new Set(['target', 'site', 'partnership']);

/** Whether a field only repeats which subject it is, or that nothing happened to it. */
const repeats = (name: string, before: string, after: string, subject: string): boolean =>
  IDENTIFYING.has(name) ||
  (name === 'name' && [before, after].every((text) => text === '' || text === subject)) ||
  (name === 'withdrawn' && before === '' && after === 'false');

/** The fields in which two records differ, each with both texts. */
function fieldPairs(
  before: object | undefined,
  after: object | undefined,
  subject: string,
): (readonly [string, string, string])[] {
  const was = new Map(before ? recordFields(before) : []);
  const is = new Map(after ? recordFields(after) : []);
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((name) => [name, was.get(name) ?? '', is.get(name) ?? ''] as const)
    .filter(([name, a, b]) => a !== b && !repeats(name, a, b, subject));
}
