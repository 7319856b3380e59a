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
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeys } from '../../access/api-keys.js';
import { Author, RequireRole } from '../../access/require-role.js';
import { Forbidden } from '../../problems/access-problems.js';
import { readLedger } from '../../formats/read-ledger.js';
import { NotFound } from '../../problems/not-found.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { importBody, keyRevoked, serverStops } from './import-body.js';
import { importFormat } from './import-media-type.js';
import { ImportEvents } from './import-events.js';
import { ImportReports, type ImportReport } from './import-reports.js';

/** Imports of any size: the body is read as a stream, line by line. */
@Controller('imports')
@RequireRole('analyst')
export class ImportsController implements OnModuleDestroy {
  /** Ends the imports that are open, so that the server can stop. */
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
    @Query('restore') restore: string | undefined,
    @Author() author: string,
  ): Promise<ImportReport> {
    const restoring = restore === 'true';
    if (restore !== undefined && !restoring && restore !== 'false') {
      throw new InvalidRequest([{ field: 'restore', message: 'must be true or false' }]);
    }
    if (restoring && request.principal?.role !== 'admin') {
      throw new Forbidden({
        detail: 'Only an admin may import events under the names of their authors (restore=true).',
      });
    }
    const format = importFormat(request.headers);
    const revoked = new AbortController();
    const { principal } = request;
    // The request was let in once; what goes on after that ends with the key.
    const forgetKey = principal && this.keys.onRevoked(principal.keyId, () => revoked.abort(keyRevoked()));
    const ended = AbortSignal.any([this.stopping.signal, revoked.signal]);
    const body = importBody(request.body as Readable, ended);
    const report = this.reports.begin();
    try {
      const counts = await this.commands.execute(
        new ImportEvents(readLedger(body, format), {
          author,
          restore: restoring,
          onRefused: (refused) => report.refuse(refused),
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

  /** The lines that were refused, as they stood in the file: mend them and import them again. Who has them all, has them for good. */
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
