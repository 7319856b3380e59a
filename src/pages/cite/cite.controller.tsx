import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowSession } from '../../access/require-role.js';
import { NotFound } from '../../problems/not-found.js';
import { PageController } from '../page-controller.js';
import { addressOf } from '../page-context.js';
import { SeeOther, type Page } from '../page.js';
import { ProblemPages } from '../problem-pages.js';
import { ChartSource } from '../pictures/chart-source.js';
import { chartOfPage } from '../pictures/chart-of-page.js';
import { citableFrom } from './citable.js';
import { bibtexOf, citationText, cslOf, type CitedPage } from './citation.js';
import { Citations } from './citations.js';
import { CitePage } from './cite-page.js';

export class CiteParameters {
  /** Path and query of a page of this site. */
  @MaxLength(2000)
  of!: string;
}

const FORMATS: Readonly<
  Record<string, { readonly type: string; readonly write: (page: CitedPage) => string }>
> = {
  'citation.txt': { type: 'text/plain', write: (page) => `${citationText(page)}\n` },
  'citation.bib': { type: 'application/x-bibtex', write: bibtexOf },
  'citation.json': {
    type: 'application/vnd.citationstyles.csl+json',
    write: (page) => `${JSON.stringify(cslOf(page), null, 2)}\n`,
  },
};

const siteOf = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`;

/** Shows how to cite a page as it is now. */
@PageController('cite')
export class CitePageController {
  constructor(
    private readonly citations: Citations,
    private readonly charts: ChartSource,
  ) {}

  @Get()
  async page(@Query() { of }: CiteParameters, @Req() request: FastifyRequest): Promise<Page> {
    const cited = await this.citations.cite(of, siteOf(request));
    return {
      title: `Cite: ${cited.title}`,
      description: `How to cite “${cited.title}” as it stands, with an address that shows the same for good.`,
      body: <CitePage cited={cited} of={of} site={siteOf(request)} chart={await this.chartOf(of)} />,
    };
  }

  /** The chart of a page, if there is anything to draw. */
  private async chartOf(of: string): Promise<string | undefined> {
    const { path, clocks } = citableFrom(of);
    const chart = chartOfPage(path) ?? (path === '/timeline' ? 'timeline' : undefined);
    if (chart === undefined) return undefined;
    try {
      await this.charts.chart(chart, clocks, {});
      return chart;
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }
}

/** The citation as files for reference managers. */
@Controller('cite')
@AllowSession()
@UseFilters(ProblemPages)
export class CitationController {
  constructor(private readonly citations: Citations) {}

  @Get(':file')
  async file(
    @Param('file') file: string,
    @Query() { of }: CiteParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const format = FORMATS[file];
    if (!format)
      throw new NotFound({ detail: `There is no ${file}. There are ${Object.keys(FORMATS).join(', ')}.` });
    const cited = await this.citations.cite(of, siteOf(request));
    void reply.type(`${format.type}; charset=utf-8`).header('Cache-Control', 'no-cache');
    return format.write(cited);
  }
}

/** Redirects the permanent address of a citation to the page at that state. */
@PageController('at')
export class FrozenController {
  constructor(private readonly citations: Citations) {}

  @Get([':state', ':state/*'])
  async frozen(@Param('state') state: string, @Req() request: FastifyRequest): Promise<SeeOther> {
    const [path = '', query = ''] = request.url.split('?', 2);
    const page = path.slice(path.indexOf(state) + state.length);
    return new SeeOther(
      await this.citations.frozen(
        state,
        addressOf(page === '' ? '/' : page, Object.fromEntries(new URLSearchParams(query))),
      ),
    );
  }
}
