import type { VNode } from 'preact';
import type { Evidence } from '../../domain/ledger/evidence.js';
import { dateInWords } from './dates.js';
import { Explained } from './explained.js';
import { SourceLink } from './sources.js';

interface EvidenceListProps {
  readonly evidence: readonly Evidence[];
  /** The address to correct a source, given its URL; absent if sources cannot be corrected. */
  readonly correctAt?: ((url: string) => string) | undefined;
}

/** Sources in full: publisher, date, grade, and quote. */
export function EvidenceList({ evidence, correctAt }: EvidenceListProps): VNode {
  if (evidence.length === 0) return <p class="quiet">No source is recorded for it.</p>;
  return (
    <ul class="evidence">
      {evidence.map(({ url, publisher, publishedOn, grade, quote, note }, index) => (
        <li key={url + String(index)}>
          <SourceLink url={url}>{publisher}</SourceLink>
          <span class="quiet">{publishedOn !== undefined && `, ${dateInWords(publishedOn)}`}</span>{' '}
          <Explained method={grade}>{grade}</Explained>
          {quote !== undefined && <blockquote>{quote}</blockquote>}
          {note !== undefined && <p class="small">{note}</p>}
          {correctAt && (
            <p class="small no-print">
              <a href={correctAt(url)}>Correct this source</a>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
