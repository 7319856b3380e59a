import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { isReading } from '../api/reading-methods.js';
import { etagOf, isUnchanged } from '../api/unchanged.js';
import { isNow } from '../domain/ledger/clocks.js';
import { dayOf } from '../domain/ledger/edtf.js';
import { Clock } from '../clock/clock.js';
import { GetAsOf } from '../queries/get-as-of.js';
import { undatedInWords } from '../queries/recording-so-far.js';
import { DeletedStreams } from '../queries/deleted-streams.js';
import { ParkedStreams } from '../queries/parked-streams.js';
import { formulaInWords } from './design/words.js';
import { renderDocument } from './design/document.js';
import { sendAsPage } from './kept-pages.js';
import { SeeOther, type Page } from './page.js';
import type { ClockNote, PageContext } from './page-context.js';
import { pageContextOf } from './page-context-of.js';
import { SendTable } from './take-away/send-table.js';

/** Answers with the page that a handler returned, as HTML, or with one of its tables as a file. */
@Injectable()
export class PageRenderer implements NestInterceptor {
  constructor(
    private readonly clock: Clock,
    private readonly parked: ParkedStreams,
    private readonly deleted: DeletedStreams,
    private readonly queries: QueryBus,
    private readonly tables: SendTable,
  ) {}

  intercept(
    context: ExecutionContext,
    next: CallHandler<Page | SeeOther>,
  ): Observable<string | Buffer | undefined> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next
      .handle()

      .pipe(
        mergeMap(async (answer) => {
          const context = pageContextOf(request, reply, dayOf(this.clock.now()), apiOf(answer));
          return this.answer(answer, request, reply, {
            ...context,
            partlyTold: await this.parked.inWords(),
            ...(await this.closedOn(context.path)),
            clockNotes: await this.notesOn(context),
          });
        }),
      );
  }

  private async closedOn(path: string): Promise<Pick<PageContext, 'closed'>> {
    const found = (await this.deleted.list()).find(
      (each) => path === each.path || path.startsWith(`${each.path}/`),
    );
    return found ? { closed: found.name } : {};
  }

  private async notesOn({ clocks }: PageContext): Promise<ClockNote[]> {
    if (isNow(clocks)) return [];
    const { undated = 0, beforeRecording: early } = await this.queries.execute(new GetAsOf(clocks));
    return [
      ...(undated > 0 ? [{ sentence: `${undatedInWords(undated)}.` }] : []),
      ...(early ? [{ sentence: formulaInWords(early.sentence), publicOn: early.publicOn }] : []),
    ];
  }

  private async answer(
    answer: Page | SeeOther,
    request: FastifyRequest,
    reply: FastifyReply,
    context: PageContext,
  ): Promise<string | Buffer | undefined> {
    if (answer instanceof SeeOther) {
      void reply.header('Cache-Control', 'no-store').status(303).header('Location', answer.location);
      return '';
    }
    const table = await this.tables.send(answer, context, reply);
    if (table !== undefined) return table;
    const html = renderDocument(answer, context);
    sendAsPage(reply, answer.status ?? 200);
    // Pages for signed-in users are private to them.
    if (context.principal) void reply.header('Cache-Control', 'private, no-store');
    if (!isReading(request) || context.principal) return html;
    return isUnchanged(request, reply, etagOf(html)) ? undefined : html;
  }
}

const apiOf = (answer: Page | SeeOther): string | undefined =>
  answer instanceof SeeOther ? undefined : answer.api;
