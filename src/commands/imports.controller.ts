import { Controller, Get, Headers, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Author, Needs } from '../access/needs.js';
import { Forbidden } from '../access/access-problems.js';
import { readCsv } from '../interchange/csv.js';
import { readJsonLines } from '../interchange/jsonl.js';
import { NotFound } from '../problems/not-found.js';
import { InvalidRequest, UnsupportedMediaType } from '../problems/request-problems.js';
import { ImportEvents } from './import-events.js';
import { ImportReports, type ImportReport } from './import-reports.js';

/** Imports of any size: the body is read as a stream, line by line. */
@Controller('imports')
@Needs('analyst')
export class ImportsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reports: ImportReports,
  ) {}

  @Post()
  @HttpCode(200)
  async import(
    @Req() request: FastifyRequest,
    @Headers('content-type') contentType: string | undefined,
    @Query('restore') restore: string | undefined,
    @Author() author: string,
  ): Promise<ImportReport> {
    const restoring = restore === 'true';
    if (restore !== undefined && !restoring && restore !== 'false') {
      throw new InvalidRequest([{ field: 'restore', message: 'must be true or false' }]);
    }
    if (restoring && request.caller?.role !== 'admin') {
      throw new Forbidden({
        detail: 'Only an admin may import events under the names of their authors (restore=true).',
      });
    }
    const body = request.body as AsyncIterable<Uint8Array>;
    const lines = isCsv(contentType) ? readCsv(body) : readJsonLines(body);
    const report = this.reports.begin();
    try {
      const counts = await this.commands.execute(
        new ImportEvents(lines, {
          author,
          restore: restoring,
          onRefused: (refused) => report.refuse(refused),
        }),
      );
      return await report.finish(counts);
    } catch (error) {
      await report.abandon();
      throw error;
    }
  }

  /** The lines that were refused, as they stood in the file: mend them and import them again. Who has them all, has them for good. */
  @Get(':id/refused')
  @Needs('analyst')
  async refused(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.reports.refusedLines(id);
    if (!file) {
      const detail = `There are no refused lines of an import ${id} here: they are removed once they were fetched, or after a week.`;
      throw new NotFound({ detail });
    }
    if (request.method === 'GET') reply.raw.once('finish', () => this.reports.removeLater(id));
    await reply.type('text/plain; charset=utf-8').send(file.createReadStream());
  }
}

function isCsv(contentType: string | undefined): boolean {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  switch (type) {
    case 'text/csv':
      return true;
    case 'application/x-ndjson':
    case 'application/jsonl':
    case 'application/cloudevents+x-ndjson':
      return false;
    default: {
      const detail = 'Send application/x-ndjson (one event a line, also as CloudEvents) or text/csv.';
      throw new UnsupportedMediaType({ detail });
    }
  }
}
