import type { RecordedEvent } from '../domain/ledger/event.js';
import type { Evidence } from '../domain/ledger/evidence.js';

/** A source with the events that rest on it. */
export interface Source {
  readonly url: string;
  readonly publisher: string;
  /** An archived copy of it, where one is logged. */
  readonly archived?: string;
  /** Ids of events, in the order of recording. */
  readonly events: readonly string[];
}

/** The sources that events name, each address once, in the order of their first mention. */
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
      // What was wrong states nothing, unless another event rests on it.
      const wrong = found.get(data.url);
      if (wrong && data.replacement.url !== data.url)
        wrong.events = wrong.events.filter((each) => each !== data.event);
    }
  }
  return [...found]
    .filter(([, { events }]) => events.length > 0)
    .map(([url, source]) => ({ url, ...source }));
}
