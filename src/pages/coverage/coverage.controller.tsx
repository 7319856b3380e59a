import { Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { clocksOf } from '../../api/clock-parameters.js';
import { Costly } from '../../api/costly-questions.js';
import { pageFrom } from '../../api/paging.js';
import {
  AUTOMAKERS_A_PAGE,
  CoverageParameters,
  coverageQuestionFrom,
  MISSING_A_PAGE,
} from '../../queries/coverage/coverage.controller.js';
import {
  GetCoverage,
  GetWorklist,
  type CoverageAnswer,
  type WorklistAnswer,
} from '../../queries/coverage/get-coverage.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { PageController } from '../page-controller.js';
import { addressOf } from '../page-context.js';
import { IsTableName, IsYes, wantsFile } from '../page-parameters.js';
import type { DataTable, Page } from '../page.js';
import { CoveragePage } from './coverage-page.js';

export class CoveragePageParameters extends CoverageParameters {
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

/** Maximum number of automakers in a file. */
const AUTOMAKERS_A_FILE = 100;
const MISSING_A_FILE = 200;

/** Shows the gaps: what is known month by month, and which figures would help most. */
@PageController('coverage')
@CacheUntilChange()
@Costly()
export class CoveragePageController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async coverage(@Query() parameters: CoveragePageParameters): Promise<Page> {
    const clocks = clocksOf(parameters);
    const { automakers, measure, months, cursor } = parameters;
    const question = coverageQuestionFrom(parameters);
    const isFile = wantsFile(parameters);
    const page = isFile
      ? { limit: AUTOMAKERS_A_FILE }
      : pageFrom(cursor === undefined ? {} : { cursor }, AUTOMAKERS_A_PAGE, AUTOMAKERS_A_PAGE);
    const [coverage, worklist] = await Promise.all([
      this.queries.execute(new GetCoverage(question, clocks, page)),
      this.queries.execute(new GetWorklist(question, clocks, isFile ? MISSING_A_FILE : MISSING_A_PAGE)),
    ]);
    const asked = { automakers, measure, months };
    return {
      title: 'Coverage',
      description:
        'What is known of each automaker month by month, what is due, and which missing figure would tell most.',
      section: 'audit',
      api: addressOf('/api/coverage', { ...asked, cursor }),
      tables: [coverageTable(coverage), worklistTable(worklist)],
      body: (
        <CoveragePage
          coverage={coverage}
          worklist={worklist}
          worklistAt={addressOf('/api/coverage/worklist', asked)}
        />
      ),
    };
  }
}

function coverageTable({ months, automakers }: CoverageAnswer): DataTable {
  return {
    name: 'coverage',
    caption: 'What is known month by month',
    columns: [
      'Automaker',
      'Measure',
      'Market',
      'Entity',
      'Counted as',
      'Vehicles',
      'Month',
      'Coverage',
      'At least',
      'At most',
    ],
    notes: [
      'Reported: figures give the month, alone or as a difference of others. Bounded: figures of longer periods limit it. Not published: none is due yet. Not logged: one is due, or nothing is recorded.',
      `At most ${AUTOMAKERS_A_FILE} automakers.`,
    ],
    rows: automakers.flatMap(({ automaker, rows }) =>
      rows.flatMap(({ measure, perimeter, months: covered }) =>
        covered.map(({ coverage, lo, hi }, index) => [
          automaker,
          measure,
          perimeter.market,
          perimeter.entity,
          perimeter.basis,
          perimeter.vehicles,
          months[index]?.first.slice(0, 7),
          coverage,
          lo,
          hi,
        ]),
      ),
    ),
  };
}

function worklistTable({ missing }: WorklistAnswer): DataTable {
  return {
    name: 'worklist',
    caption: 'The missing figures that would narrow most',
    columns: [
      'Automaker',
      'Measure',
      'Market',
      'Entity',
      'Counted as',
      'From',
      'To',
      'At least',
      'At most',
      'Due',
      'Score',
    ],
    rows: missing.map(({ automaker, measure, perimeter, first, last, lo, hi, isDue, score }) => [
      automaker,
      measure,
      perimeter.market,
      perimeter.entity,
      perimeter.basis,
      first,
      last,
      lo,
      hi,
      isDue ? 'yes' : 'no',
      score,
    ]),
  };
}
