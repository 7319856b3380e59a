import type { Readable } from 'node:stream';
import {
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeys } from '../../access/api-keys.js';
import { Author, RequireRole } from '../../access/require-role.js';
import { Forbidden } from '../../problems/access-problems.js';
import { Optional } from '../../domain/events/fields.js';
import { EVENT_TYPES } from '../../domain/events/catalogue.js';
import { csvHeader } from '../../formats/csv.js';
import { templateColumns, typesFrom } from '../../formats/template.js';
import { readLedger } from '../../formats/read-ledger.js';
import { NotFound } from '../../problems/not-found.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { DryRunParameters, Flag } from '../recording/dry-run-parameters.js';
import { importBody, keyRevoked, serverStops } from './import-body.js';
import { importFormat } from './import-media-type.js';
import { ImportEvents } from './import-events.js';
import { ImportReports, type ImportReport } from './import-reports.js';

class ImportParameters extends DryRunParameters {
  @Flag()
  restore?: 'true' | 'false';
}

class TemplateParameters {
  /** Event types, separated by commas. */
  @Optional()
  @MaxLength(1000)
  type?: string;
}

/** Imports of any size: the body is read as a stream, line by line. */
@Controller('imports')
@RequireRole('analyst')
export class ImportsController implements OnModuleDestroy {
  /** Ends the open imports, so that the server can stop. */
  private readonly stopping = new AbortController();

  constructor(
    private readonly commands: CommandBus,
    private readonly reports: ImportReports,
    private readonly keys: ApiKeys,
  ) {}

  onModuleDestroy(): void {
    this.stopping.abort(serverStops());
  }

  @Post()
  @HttpCode(200)
  async import(
    @Req() request: FastifyRequest,
    @Query() { restore, dryRun: dry }: ImportParameters,
    @Author() author: string,
  ): Promise<ImportReport> {
    const restoring = restore === 'true';
    const dryRun = dry === 'true';
    if (restoring && request.principal?.role !== 'admin') {
      throw new Forbidden({
        detail: 'Only an admin may import events under the names of their authors (restore=true).',
      });
    }
    const format = importFormat(request.headers);
    const revoked = new AbortController();
    const { principal } = request;
    // The key was checked at the start of the request; this ends the import when the key is revoked.
    const forgetKey = principal && this.keys.onRevoked(principal.keyId, () => revoked.abort(keyRevoked()));
    const ended = AbortSignal.any([this.stopping.signal, revoked.signal]);
    const body = importBody(request.body as Readable, ended);
    const report = this.reports.begin({ dryRun });
    try {
      const counts = await this.commands.execute(
        new ImportEvents(readLedger(body, format), {
          author,
          restore: restoring,
          dryRun,
          onRefused: (refused) => report.refuse(refused),
          onWarned: (warned) => report.warn(warned),
        }),
      );
      return await report.finish(counts);
    } catch (error) {
      await report.abandon();
      throw error;
    } finally {
      forgetKey?.();
    }
  }

  /**
   * An empty table with only a header, for events of the given types (separated by commas) or of all types.
   */
  @Get('template')
  async template(@Query() { type }: TemplateParameters, @Res() reply: FastifyReply): Promise<void> {
    const { types, unknown } = typesFrom(type ?? EVENT_TYPES.join(','));
    if (unknown.length > 0)
      throw new InvalidRequest([
        { field: 'type', message: `must be types of event, separated by commas: ${EVENT_TYPES.join(', ')}` },
      ]);
    await reply
      .type('text/csv; charset=utf-8')
      .header('Content-Disposition', 'attachment; filename="events.csv"')
      .send(csvHeader(templateColumns(types)));
  }

  /**
   * The refused lines, as they stood in the file: correct them and import them again. The file is deleted
   * after a complete download.
   */
  @Get(':id/refused')
  @RequireRole('analyst')
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
