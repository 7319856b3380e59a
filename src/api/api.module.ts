import { Global, Module } from '@nestjs/common';
import { CostlyQueue } from './costly-questions.js';
import { ResponseCache } from './response-cache.js';

/** Shared by the API and the pages: the cache of answers, and the queue of costly ones. */
@Global()
@Module({ providers: [ResponseCache, CostlyQueue], exports: [ResponseCache, CostlyQueue] })
export class AnswersModule {}
