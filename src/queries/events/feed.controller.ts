import { Readable } from 'node:stream';
import {
  Controller,
  Get,
  Headers,
  Inject,
  Query,
  Req,
  Res,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { Matches } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeys } from '../../access/api-keys.js';
import { EVENT_STORE, type EventStore } from '../../event-store/event-store.js';
import type { RecordedEvent } from '../../domain/ledger/event.js';
import { inFileOrder } from '../../formats/ledger-line.js';
import { HttpProblem } from '../../problems/http-problem.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { Optional } from '../../api/clock-parameters.js';

const IS_POSITION = /^\d{1,15}$/;
const HEARTBEAT_MS = 15_000;

export class FeedParameters {
  /** Sends events recorded after this position. Defaults to events recorded from now on. */
  @Optional()
  @Matches(IS_POSITION, { message: 'must be a position' })
  after?: string;
}

/**
 * The client asks for events after a position beyond the end of the ledger: it read another ledger, or this
 * one was restored to an earlier state.
 */
export class FeedBeyondEnd extends HttpProblem {
  readonly status = 409;
  readonly slug = 'feed-beyond-end';
  readonly title = 'The ledger does not reach that far';

  constructor(after: number, head: number) {
    super({
      detail: `You ask for what comes after position ${after}, and the ledger ends at ${head}: what you read is not what it holds now. Read it again from ?after=0, or from a position that both have.`,
      after,
      head,
    });
  }
}

/**
 * Server-sent events: each event of the ledger as it is recorded. A client that reconnects continues where it
 * was (Last-Event-ID), and is refused if the ledger does not reach that far.
 */
@Controller('feed')
export class FeedController implements BeforeApplicationShutdown {
  private readonly open = new Set<AbortController>();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly keys: ApiKeys,
  ) {}

  /** Ends all feeds: they never end by themselves, and the server would wait for them. */
  beforeApplicationShutdown(): void {
    for (const feed of this.open) feed.abort();
  }

  @Get()
  async feed(
    @Query() { after }: FeedParameters,
    @Headers('last-event-id') lastId: string | undefined,
    @Req() { principal }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const known = positionFrom(lastId, after);
    const gone = new AbortController();
    this.open.add(gone);
    // The request was authorized only once, at its start, so the feed must end when the key is revoked.
    const forgetKey = principal ? this.keys.onRevoked(principal.keyId, () => gone.abort()) : undefined;
    reply.raw.once('close', () => {
      forgetKey?.();
      this.open.delete(gone);
      gone.abort();
    });
    const head = await this.store.head();
    if (known !== undefined && known > head) throw new FeedBeyondEnd(known, head);
    const position = known ?? head;
    await reply
      .type('text/event-stream; charset=utf-8')
      .header('Cache-Control', 'no-store')
      .header('X-Accel-Buffering', 'no')
      .send(
        Readable.from(messages(this.store.subscribe({ after: position, signal: gone.signal }), gone.signal)),
      );
  }
}

/** The position of a client. The last event id takes precedence over the URL, which never changes. */
function positionFrom(lastId: string | undefined, after: string | undefined): number | undefined {
  // A browser that has received nothing yet sends no id, or an empty one.
  const known = lastId === undefined || lastId === '' ? after : lastId;
  if (known === undefined) return undefined;
  if (!IS_POSITION.test(known))
    throw new InvalidRequest([
      { field: 'Last-Event-ID', message: 'must be the id of an event of this feed: a position, such as 896' },
    ]);
  return Number(known);
}

async function* messages(
  batches: AsyncIterable<readonly RecordedEvent[]>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield ': the ledger, event by event\n\n';
  const iterator = batches[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    while (!signal.aborted) {
      const found = await Promise.race([next, heartbeat()]);
      if (found === 'heartbeat') {
        yield ': still here\n\n';
        continue;
      }
      if (found.done) return;
      for (const event of found.value) {
        yield `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(inFileOrder(event))}\n\n`;
      }
      next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}

function heartbeat(): Promise<'heartbeat'> {
  return new Promise((resolve) => setTimeout(() => resolve('heartbeat'), HEARTBEAT_MS).unref());
}
