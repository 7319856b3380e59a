import { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { Matches } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { NotFound } from '../problems/not-found.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { Optional } from '../api/clock-parameters.js';
import { hashLines } from './hash-lines.js';
import type { Hash } from './merkle-tree.js';
import { LedgerLog } from './ledger-log.js';
import type { KeptCheckpoint } from './tree-store.js';
import { AnswersQuestions } from '../api/question.js';

const IS_COUNT = /^[1-9]\d{0,14}$/;
const COUNT = { message: 'must be a whole number from 1' };

export class InclusionParameters {
  /** Position of the event. */
  @Matches(IS_COUNT, COUNT)
  position!: string;

  /** Size of the tree. Defaults to all current events. */
  @Optional()
  @Matches(IS_COUNT, COUNT)
  size?: string;
}

export class ConsistencyParameters {
  /** Size of the older tree. */
  @Matches(IS_COUNT, COUNT)
  from!: string;

  /** Size of the newer tree. Defaults to all current events. */
  @Optional()
  @Matches(IS_COUNT, COUNT)
  to?: string;
}

export class HashesParameters {
  /** How many hashes. Defaults to all current events. */
  @Optional()
  @Matches(IS_COUNT, COUNT)
  size?: string;
}

/** Lets third parties verify the log: its key, checkpoints and proofs. */
@Controller('ledger')
@AnswersQuestions()
export class LedgerLogController {
  constructor(private readonly log: LedgerLog) {}

  /** A signed note: origin, number of events and root. */
  @Get('checkpoint')
  async checkpoint(): Promise<KeptCheckpoint> {
    return this.log.checkpoint();
  }

  @Get('checkpoints')
  async checkpoints(): Promise<{ checkpoints: readonly KeptCheckpoint[] }> {
    return { checkpoints: await this.log.checkpoints() };
  }

  /** The public half of the key that signs checkpoints. */
  @Get('key')
  key(): { key: string } {
    return { key: this.log.verifierKey };
  }

  /** The hash of each event, one per line in base64. They show which event of an export was changed. */
  @Get('hashes')
  async hashes(@Query() { size }: HashesParameters, @Res() reply: FastifyReply): Promise<void> {
    await this.log.catchUp();
    const pages = this.proven(() => this.log.hashes(size === undefined ? this.log.size : Number(size)));
    await reply
      .type('text/plain; charset=utf-8')
      .header('X-Accel-Buffering', 'no')
      .send(Readable.from(hashLines(pages)));
  }

  @Get('proofs/inclusion')
  async inclusion(@Query() { position, size }: InclusionParameters) {
    await this.log.catchUp();
    const treeSize = size === undefined ? this.log.size : Number(size);
    const { leaf, proof, root } = this.proven(() => this.log.inclusion(Number(position), treeSize));
    return {
      position: Number(position),
      leafIndex: Number(position) - 1,
      size: treeSize,
      leaf: leaf.toString('base64'),
      root: root.toString('base64'),
      proof: inBase64(proof),
    };
  }

  @Get('proofs/consistency')
  async consistency(@Query() { from, to }: ConsistencyParameters) {
    await this.log.catchUp();
    const newer = to === undefined ? this.log.size : Number(to);
    if (Number(from) > newer)
      throw new InvalidRequest([{ field: 'from', message: `must not be above to, ${newer}` }]);
    const { fromRoot, toRoot, proof } = this.proven(() => this.log.consistency(Number(from), newer));
    return {
      from: Number(from),
      to: newer,
      fromRoot: fromRoot.toString('base64'),
      toRoot: toRoot.toString('base64'),
      proof: inBase64(proof),
    };
  }

  private proven<T>(prove: () => T): T {
    try {
      return prove();
    } catch (error) {
      if (error instanceof RangeError)
        throw new NotFound({ detail: `There is no such proof: ${error.message}.` });
      throw error;
    }
  }
}

const inBase64 = (hashes: readonly Hash[]): string[] => hashes.map((hash) => hash.toString('base64'));
