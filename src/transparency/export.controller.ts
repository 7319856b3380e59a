import { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { RequireRole } from '../access/require-role.js';
import { isNow } from '../domain/ledger/clocks.js';
import { EXACT_TABLE, EXPORT_FORMATS, MEDIA_TYPES, type ExportFormat } from '../formats/ledger-line.js';
import { ClockParameters, clocksOf, Optional } from '../api/clock-parameters.js';
import { ExportLedger } from '../queries/events/export-ledger.js';
import { LedgerLog } from './ledger-log.js';

export class ExportParameters extends ClockParameters {
  @Optional()
  @IsIn(EXPORT_FORMATS)
  format?: ExportFormat;
}

@Controller('export')
export class ExportController {
  constructor(
    private readonly queries: QueryBus,
    private readonly log: LedgerLog,
  ) {}

  /**
   * The export of the whole ledger carries a checkpoint of exactly its events: the signed note in base64, in
   * the header `Ledger-Checkpoint`. An export at a given clock is a selection, and a spreadsheet table is not
   * exact; no checkpoint covers either.
   */
  @Get()
  @RequireRole('reader')
  async export(@Query() parameters: ExportParameters, @Res() reply: FastifyReply): Promise<void> {
    const { format = 'jsonl' } = parameters;
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const clocks = clocksOf(parameters);
    const isExact = format !== 'spreadsheet';
    const checkpoint = isExact && isNow(clocks) ? await this.log.checkpoint() : undefined;
    const chunks = await this.queries.execute(
      new ExportLedger(format, {
        clocks,
        signal: gone.signal,
        ...(checkpoint && { upTo: checkpoint.size }),
      }),
    );
    const extension = MEDIA_TYPES[format] === MEDIA_TYPES.csv ? 'csv' : 'jsonl';
    const name = isExact ? 'ledger' : 'ledger-for-spreadsheets';
    if (format === 'csv') reply.header('Ledger-Note', EXACT_TABLE);
    if (checkpoint) reply.header('Ledger-Checkpoint', Buffer.from(checkpoint.note).toString('base64'));
    await reply
      .type(`${MEDIA_TYPES[format]}; charset=utf-8`)
      .header('Content-Disposition', `attachment; filename="${name}.${extension}"`)
      .header('X-Accel-Buffering', 'no')
      .send(Readable.from(chunks));
  }
}
