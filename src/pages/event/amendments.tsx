import type { VNode } from 'preact';
import { authorInWords } from '../../domain/words/author.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import { instantInWords } from '../design/dates.js';
import { EvidenceList } from '../design/evidence-list.js';
import { Fields } from '../design/fields.js';
import { Section } from '../design/section.js';
import { eventTypeInWords } from '../design/words.js';
import { useLink } from '../page-context.js';

/** What was recorded about an event later: corrections, retractions, further evidence. */
export function Acts({ acts }: { acts: readonly TimelineEntry[] }): VNode | null {
  const link = useLink();
  if (acts.length === 0) return null;
  return (
    <Section id="acts" title="What was recorded about it since">
      {acts.map(({ id, type, data, evidence, recordedAt, recordedBy, note, standing }) => (
        <div key={id}>
          <h3>
            <a href={link(`/events/${id}`)}>{eventTypeInWords(type)}</a>{' '}
            {standing !== 'stands' && <span class="tag">{standing}</span>}
          </h3>
          <p class="quiet">
            {instantInWords(recordedAt)}, by {authorInWords(recordedBy)}
          </p>
          <Fields data={{ ...data, event: undefined }} />
          {evidence.length > 0 && <EvidenceList evidence={evidence} />}
          {note !== undefined && <p>{note}</p>}
        </div>
      ))}
    </Section>
  );
}
