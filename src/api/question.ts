import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { CostlyQuestions } from './costly-questions.js';
import { EtagInterceptor } from './etag-interceptor.js';

/**
 * For controllers that answer questions: adds ETags and limits costly requests. Not applied to all of /api,
 * because an interceptor costs a request as much time as recording an event takes.
 */
export const AnswersQuestions = (): ClassDecorator =>
  applyDecorators(UseInterceptors(EtagInterceptor, CostlyQuestions));
