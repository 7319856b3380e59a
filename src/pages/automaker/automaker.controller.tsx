import { Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Progress } from '../../domain/goals/progress.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { headlineOf } from '../../domain/goals/headline.js';
import { GetAutomaker } from '../../queries/automakers/get-automaker.js';
import { GetProgress } from '../../queries/automakers/get-progress.js';
import { GetFigures } from '../../queries/automakers/get-figures.js';
import { GetSeries, GetTargetSeries, type SeriesAnswer } from '../../queries/automakers/get-series.js';
import { MEASURE_NAMES, MEASURES } from '../../domain/measures/measures.js';
import { reportedMarkets } from './reported-markets.js';
import { soldByFigures } from './sold-by-figures.js';
import { reportsTable } from '../take-away/reports-table.js';
import { seriesFile } from './series-table.js';
import { clocksOf } from '../../api/clock-parameters.js';
import { GetExpansion } from '../../queries/expansion/get-expansion.js';
import { ListEvents } from '../../queries/events/list-events.js';
import { WORLD_EVENT_TYPES } from '../../domain/events/catalogue.js';
import { seriesTable } from '../charts/goal-chart.js';
import { yearlyGoalsOf, yearlyTable } from '../charts/yearly-goals.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import type { Page } from '../page.js';
import { MILESTONES } from './milestones.js';
import { latestOf, SPARE } from '../design/latest-events.js';
import { AutomakerPage, type ChartedTarget } from './automaker-page.js';
import { goalsTable, partnersTable, readingsTable, sitesTable, staysTable } from './automaker-tables.js';
import { Costly } from '../../api/costly-questions.js';

const LATEST = 5;
const MOST_TICKS = 200;

/** The page of one automaker. */
@PageController('automakers')
@CacheUntilChange()
@Costly()
export class AutomakerController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':automaker')
  async automaker(@Param('automaker') id: string, @Query() parameters: PageParameters): Promise<Page> {
    const clocks = clocksOf(parameters);
    const answer = await this.queries.execute(new GetAutomaker(id, clocks));
    const newest = { by: 'day', newestFirst: true } as const;
    const [readings, latest, milestones, { figures }, counts] = await Promise.all([
      this.queries.execute(new GetExpansion(id, clocks)),
      this.queries.execute(
        new ListEvents({ automaker: id, types: WORLD_EVENT_TYPES }, newest, SPARE * LATEST, clocks),
      ),
      this.queries.execute(new ListEvents({ automaker: id, types: MILESTONES }, newest, MOST_TICKS, clocks)),
      this.queries.execute(new GetFigures(id, { measure: 'market-units' }, clocks)),
      this.queries.execute(new GetFigures(id, { measure: 'overseas-markets' }, clocks)),
    ]);
    const headline = headlineOf(answer.progress);
    const charted = headline && (await this.charted(id, headline, clocks));
    const { name } = answer.profile;
    return {
      title: name,
      description: `How far ${name} is on the goals abroad that it announced, where it is, with whom, since when.`,
      section: 'automakers',
      feed: { automaker: id },
      api: `/api/automakers/${id}`,
      tables: [
        goalsTable(answer),
        staysTable(answer),
        partnersTable(answer),
        sitesTable(answer),
        readingsTable(readings),
        ...yearlyGoalsOf(answer.progress).map((goals) => yearlyTable(name, goals)),
        ...(charted
          ? [seriesTable(`chart-${charted.progress.target}`, name, charted.progress.terms, charted.points)]
          : []),
      ],
      charts: [
        ...(charted ? [`automakers/${id}/targets/${charted.progress.target}`] : []),
        ...yearlyGoalsOf(answer.progress).map(({ measure }) => `automakers/${id}/years/${measure}`),
      ],
      files: [
        {
          name: 'figures',
          caption: `${name}: every figure that was reported`,
          make: async () => {
            const { figures } = await this.queries.execute(new GetFigures(id, {}, clocks));
            return reportsTable('figures', `${name}: every figure that was reported`, figures);
          },
        },
        {
          name: 'series',
          caption: `${name}: how each measure went`,
          make: async () => seriesFile(name, await this.everySeries(id, clocks)),
        },
      ],
      body: (
        <AutomakerPage
          answer={answer}
          sold={soldByFigures(figures, answer.markets, answer.profile.homeMarket)}
          reported={reportedMarkets(counts.figures)}
          headline={headline}
          charted={charted}
          readings={readings}
          latest={latestOf(latest.events, LATEST)}
          milestones={milestones.events}
        />
      ),
    };
  }

  /** Computed one after the other, because each of them reads all figures. */
  private async everySeries(id: string, clocks: Clocks): Promise<SeriesAnswer[]> {
    const series: SeriesAnswer[] = [];
    for (const measure of MEASURE_NAMES)
      if (!MEASURES[measure].needsMarket)
        series.push(await this.queries.execute(new GetSeries(id, measure, {}, clocks)));
    return series;
  }

  /** The series of a goal; undefined if there is nothing to draw. */
  private async charted(id: string, progress: Progress, clocks: Clocks): Promise<ChartedTarget | undefined> {
    const { points } = await this.queries.execute(new GetTargetSeries(id, progress.target, clocks));
    if (points.length < 2) return undefined;
    const { versions } = await this.queries.execute(new GetProgress(id, progress.target, clocks));
    return { progress, versions, points };
  }
}
