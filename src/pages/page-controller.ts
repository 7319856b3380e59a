import { applyDecorators, Controller, UseFilters, UseInterceptors } from '@nestjs/common';
import { AllowSession } from '../access/require-role.js';
import { CostlyQuestions } from '../api/costly-questions.js';
import { KeptPages } from './kept-pages.js';
import { PageRenderer } from './page-renderer.js';
import { ProblemPages } from './problem-pages.js';

/** A controller whose handlers return pages. Renders the pages, and also shows errors as pages. */
export const PageController = (path = ''): ClassDecorator =>
  applyDecorators(
    Controller(path),
    UseInterceptors(KeptPages, CostlyQuestions, PageRenderer),
    UseFilters(ProblemPages),
    AllowSession(),
  );
