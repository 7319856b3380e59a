import { Get, Inject, Query } from '@nestjs/common';
import { RequireRole } from '../../access/require-role.js';
import { API_DOCUMENT } from '../../api/docs.controller.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import type { Page } from '../page.js';
import { DocsPage, routesIn, type RouteOfApi } from './docs-page.js';

/** The routes of the API, as a page that needs no scripts. */
@PageController('docs')
@RequireRole('anyone')
export class DocsPageController {
  private routes: readonly RouteOfApi[] | undefined;

  constructor(@Inject(API_DOCUMENT) private readonly makeDocument: () => object) {}

  @Get()
  docs(@Query() _: PageParameters): Page {
    this.routes ??= routesIn(this.makeDocument());
    return {
      title: 'API',
      description: 'Every route of the API: what it answers, and which parameters it reads.',
      body: <DocsPage routes={this.routes} />,
    };
  }
}
