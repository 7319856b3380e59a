import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { isMeasure } from '../../domain/measures/measures.js';
import { NotFound } from '../../problems/not-found.js';
import type { AsOf } from '../../queries/automaker-reader.js';
import { GetAutomaker } from '../../queries/automakers/get-automaker.js';
import { GetProgress } from '../../queries/automakers/get-progress.js';
import { GetTargetSeries } from '../../queries/automakers/get-series.js';
import { timelineFilterFrom, type TimelineParameters } from '../../queries/events/events.controller.js';
import { ListEvents } from '../../queries/events/list-events.js';
import { ListMarkets } from '../../queries/markets/get-markets.js';
import { MILESTONES } from '../automaker/milestones.js';
import type { ChartFigureProps } from '../charts/chart-figure.js';
import { goalFigure } from '../charts/goal-chart.js';
import { lanesFigure } from '../charts/two-lanes.js';
import { mapFigure } from '../charts/world-map.js';
import { yearlyFigure, yearlyGoalsOf } from '../charts/yearly-goals.js';

/** A single chart and its origin. */
export interface ShownChart {
  readonly figure: ChartFigureProps;
  /** The page that contains it. */
  readonly page: string;
  readonly asOf: AsOf;
}

const GOAL = /^automakers\/([a-z0-9-]+)\/targets\/([a-z0-9-]+)$/;
const YEARS = /^automakers\/([a-z0-9-]+)\/years\/([a-z-]+)$/;
const MOST_TICKS = 200;
const EVENTS_OF_LANES = 50;

/** Finds charts by their names in addresses. */
@Injectable()
export class ChartSource {
  constructor(private readonly queries: QueryBus) {}

  /** Throws NotFound if there is no such chart, or nothing to draw. */
  async chart(name: string, clocks: Clocks, parameters: TimelineParameters): Promise<ShownChart> {
    const [, automaker, target] = GOAL.exec(name) ?? [];
    if (automaker !== undefined && target !== undefined) return this.goal(automaker, target, clocks);
    const [, of, measure] = YEARS.exec(name) ?? [];
    if (of !== undefined && measure !== undefined) return this.years(of, measure, clocks);
    if (name === 'markets') return this.map(clocks);
    if (name === 'timeline') return this.lanes(clocks, parameters);
    throw new NotFound({
      detail: `There is no chart ${name}. There are automakers/…/targets/…, automakers/…/years/…, markets and timeline.`,
    });
  }

  private async goal(id: string, target: string, clocks: Clocks): Promise<ShownChart> {
    const [progress, { points }, { profile }, milestones] = await Promise.all([
      this.queries.execute(new GetProgress(id, target, clocks)),
      this.queries.execute(new GetTargetSeries(id, target, clocks)),
      this.queries.execute(new GetAutomaker(id, clocks)),
      this.queries.execute(
        new ListEvents(
          { automaker: id, types: MILESTONES },
          { by: 'day', newestFirst: true },
          MOST_TICKS,
          clocks,
        ),
      ),
    ]);
    if (points.length === 0) throw nothingToDraw(`No figure bears on this goal of ${profile.name}.`);
    const events = milestones.events.map(({ day, occurredOn, sentence }) => ({ day, occurredOn, sentence }));
    const { versions, asOf } = progress;
    const figure = goalFigure({ id: 'chart', name: profile.name, progress, versions, points, events });
    return { figure, page: `/automakers/${id}/targets/${target}`, asOf };
  }

  private async years(id: string, measure: string, clocks: Clocks): Promise<ShownChart> {
    const { progress, profile, asOf } = await this.queries.execute(new GetAutomaker(id, clocks));
    const goals = isMeasure(measure)
      ? yearlyGoalsOf(progress).find((each) => each.measure === measure)
      : undefined;
    if (!goals)
      throw nothingToDraw(`${profile.name} has set no goals for more than one year of this measure.`);
    return { figure: yearlyFigure({ goals, name: profile.name }), page: `/automakers/${id}`, asOf };
  }

  private async map(clocks: Clocks): Promise<ShownChart> {
    const { markets, asOf } = await this.queries.execute(new ListMarkets(clocks));
    return { figure: mapFigure(markets), page: '/markets', asOf };
  }

  private async lanes(clocks: Clocks, parameters: TimelineParameters): Promise<ShownChart> {
    const { events, asOf } = await this.queries.execute(
      new ListEvents(
        timelineFilterFrom(parameters),
        { by: 'day', newestFirst: true },
        EVENTS_OF_LANES,
        clocks,
      ),
    );
    if (events.length === 0) throw nothingToDraw('No event fits.');
    return { figure: lanesFigure({ events, on: asOf.trueOn }), page: '/timeline', asOf };
  }
}

const nothingToDraw = (why: string): NotFound => new NotFound({ detail: `${why} There is nothing to draw.` });
