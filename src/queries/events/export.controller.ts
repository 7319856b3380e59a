import { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { Needs } from '../../access/needs.js';
import { FORMATS, MEDIA_TYPES, type Format } from '../../interchange/ledger-line.js';
import { LeftOut } from '../clock-parameters.js';
import { ExportLedger } from './export-ledger.js';

export class ExportParameters {
  @LeftOut()
  @IsIn(FORMATS)
  format?: Format;
}

/** The whole ledger as a file. */
@Controller('export')
export class ExportController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Needs('reader')
  async export(@Query() { format = 'jsonl' }: ExportParameters, @Res() reply: FastifyReply): Promise<void> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const chunks = await this.queries.execute(new ExportLedger(format, gone.signal));
    const extension = format === 'csv' ? 'csv' : 'jsonl';
    await reply
      .type(`${MEDIA_TYPES[format]}; charset=utf-8`)
      .header('Content-Disposition', `attachment; filename="ledger.${extension}"`)
      .send(Readable.from(chunks));
  }
}
