import type { RecordedEvent } from '../domain/ledger/event.js';
import type { Evidence } from '../domain/ledger/evidence.js';

/** A source with the events that cite it. */
export interface Source {
  readonly url: string;
  readonly publisher: string;
  /** Address of an archived copy, if one is logged. */
  readonly archived?: string;
  /** Event ids, in order of recording. */
  readonly events: readonly string[];
}

/** The sources that events cite, each address once, in order of first mention. */
export async function sourcesOf(events: AsyncIterable<RecordedEvent>): Promise<Source[]> {
  const found = new Map<string, { publisher: string; archived?: string; events: string[] }>();
  const note = ({ url, publisher, archived }: Evidence, event: string): void => {
    const known = found.get(url) ?? { publisher, events: [] };
    found.set(url, known);
    if (known.events.at(-1) !== event) known.events.push(event);
    if (archived) known.archived ??= archived.url;
  };
  for await (const { id, type, data, evidence } of events) {
    for (const each of evidence) note(each, id);
    if (type === 'EvidenceAdded') for (const each of data.evidence) note(each, data.event);
    if (type === 'EvidenceCorrected') {
      note(data.replacement, data.event);
      // A replaced source no longer supports the event. It is dropped unless another event cites it.
      const wrong = found.get(data.url);
      if (wrong && data.replacement.url !== data.url)
        wrong.events = wrong.events.filter((each) => each !== data.event);
    }
  }
  return [...found]
    .filter(([, { events }]) => events.length > 0)
    .map(([url, source]) => ({ url, ...source }));
}
