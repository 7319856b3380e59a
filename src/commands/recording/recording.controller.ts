import { Body, Controller, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Author, RequireRole } from '../../access/require-role.js';
import { isMarket, isSlug } from '../../domain/events/fields.js';
import { problemsOfProposal, type Proposal } from '../../domain/ledger/proposal.js';
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

/** POST of one event, or of an array that is recorded completely or not at all. */
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
    @Param('automaker') automaker: string,
    @Body() body: unknown,
    @Query() { dryRun }: DryRunParameters,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Author() author: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Recording | Preview> {
    return this.record(automakerStreamOf(automaker), body, dryRun, headers, author, reply);
  }

  @Post('markets/:market/events')
  @HttpCode(201)
  inMarket(
    @Param('market') market: string,
    @Body() body: unknown,
    @Query() { dryRun }: DryRunParameters,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Author() author: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Recording | Preview> {
    return this.record(marketStreamOf(market), body, dryRun, headers, author, reply);
  }

  @Post('companies/:company/events')
  @HttpCode(201)
  inCompany(
    @Param('company') company: string,
    @Body() body: unknown,
    @Query() { dryRun }: DryRunParameters,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Author() author: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Recording | Preview> {
    return this.record(companyStreamOf(company), body, dryRun, headers, author, reply);
  }

  @Post('automakers/:automaker/moves')
  @HttpCode(201)
  fromAutomaker(
    @Param('automaker') automaker: string,
    @Body() body: unknown,
    @Query() { dryRun }: DryRunParameters,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Author() author: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MoveReceipt | MovePreview> {
    return this.move(automakerStreamOf(automaker), body, dryRun, headers, author, reply);
  }

  @Post('markets/:market/moves')
  @HttpCode(201)
  fromMarket(
    @Param('market') market: string,
    @Body() body: unknown,
    @Query() { dryRun }: DryRunParameters,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Author() author: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MoveReceipt | MovePreview> {
    return this.move(marketStreamOf(market), body, dryRun, headers, author, reply);
  }

  @Post('companies/:company/moves')
  @HttpCode(201)
  fromCompany(
    @Param('company') company: string,
    @Body() body: unknown,
    @Query() { dryRun }: DryRunParameters,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Author() author: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MoveReceipt | MovePreview> {
    return this.move(companyStreamOf(company), body, dryRun, headers, author, reply);
  }

  private async move(
    from: string,
    body: unknown,
    dryRun: string | undefined,
    headers: Readonly<Record<string, string | undefined>>,
    author: string,
    reply: FastifyReply,
  ): Promise<MoveReceipt | MovePreview> {
    const move = moveFrom(from, body, author, revisionFrom(headers));
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
    body: unknown,
    dryRun: string | undefined,
    headers: Readonly<Record<string, string | undefined>>,
    author: string,
    reply: FastifyReply,
  ): Promise<Recording | Preview> {
    const proposals = proposalsFrom(body);
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
  const problems = values.flatMap((value, index) =>
    problemsOfProposal(value).map(({ field, message }) => ({
      field: Array.isArray(body) ? `[${index}]${field === '' ? '' : `.${field}`}` : field,
      message,
    })),
  );
  if (problems.length > 0) throw invalid(problems);
  // `problemsOfProposal` has checked all values.
  return values as readonly Proposal[];
}

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

function idempotencyKeyFrom(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (/^[\x21-\x7e]{1,255}$/.test(header)) return header;
  throw wrong('Idempotency-Key', 'must be 1 to 255 visible ASCII characters, such as a UUID');
}

/** The revision of If-Match, or -1 for If-None-Match: *. */
function revisionFrom(headers: Readonly<Record<string, string | undefined>>): number | undefined {
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
