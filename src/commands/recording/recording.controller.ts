import { Controller, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { authorOf, RequireRole } from '../../access/require-role.js';
import { isMarket, isSlug } from '../../domain/events/fields.js';
import { proposalFrom, type Proposal } from '../../domain/ledger/proposal.js';
import { slugFromWords } from '../../domain/ledger/peoples-words.js';
import { automakerStream, companyStream, marketStream } from '../../domain/ledger/streams.js';
import type { FieldError } from '../../domain/events/field-kind.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { DryRunParameters } from './dry-run-parameters.js';
import type { MoveReceipt } from './move-events.js';
import { moveFrom } from './move-request.js';
import { PreviewMove, type MovePreview } from './preview-move.js';
import { PreviewEvents, type Preview } from './preview-events.js';
import { RecordEvents, type Recording } from './record-events.js';
import { InvalidEvent } from './rejections.js';

/** Maximum number of events in one atomic request. Larger amounts must be imported. */
const MOST_EVENTS = 1000;

type Headers = FastifyRequest['headers'];
/** The parameters that the path of a route has are there. */
type Asked = FastifyRequest<{ Params: Readonly<Record<'automaker' | 'market' | 'company', string>> }>;

/**
 * POST of one event, or of an array that is recorded completely or not at all. It reads the request itself, because
 * Nest passes each parameter that it hands over through the pipes, in several promises.
 */
@Controller()
@RequireRole('analyst')
export class RecordingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('automakers/:automaker/events')
  @HttpCode(201)
  inAutomaker(
    @Req() request: Asked,
    @Query() { dryRun }: DryRunParameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Recording | Preview> {
    return this.record(automakerStreamOf(request.params.automaker), request, dryRun, reply);
  }

  @Post('markets/:market/events')
  @HttpCode(201)
  inMarket(
    @Req() request: Asked,
    @Query() { dryRun }: DryRunParameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Recording | Preview> {
    return this.record(marketStreamOf(request.params.market), request, dryRun, reply);
  }

  @Post('companies/:company/events')
  @HttpCode(201)
  inCompany(
    @Req() request: Asked,
    @Query() { dryRun }: DryRunParameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Recording | Preview> {
    return this.record(companyStreamOf(request.params.company), request, dryRun, reply);
  }

  @Post('automakers/:automaker/moves')
  @HttpCode(201)
  fromAutomaker(
    @Req() request: Asked,
    @Query() { dryRun }: DryRunParameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MoveReceipt | MovePreview> {
    return this.move(automakerStreamOf(request.params.automaker), request, dryRun, reply);
  }

  @Post('markets/:market/moves')
  @HttpCode(201)
  fromMarket(
    @Req() request: Asked,
    @Query() { dryRun }: DryRunParameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MoveReceipt | MovePreview> {
    return this.move(marketStreamOf(request.params.market), request, dryRun, reply);
  }

  @Post('companies/:company/moves')
  @HttpCode(201)
  fromCompany(
    @Req() request: Asked,
    @Query() { dryRun }: DryRunParameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MoveReceipt | MovePreview> {
    return this.move(companyStreamOf(request.params.company), request, dryRun, reply);
  }

  private async move(
    from: string,
    request: Asked,
    dryRun: string | undefined,
    reply: FastifyReply,
  ): Promise<MoveReceipt | MovePreview> {
    const move = moveFrom(from, request.body, authorOf(request), revisionFrom(request.headers));
    if (dryRun === 'true') {
      void reply.status(200);
      return this.queries.execute(new PreviewMove(move));
    }
    const receipt = await this.commands.execute(move);
    void reply.header('ETag', `"${receipt.from.revision}"`);
    return receipt;
  }

  private async record(
    stream: string,
    request: Asked,
    dryRun: string | undefined,
    reply: FastifyReply,
  ): Promise<Recording | Preview> {
    const { body, headers } = request;
    const proposals = proposalsFrom(body);
    const author = authorOf(request);
    const many = Array.isArray(body);
    const conditions = {
      idempotencyKey: idempotencyKeyFrom(headers['idempotency-key']),
      ifRevision: revisionFrom(headers),
    };
    if (dryRun === 'true') {
      void reply.status(200);
      return this.queries.execute(new PreviewEvents(stream, proposals, author, many, conditions));
    }
    const recording = await this.commands.execute(
      new RecordEvents(stream, proposals, { author, many, ...conditions }),
    );
    void reply.header('ETag', `"${recording.revision}"`);
    return recording;
  }
}

function automakerStreamOf(automaker: string): string {
  const id = slugFromWords(automaker);
  if (!isSlug(id)) throw wrong('automaker', 'must be a slug, such as xpeng');
  return automakerStream(id);
}

function marketStreamOf(market: string): string {
  if (!isMarket(market))
    throw wrong('market', 'must be an ISO 3166-1 alpha-2 code in capitals, or a region such as EU');
  return marketStream(market);
}

function companyStreamOf(company: string): string {
  if (!isSlug(company)) throw wrong('company', 'must be a slug, such as renault');
  return companyStream(company);
}

function proposalsFrom(body: unknown): readonly Proposal[] {
  const values: readonly unknown[] = Array.isArray(body) ? body : [body];
  if (values.length === 0 || values.length > MOST_EVENTS) {
    const message = `must hold 1 to ${MOST_EVENTS} events; larger amounts go to POST /api/imports`;
    throw invalid([{ field: '', message }]);
  }
  const proposals: Proposal[] = [];
  const problems: FieldError[] = [];
  for (const [index, value] of values.entries()) {
    const read = proposalFrom(value);
    if (!('problems' in read)) proposals.push(read);
    else
      for (const { field, message } of read.problems)
        problems.push({ field: Array.isArray(body) ? inItem(index, field) : field, message });
  }
  if (problems.length > 0) throw invalid(problems);
  return proposals;
}

const inItem = (index: number, field: string): string => `[${index}]${field === '' ? '' : `.${field}`}`;

const MOST_PROBLEMS = 50;

function invalid(problems: readonly FieldError[]): InvalidEvent {
  const errors = problems
    .slice(0, MOST_PROBLEMS)
    .map(({ field, message }) => ({ field: field || 'body', message }));
  return new InvalidEvent({
    detail: errors.map(({ field, message }) => `${field} ${message}`).join('; '),
    errors,
  });
}

function idempotencyKeyFrom(header: Headers[string]): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && /^[\x21-\x7e]{1,255}$/.test(header)) return header;
  throw wrong('Idempotency-Key', 'must be 1 to 255 visible ASCII characters, such as a UUID');
}

/** The revision of If-Match, or -1 for If-None-Match: *. */
function revisionFrom(headers: Headers): number | undefined {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (match !== undefined) {
    const revision = /^"(\d{1,15})"$/.exec(match)?.[1];
    if (revision !== undefined) return Number(revision);
    throw wrong('If-Match', 'must be the ETag of an answer about this stream, such as "41"');
  }
  if (noneMatch === undefined) return undefined;
  if (noneMatch === '*') return -1;
  throw wrong('If-None-Match', 'must be * here: the stream must not exist yet');
}

const wrong = (field: string, message: string): InvalidRequest => new InvalidRequest([{ field, message }]);
