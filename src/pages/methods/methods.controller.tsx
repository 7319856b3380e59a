import { Get, Query } from '@nestjs/common';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import type { Page } from '../page.js';
import { GlossaryPage } from './glossary-page.js';
import { MethodsPage } from './methods-page.js';

/** Explains ratings, numbers and words. */
@PageController()
export class MethodsController {
  @Get('methods')
  methods(@Query() _: PageParameters): Page {
    return {
      title: 'Methods',
      description: 'How every rating, bound and number comes about, in words and with a worked example each.',
      body: <MethodsPage />,
    };
  }

  @Get('glossary')
  glossary(@Query() _: PageParameters): Page {
    return {
      title: 'Glossary',
      description: 'What the words on these pages mean.',
      body: <GlossaryPage />,
    };
  }
}
