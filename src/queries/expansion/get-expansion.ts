import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Automaker } from '../../domain/state/automaker.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import {
  EXPANSION_READINGS,
  type ExpansionNumber,
  type ExpansionReading,
  type ExpansionReadingName,
} from '../../domain/expansion/expansion-reading.js';
import { readExpansion } from '../../domain/expansion/read-expansion.js';
import { daysOfYear, type Day } from '../../domain/ledger/edtf.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { CompanyReader } from '../company-reader.js';
import { ConditionReader } from '../condition-reader.js';

/** The number of past year ends shown in the development over time. */
const YEARS_SHOWN = 6;

export interface ExpansionAnswer {
  readonly asOf: AsOf;
  readonly automaker: string;
  readonly readings: readonly ExpansionReading[];
}

/** The six readings of an automaker's expansion. */
export class GetExpansion extends Query<ExpansionAnswer> {
  constructor(
    readonly automaker: string,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(GetExpansion)
export class GetExpansionHandler implements IQueryHandler<GetExpansion> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly conditions: ConditionReader,
    private readonly companies: CompanyReader,
  ) {}

  async execute({ automaker: id, clocks }: GetExpansion): Promise<ExpansionAnswer> {
    const { automaker, asOf } = await this.states.automaker(id, clocks);
    const context = {
      automaker,
      conditions: await this.conditions.all(clocks),
      companies: await this.companies.directory(clocks),
      on: asOf.trueOn,
    };
    return { asOf, automaker: id, readings: EXPANSION_READINGS.map((name) => readExpansion(name, context)) };
  }
}

/** The numbers of a reading as of the end of a year. */
export interface ExpansionYear {
  readonly on: Day;
  readonly numbers: readonly ExpansionNumber[];
}

export interface ExpansionReadingAnswer extends ExpansionReading {
  readonly asOf: AsOf;
  /** The same numbers as of the ends of earlier years, oldest first. */
  readonly overTime: readonly ExpansionYear[];
}

/** One reading of an automaker's expansion, and its development over the years. */
export class GetExpansionReading extends Query<ExpansionReadingAnswer> {
  constructor(
    readonly automaker: string,
    readonly reading: ExpansionReadingName,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(GetExpansionReading)
export class GetExpansionReadingHandler implements IQueryHandler<GetExpansionReading> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly conditions: ConditionReader,
    private readonly companies: CompanyReader,
  ) {}

  async execute({ automaker: id, reading, clocks }: GetExpansionReading): Promise<ExpansionReadingAnswer> {
    const { automaker, asOf } = await this.states.automaker(id, clocks);
    const conditions = await this.conditions.all(clocks);
    const companies = await this.companies.directory(clocks);
    const overTime: ExpansionYear[] = [];
    const thisYear = Number(asOf.trueOn.slice(0, 4));
    for (let year = Math.max(1, thisYear - YEARS_SHOWN); year < thisYear; year++) {
      const on = daysOfYear(year).last;
      const then = { ...clocks, trueOn: on };
      const before = await this.states.find(id, then);
      if (!before) continue;
      const context = {
        automaker: before,
        conditions: await this.conditions.all(then),
        companies: await this.companies.directory(then),
        on,
      };
      overTime.push({ on, numbers: readExpansion(reading, context).numbers });
    }
    return {
      asOf,
      ...readExpansion(reading, { automaker, conditions, companies, on: asOf.trueOn }),
      overTime,
    };
  }
}

export interface ExpansionComparison {
  readonly asOf: AsOf;
  readonly reading: ExpansionReadingName;
  readonly automakers: readonly ExpansionReading[];
}

/** Compares some automakers in one reading. */
export class CompareExpansion extends Query<ExpansionComparison> {
  constructor(
    readonly ids: readonly string[],
    readonly reading: ExpansionReadingName,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(CompareExpansion)
export class CompareExpansionHandler implements IQueryHandler<CompareExpansion> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly conditions: ConditionReader,
    private readonly companies: CompanyReader,
  ) {}

  async execute({ ids, reading, clocks }: CompareExpansion): Promise<ExpansionComparison> {
    const asOf = await this.states.asOf(clocks);
    const conditions = await this.conditions.all(clocks);
    const companies = await this.companies.directory(clocks);
    const compared: Automaker[] = [];
    for (const id of ids) compared.push((await this.states.automaker(id, clocks)).automaker);
    const on = asOf.trueOn;
    return {
      asOf,
      reading,
      automakers: compared.map((automaker) =>
        readExpansion(reading, { automaker, conditions, companies, on }),
      ),
    };
  }
}
