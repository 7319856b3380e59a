import { Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { MaxLength } from 'class-validator';
import { isSlug } from '../../domain/events/fields.js';
import { dayAsked, pointText } from '../../domain/ledger/clocks.js';
import { addYears, dayOf } from '../../domain/ledger/edtf.js';
import { Clock } from '../../clock/clock.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { GetDifferences, type DifferencesAnswer } from '../../queries/audit/get-differences.js';
import { ListAutomakerNames } from '../../queries/automakers/list-automaker-names.js';
import { ClockParameters, clocksOf, IsDay, Optional } from '../../api/clock-parameters.js';
import { ListEvents } from '../../queries/events/list-events.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import { NameAutomakers } from '../../queries/automakers/name-automakers.js';
import { pageFrom } from '../../api/paging.js';
import { NameGoals } from '../../queries/automakers/name-goals.js';
import { GoalTitles } from '../design/number-words.js';
import { MOST_OFFERED } from '../design/automaker-choice.js';
import { LedgerLog } from '../../transparency/ledger-log.js';
import { PageController } from '../page-controller.js';
import { PagedPageParameters } from '../page-parameters.js';
import type { DataTable, Page } from '../page.js';
import { addressOf } from '../page-context.js';
import { AuditPage } from './audit-page.js';
import { type AuditQuestion } from './audit-question.js';
import { Costly } from '../../api/costly-questions.js';
import { eventsIn } from '../take-away/events-in.js';

export class AuditParameters extends PagedPageParameters {
  /** One automaker; all if omitted. */
  @Optional()
  @MaxLength(64)
  automaker?: string;

  /** First point: true on. By default, a year before the second. */
  @Optional()
  @IsDay()
  from?: string;

  /** First point: known on. */
  @Optional()
  @IsDay()
  fromKnown?: string;

  /** First point: published by. */
  @Optional()
  @IsDay()
  fromPublic?: string;

  /** Second point: true on. By default, today. */
  @Optional()
  @IsDay()
  to?: string;

  /** Second point: known on. */
  @Optional()
  @IsDay()
  toKnown?: string;

  /** Second point: published by. */
  @Optional()
  @IsDay()
  toPublic?: string;
}

/** Maximum number of automakers per page; their word-by-word differences are long. */
const AUTOMAKERS_A_PAGE = 4;
/** Parameters that request differences. Without any of them, the page shows only the form. */
const ASKING = ['automaker', 'from', 'to', 'fromKnown', 'toKnown', 'trueOn', 'knownOn', 'cursor'] as const;

/** Maximum number of events shown in full; the CSV and the API contain all of them. */
const MOST_TOLD = 300;

/**
 * Shows what differs between two points on the three clocks, and why; and the proof that the ledger was not
 * rewritten.
 */
@PageController('audit')
@Costly()
export class AuditPageController {
  constructor(
    private readonly queries: QueryBus,
    private readonly log: LedgerLog,
    private readonly clock: Clock,
  ) {}

  @Get()
  async audit(@Query() parameters: AuditParameters): Promise<Page> {
    const question = questionFrom(parameters, dayOf(this.clock.now()));
    const { automaker, from, to } = question;
    const isAsked = ASKING.some((name) => parameters[name] !== undefined);
    const page = pageFrom(
      { ...(parameters.cursor !== undefined && { cursor: parameters.cursor }) },
      AUTOMAKERS_A_PAGE,
      AUTOMAKERS_A_PAGE,
    );
    const [differences, automakers, checkpoint] = await Promise.all([
      isAsked
        ? this.queries.execute(new GetDifferences(automaker, from, to, page))
        : Promise.resolve(undefined),
      this.queries.execute(new ListAutomakerNames({}, MOST_OFFERED)),
      this.log.checkpoint(),
    ]);
    const ids = (differences?.automakers ?? []).map((each) => each.automaker);
    const titles = await this.queries.execute(new NameGoals(ids, {}));
    return {
      title: 'Audit',
      description:
        'What differs between two points in time, word by word, with cause, reason, author and evidence.',
      section: 'audit',
      api: addressOf('/api/differences', {
        automaker,
        from: pointText(from),
        to: pointText(to),
        limit: String(AUTOMAKERS_A_PAGE),
        cursor: parameters.cursor,
      }),
      apiHasPoints: true,
      ...(differences && { tables: [numbersTable(differences), eventsTable(differences)] }),
      body: (
        <GoalTitles value={titles}>
          <AuditPage
            question={question}
            differences={differences}
            automakers={automakers}
            names={await this.queries.execute(new NameAutomakers(ids, {}))}
            events={differences ? await this.eventsOf(differences) : new Map()}
            checkpoint={checkpoint}
            checkpoints={await this.checkedCheckpoints()}
            verifierKey={this.log.verifierKey}
          />
        </GoalTitles>
      ),
    };
  }

  /** The number of issued checkpoints, and of those that the ledger still matches. */
  private async checkedCheckpoints(): Promise<{ readonly given: number; readonly holding: number }> {
    const given = await this.log.checkpoints();
    return { given: given.length, holding: given.filter(({ note }) => this.log.holds(note).holds).length };
  }

  /** The events that differ and the amendments to them, by id. */
  private async eventsOf({ automakers }: DifferencesAnswer): Promise<ReadonlyMap<string, TimelineEntry>> {
    const ids = [
      ...new Set(automakers.flatMap(({ events }) => events.flatMap(({ event, acts }) => [event, ...acts]))),
    ];
    const told = ids.slice(0, MOST_TOLD);
    if (told.length === 0) return new Map();
    const { events } = await this.queries.execute(
      new ListEvents({ ids: told }, { by: 'day', newestFirst: true }, MOST_TOLD, {}),
    );
    return new Map(events.map((event) => [event.id, event]));
  }
}

function questionFrom(
  { automaker, from, fromKnown, fromPublic, to, toKnown, toPublic, ...site }: AuditParameters,
  today: string,
): AuditQuestion {
  if (automaker !== undefined && !isSlug(automaker)) {
    throw new InvalidRequest([{ field: 'automaker', message: 'must be a slug, such as xpeng' }]);
  }
  // If the reader comes from a page of the past, that page's clocks are the second point.
  const asked = clocksOf(site);
  const second = dayAsked({ ...asked, ...(to !== undefined && { trueOn: to }) }, today);
  return {
    automaker,
    from: {
      trueOn: from ?? addYears(second, -1),
      ...clocksOf(parametersOf(fromKnown, fromPublic)),
    },
    to: {
      ...asked,
      ...clocksOf(parametersOf(toKnown, toPublic)),
      trueOn: second,
    },
  };
}

const parametersOf = (knownOn: string | undefined, publicOn: string | undefined): ClockParameters => ({
  ...(knownOn !== undefined && { knownOn }),
  ...(publicOn !== undefined && { publicOn }),
});

function numbersTable({ automakers }: DifferencesAnswer): DataTable {
  return {
    name: 'numbers',
    caption: 'Numbers that differ, and why',
    events: () => eventsIn(automakers.map(({ numbers }) => numbers)),
    columns: ['Automaker', 'Number', 'Before', 'After', 'Causes'],
    rows: automakers.flatMap(({ automaker, numbers }) =>
      numbers.map(({ number, before, after, parts }) => [
        automaker,
        number,
        before,
        after,
        parts.map(({ cause }) => cause).join('; '),
      ]),
    ),
  };
}

function eventsTable({ automakers }: DifferencesAnswer): DataTable {
  return {
    name: 'events',
    caption: 'Events that differ, and why',
    events: () => eventsIn(automakers.map(({ events }) => events)),
    columns: ['Automaker', 'Event', 'Type', 'Cause', 'Change'],
    rows: automakers.flatMap(({ automaker, events }) =>
      events.map(({ event, type, cause, change }) => [automaker, event, type, cause, change]),
    ),
  };
}
