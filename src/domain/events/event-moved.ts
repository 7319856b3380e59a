import { amendment } from './event-type.js';
import { DateOrInterval, EventId, OneOf, Optional, StreamName, Text } from './fields.js';
import { ownerOf } from '../ledger/streams.js';
import type { SentenceWords } from './event-type.js';

export class EventMoved {
  @EventId('The event: the wrong one where it goes, the one in its place where it comes')
  event!: string;

  @OneOf(['to', 'from'], '"to" where the event was recorded by mistake, "from" where it belongs')
  direction!: 'to' | 'from';

  @StreamName('The other stream: where it goes, or where it comes from, such as automaker-geely')
  stream!: string;

  @EventId('The id that the event has there')
  counterpart!: string;

  @Optional()
  @DateOrInterval('The day on which it was first recorded, where it comes from another stream')
  firstRecordedOn?: string;

  @Text('Why it belongs there')
  reason!: string;
}

export const eventMoved = amendment({
  type: 'EventMoved',
  summary:
    'An event is moved to the automaker, market or company that it belongs to, with the reason. One act tells it in both, each with the id that the event has in the other.',
  data: EventMoved,
  act: true,
  sentence: ({ direction, stream, reason }, words) =>
    `Moved ${direction} ${nameOf(stream, words)}: ${reason}`,
});

/** The display name of a stream's owner. */
function nameOf(stream: string, { place, company }: SentenceWords): string {
  const owner = ownerOf(stream);
  switch (owner?.owner) {
    case 'automaker':
      return company(owner.automaker);
    case 'company':
      return company(owner.company);
    case 'market':
      return place(owner.market);
    case undefined:
      return stream;
  }
}
