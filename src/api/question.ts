import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { CostlyQuestions } from './costly-questions.js';
import { EtagInterceptor } from './etag-interceptor.js';

/**
 * A controller that answers questions: with ETags, and a few costly ones at a time. Not for all of /api: an interceptor costs a
 * request as much time as the recording of an event takes.
 */
export const AnswersQuestions = (): ClassDecorator =>
  applyDecorators(UseInterceptors(EtagInterceptor, CostlyQuestions));
