import { Global, Module } from '@nestjs/common';
import { CostlyQueue } from './costly-questions.js';
import { ResponseCache } from './response-cache.js';

/** What the answers of the API and the pages share: those that are kept, and the queue of those that are costly. */
@Global()
@Module({ providers: [ResponseCache, CostlyQueue], exports: [ResponseCache, CostlyQueue] })
export class AnswersModule {}
