import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clocksOf } from '../api/clock-parameters.js';
import { isUnchanged } from '../api/unchanged.js';
import { limitFrom, PagedParameters } from '../api/paging.js';
import { isDay } from '../domain/ledger/edtf.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { FindSnapshot, type SnapshotPoint } from '../queries/tables/find-snapshot.js';
import { ListSnapshots, type SnapshotsAnswer } from '../queries/tables/list-snapshots.js';
import { LedgerLog } from '../transparency/ledger-log.js';
import { checkDelta } from './delta.js';
import { SnapshotFiles } from './snapshot-files.js';
import { SnapshotWriter } from './snapshot-writer.js';
import { AnswersQuestions } from '../api/question.js';

/** The default page size. The data page shows this many days. */
const SNAPSHOTS_A_PAGE = 30;
const MOST_SNAPSHOTS = 366;

/** Increase it when the same ledger gives different bytes than in the previous release. */
const FORM = 2;

/** Lists the days on which something was recorded; each has a snapshot. */
@Controller('snapshots')
@AnswersQuestions()
export class SnapshotListController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  list(@Query() parameters: PagedParameters): Promise<SnapshotsAnswer> {
    const { cursor, limit } = parameters;
    if (cursor !== undefined && !isDay(cursor))
      throw new InvalidRequest([{ field: 'cursor', message: 'must be the "next" of an earlier page' }]);
    return this.queries.execute(
      new ListSnapshots(clocksOf(parameters), limitFrom(limit, SNAPSHOTS_A_PAGE, MOST_SNAPSHOTS), cursor),
    );
  }
}

/** Downloads of the ledger: its state at a day or position, and the changes between two states. */
@Controller('snapshots')
export class SnapshotsController {
  private readonly writer: SnapshotWriter;

  constructor(
    private readonly queries: QueryBus,
    log: LedgerLog,
    private readonly files: SnapshotFiles,
  ) {
    this.writer = new SnapshotWriter(queries, log);
  }

  /** `latest`, a day, or a position. */
  @Get(':snapshot')
  async snapshot(
    @Param('snapshot') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const point = await this.find(name);
    const file = fileName(point);
    await this.send(file, request, reply, () => this.writer.snapshot(point));
  }

  /** From one snapshot to a later one. */
  @Get(':from/to/:to')
  async delta(
    @Param('from') from: string,
    @Param('to') to: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [earlier, later] = [await this.find(from), await this.find(to)];
    checkDelta(earlier, later);
    const file = `${fileName(earlier)}-to-${later.day}-${later.position}`;
    await this.send(file, request, reply, () => this.writer.delta(earlier, later));
  }

  private find(name: string): Promise<SnapshotPoint> {
    return this.queries.execute(new FindSnapshot(name.replace(/\.zip$/, '')));
  }

  private async send(
    file: string,
    request: FastifyRequest,
    reply: FastifyReply,
    make: () => AsyncIterable<Uint8Array>,
  ): Promise<void> {
    if (isUnchanged(request, reply, `"${file}-${FORM}"`)) {
      await reply.send();
      return;
    }
    const { bytes, content } = await this.files.open(file, make);
    await reply
      .type('application/zip')
      .header('Content-Length', bytes)
      .header('Content-Disposition', `attachment; filename="${file}.zip"`)
      .send(content);
  }
}

const fileName = ({ day, position }: SnapshotPoint): string => `market-expansion-tracker-${day}-${position}`;
