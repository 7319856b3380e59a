import { Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetTargetHistory, type TargetHistoryAnswer } from '../../queries/audit/get-target-history.js';
import { GetAutomaker } from '../../queries/automakers/get-automaker.js';
import { GetForecast } from '../../queries/automakers/get-forecast.js';
import { GetProgress } from '../../queries/automakers/get-progress.js';
import { GetFigures } from '../../queries/automakers/get-figures.js';
import { partsOf } from '../../domain/measures/series.js';
import type { FigureRecord, TargetTerms } from '../../domain/state/records.js';
import { reportsTable } from '../take-away/reports-table.js';
import { GetTargetSeries } from '../../queries/automakers/get-series.js';
import { clocksOf } from '../../api/clock-parameters.js';
import { ListEvents } from '../../queries/events/list-events.js';
import { MILESTONES } from '../automaker/milestones.js';
import { seriesTable } from '../charts/goal-chart.js';
import { changeInWords, titleOf, valueInWords } from '../design/words.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import type { DataTable, Page } from '../page.js';
import { TargetPage } from './target-page.js';
import { Costly } from '../../api/costly-questions.js';

const MOST_EVENTS = 200;

/** One target: its progress with proof, and its history. */
@PageController('automakers')
@CacheUntilChange()
@Costly()
export class TargetController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':automaker/targets/:target')
  async target(
    @Param('automaker') id: string,
    @Param('target') target: string,
    @Query() parameters: PageParameters,
  ): Promise<Page> {
    const clocks = clocksOf(parameters);
    const progress = await this.queries.execute(new GetProgress(id, target, clocks));
    const newest = { by: 'day', newestFirst: true } as const;
    const ids = [
      ...(progress.value?.inputs.flatMap(({ events }) => events) ?? []),
      ...(progress.value?.conflicts ?? []),
      ...(progress.logged?.events ?? []),
    ];
    const [{ profile }, series, forecast, history, milestones, proof] = await Promise.all([
      this.queries.execute(new GetAutomaker(id, clocks)),
      this.queries.execute(new GetTargetSeries(id, target, clocks)),
      this.queries.execute(new GetForecast(id, target, clocks)),
      this.queries.execute(new GetTargetHistory(id, target, clocks)),
      this.queries.execute(new ListEvents({ automaker: id, types: MILESTONES }, newest, MOST_EVENTS, clocks)),
      this.queries.execute(
        new ListEvents({ automaker: id, ids: [...new Set(ids)] }, newest, MOST_EVENTS, {
          ...(clocks.knownOn !== undefined && { knownOn: clocks.knownOn }),
          ...(clocks.publicOn !== undefined && { publicOn: clocks.publicOn }),
        }),
      ),
    ]);
    const { name } = profile;
    const table = seriesTable('chart', name, progress.terms, series.points);
    return {
      title: `${name}: ${titleOf(progress.terms)}`,
      description: progress.terms.wording,
      section: 'automakers',
      feed: { automaker: id, subject: `target/${target}` },
      api: `/api/automakers/${id}/targets/${target}`,
      tables: [table, versionsTable(history)],
      ...(series.points.length > 0 && { charts: [`automakers/${id}/targets/${target}`] }),
      files: [
        {
          name: 'reports',
          caption: REPORTS,
          make: async () => {
            const { figures } = await this.queries.execute(new GetFigures(id, {}, clocks));
            return reportsTable('reports', REPORTS, figures.filter(bearsOn(progress.terms)));
          },
        },
      ],
      body: (
        <TargetPage
          name={name}
          progress={progress}
          series={series}
          forecast={forecast}
          history={history}
          milestones={milestones.events}
          events={new Map(proof.events.map((event) => [event.id, event]))}
        />
      ),
    };
  }
}

const REPORTS = 'The reports that the goal is measured by';

/**
 * Whether a figure is one that the goal counts, or an input of the goal's share, for the same market and
 * entity.
 */
const bearsOn =
  ({ measure, market, entity }: TargetTerms) =>
  (figure: FigureRecord): boolean =>
    partsOf(measure).includes(figure.measure) && figure.market === market && figure.entity === entity;

function versionsTable({ versions }: TargetHistoryAnswer): DataTable {
  return {
    name: 'versions',
    caption: 'How the goal was stated',
    columns: ['Said', 'Wording', 'Goal', 'Unit', 'Deadline', 'Counted as', 'Change'],
    events: () => versions.map(({ event }) => event),
    rows: versions.map(({ occurredOn, terms, classes }) => [
      occurredOn,
      terms.wording,
      terms.threshold,
      terms.unit,
      terms.deadline,
      terms.basis && valueInWords(terms.basis),
      classes.map(changeInWords).join(', '),
    ]),
  };
}
