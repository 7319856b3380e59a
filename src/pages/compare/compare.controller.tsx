import { Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Transform } from 'class-transformer';
import { IsIn, MaxLength } from 'class-validator';
import { isSlug } from '../../domain/events/fields.js';
import { COMPARABLE, goalToCompare } from '../../domain/goals/goal-to-compare.js';
import { isNow, type Clocks } from '../../domain/ledger/clocks.js';
import type { Measure } from '../../domain/measures/measures.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { CompareAutomakers, type ComparisonAnswer } from '../../queries/automakers/compare-automakers.js';
import { GetOverlap } from '../../queries/overlap/get-overlap.js';
import { GetSeries } from '../../queries/automakers/get-series.js';
import { ListAutomakerNames, type AutomakerNames } from '../../queries/automakers/list-automaker-names.js';
import { ListMostRecorded } from '../../queries/automakers/list-most-recorded.js';
import { ListMostTold } from '../../queries/automakers/list-most-told.js';
import { clocksOf, Optional } from '../../api/clock-parameters.js';
import { linesTable, type ManyLinesSeries } from '../charts/many-lines.js';
import { MEASURE_WORDS } from '../design/words.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import type { DataTable, Page } from '../page.js';
import { addressOf } from '../page-context.js';
import { ComparePage } from './compare-page.js';
import { Costly } from '../../api/costly-questions.js';
import { eventsIn } from '../take-away/events-in.js';

/**
 * Maximum number of automakers; more charts side by side would be too narrow to distinguish, even on a wide
 * screen.
 */
export const MOST_COMPARED = 6;

export class ComparePageParameters extends PageParameters {
  /** Ids separated by commas, or repeated once for each ticked box. */
  @Optional()
  @Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.join(',') : value))
  @MaxLength(1000)
  automakers?: string;

  @Optional()
  @IsIn(COMPARABLE)
  measure?: Measure;
}

/** Compares up to six automakers side by side, in the same charts on shared scales. */
@PageController('compare')
@CacheUntilChange()
@Costly()
export class CompareController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async compare(@Query() parameters: ComparePageParameters): Promise<Page> {
    const clocks = clocksOf(parameters);
    const { measure = 'overseas-sales-share' } = parameters;
    const listed = await this.queries.execute(new ListAutomakerNames(clocks, MOST_TO_TICK));
    const ids = parameters.automakers === undefined ? undefined : idsFrom(parameters.automakers);
    // By default, the automakers with the most data.
    const wanted = ids ?? (await this.mostTold(await this.tellingIds(listed), measure, clocks));
    const wide = await this.queries.execute(new CompareAutomakers(wanted, measure, clocks));
    const chosen = ids ?? telling(wide).slice(0, MOST_COMPARED);
    const comparison = {
      ...wide,
      automakers: chosen.flatMap((id) => wide.automakers.find((each) => each.id === id) ?? []),
    };
    const series: ManyLinesSeries[] = [];
    for (const { id, name, value, progress } of comparison.automakers) {
      const { points } = await this.queries.execute(new GetSeries(id, measure, {}, clocks));
      const goal = goalToCompare(progress, value?.first);
      series.push({ id, name, points, ...(goal && { goal }) });
    }
    const meetings =
      comparison.automakers.length < 2
        ? undefined
        : await this.queries.execute(new GetOverlap(chosen, clocks));
    return {
      title: `Compare: ${MEASURE_WORDS[measure]}`,
      description: `Automakers side by side: ${MEASURE_WORDS[measure]}.`,
      section: 'compare',
      // If no automaker was known yet, there is nothing to compare, and the page lists automakers instead.
      api:
        chosen.length === 0
          ? '/api/automakers'
          : addressOf('/api/compare', { automakers: chosen.join(','), measure }),
      tables: [comparisonTable(comparison), linesTable(measure, series)],
      body: <ComparePage comparison={comparison} listed={listed} series={series} meetings={meetings} />,
    };
  }

  /**
   * The candidates for the comparison. For the past, all of the given ones, because their data must be read
   * first.
   */
  private async mostTold(ids: string[], measure: Measure, clocks: Clocks): Promise<readonly string[]> {
    if (!isNow(clocks)) return ids;
    return this.queries.execute(new ListMostTold(ids, measure, MOST_COMPARED));
  }

  /** All listed automakers; if there are too many, those with the most recorded events now. */
  private async tellingIds({ automakers, hasMore }: AutomakerNames): Promise<string[]> {
    if (!hasMore) return automakers.map(({ id }) => id);
    return [...(await this.queries.execute(new ListMostRecorded(MOST_TO_TICK)))];
  }
}

/** Up to this many automakers are offered as checkboxes; among more, ids are typed. */
const MOST_TO_TICK = 60;

function idsFrom(text: string): readonly string[] {
  const ids = [...new Set(text.split(',').map((id) => id.trim()))];
  if (ids.some((id) => !isSlug(id)) || ids.length > MOST_COMPARED) {
    const message = `must be at most ${MOST_COMPARED} ids, such as xpeng,geely`;
    throw new InvalidRequest([{ field: 'automakers', message }]);
  }
  return ids;
}

function telling({ automakers }: ComparisonAnswer): string[] {
  const weight = ({ value, progress }: ComparisonAnswer['automakers'][number]): number =>
    (value ? 2 : 0) + (progress.length > 0 ? 1 : 0);
  return [...automakers].sort((a, b) => weight(b) - weight(a)).map(({ id }) => id);
}

function comparisonTable({ automakers, measure }: ComparisonAnswer): DataTable {
  return {
    name: 'comparison',
    caption: `Automakers: ${MEASURE_WORDS[measure]}`,
    events: () => eventsIn(automakers),
    columns: ['Automaker', 'From', 'To', 'At least', 'At most', 'Formula', 'Goals'],
    rows: automakers.map(({ name, value, progress }) => [
      name,
      value?.first,
      value?.last,
      value?.lo,
      value?.hi,
      value?.formula,
      progress.map(({ target }) => target).join(' '),
    ]),
  };
}
