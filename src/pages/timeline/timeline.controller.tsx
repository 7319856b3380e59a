import { Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ListAutomakerNames } from '../../queries/automakers/list-automaker-names.js';
import { clocksOf } from '../../api/clock-parameters.js';
import { TimelineParameters, timelineFilterFrom } from '../../queries/events/events.controller.js';
import { ListEvents, type TimelinePage as Events } from '../../queries/events/list-events.js';
import { MOST_OFFERED } from '../design/automaker-choice.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { PageController } from '../page-controller.js';
import type { DataTable, Page } from '../page.js';
import { addressOf } from '../page-context.js';
import { IsTableName, IsYes, wantsFile } from '../page-parameters.js';
import { TimelinePage } from './timeline-page.js';
import { Costly } from '../../api/costly-questions.js';

const PAGE = 50;
/** Maximum number of events in a file. */
const EVENTS_A_FILE = 5000;

export class TimelinePageParameters extends TimelineParameters {
  /** The name of a table to return as CSV. */
  @IsTableName()
  csv?: string;

  /** The name of a table to return as a workbook. */
  @IsTableName()
  xlsx?: string;

  /** With `csv`: adds title, source, licence and notes before the table. */
  @IsYes()
  notes?: string;
}

/** All events, with the time when the ledger learned each. */
@PageController('timeline')
@CacheUntilChange()
@Costly()
export class TimelineController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async timeline(@Query() parameters: TimelinePageParameters): Promise<Page> {
    const clocks = clocksOf(parameters);
    const { order = 'occurred', direction = 'desc', cursor } = parameters;
    const by = { by: order === 'occurred' ? 'day' : 'position', newestFirst: direction === 'desc' } as const;
    const isFile = wantsFile(parameters);
    const limit = isFile ? EVENTS_A_FILE : PAGE;
    const [events, automakers] = await Promise.all([
      this.queries.execute(new ListEvents(timelineFilterFrom(parameters), by, limit, clocks, cursor)),
      this.queries.execute(new ListAutomakerNames(clocks, MOST_OFFERED)),
    ]);
    const asked = Object.entries(parameters).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && !CLOCKS.includes(entry[0]),
    );
    return {
      title: 'Timeline',
      description:
        'Everything that happened, in the order in which it happened or in which the ledger learned it.',
      section: 'timeline',
      api: addressOf('/api/events', Object.fromEntries(asked)),
      feed: feedFilterOf(Object.fromEntries(asked)),
      ...(events.events.length > 0 && { charts: ['timeline'] }),
      tables: [eventsTable(events)],
      body: <TimelinePage events={events} automakers={automakers} />,
    };
  }
}

const CLOCKS: readonly string[] = ['trueOn', 'knownOn', 'publicOn', 'minPosition', 'csv', 'xlsx', 'notes'];

/** The filters for the page's feed. Order and position in the list do not matter for it. */
function feedFilterOf(asked: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asked).filter(
      ([name, value]) => value !== '' && !['order', 'direction', 'cursor', 'limit'].includes(name),
    ),
  );
}

function eventsTable({ events }: Events): DataTable {
  return {
    name: 'events',
    caption: 'The events of the timeline',
    columns: ['Id', 'Happened', 'Recorded', 'Recorded by', 'Type', 'What', 'Standing', 'Sources'],
    notes: [
      `At most ${EVENTS_A_FILE} events, the first ones in the order of the page; the archives of the ledger have all of them.`,
    ],
    events: () => events.map(({ id }) => id),
    rows: events.map(({ id, occurredOn, recordedAt, recordedBy, type, sentence, standing, evidence }) => [
      id,
      occurredOn,
      recordedAt,
      recordedBy,
      type,
      sentence,
      standing,
      evidence.map(({ url }) => url).join(' '),
    ]),
  };
}
