import { Readable } from 'node:stream';
import { Body, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { Unauthenticated } from '../../problems/access-problems.js';
import { RequireRole } from '../../access/require-role.js';
import { ImportEvents } from '../../commands/import/import-events.js';
import type { RejectedLine, WarnedLine } from '../../commands/import/rejected-line.js';
import { readCsv } from '../../formats/csv.js';
import { readJsonLines } from '../../formats/jsonl.js';
import { templateColumns, typesFrom } from '../../formats/template.js';
import { formValues, textOf } from '../form-body.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import type { Page } from '../page.js';
import { ImportPage, type ImportOutcome } from './import-page.js';

/**
 * Imports many events at once, from a file or pasted text. For files of any size, there are the command line
 * and the API.
 */
@PageController('import')
@RequireRole('analyst')
export class ImportPageController {
  constructor(private readonly commands: CommandBus) {}

  @Get()
  form(@Query() { csv = '' }: PageParameters): Page {
    const { types, unknown } = typesFrom(csv);
    const table = { name: csv, caption: 'A table to fill in', columns: templateColumns(types), rows: [] };
    return { ...pageOf(''), ...(unknown.length === 0 && { tables: [table] }) };
  }

  @Post()
  @HttpCode(200)
  async import(@Req() request: FastifyRequest, @Body() body: unknown): Promise<Page> {
    const values = formValues(body);
    const author = request.principal?.name;
    if (author === undefined)
      throw new Unauthenticated({ detail: 'Sign in first: what is recorded has an author.' });
    const [chosen, pasted] = [textOf(values, 'file'), textOf(values, 'lines')];
    if ((chosen === '') === (pasted === '')) {
      return { ...pageOf(pasted, { unclear: chosen === '' ? 'nothing' : 'both' }), status: 400 };
    }
    const text = chosen === '' ? pasted : chosen;
    const isJson = text.startsWith('{');
    const bytes = Readable.from([Buffer.from(`${text}\n`)]);
    const lines = isJson ? readJsonLines(bytes) : readCsv(bytes);
    const dryRun = textOf(values, 'act') === 'look';
    const refused: RejectedLine[] = [];
    const warned: WarnedLine[] = [];
    const counts = await this.commands.execute(
      new ImportEvents(lines, {
        author,
        restore: false,
        dryRun,
        onRefused: (line) => void refused.push(line),
        onWarned: (line) => void warned.push(line),
      }),
    );
    // Deferred lines are refused after later ones, so the order must be restored.
    refused.sort((a, b) => a.line - b.line);
    const result = { counts, refused, warned };
    // After a dry run, all lines stay in the box for the import.
    if (dryRun) return pageOf(text.trimEnd(), { result });
    // Refused lines stay in the box, so that they can be corrected and sent again.
    const mendable = refused.map(({ source }) => source.text.trimEnd());
    const [header = ''] = text.split('\n', 1);
    if (mendable.length > 0 && !isJson) mendable.unshift(header);
    return pageOf(mendable.join('\n'), { result });
  }
}

function pageOf(lines: string, outcome: ImportOutcome = {}): Page {
  return {
    title: 'Import events',
    description: 'Import many events at once.',
    section: 'log',
    body: <ImportPage lines={lines} {...outcome} />,
  };
}
