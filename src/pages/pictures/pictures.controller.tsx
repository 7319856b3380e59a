import { Controller, Get, Query, Req, Res, UseFilters, UseInterceptors } from '@nestjs/common';
import { IsIn, Matches, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clocksOf, Optional } from '../../api/clock-parameters.js';
import { Costly, CostlyQuestions } from '../../api/costly-questions.js';
import { HttpProblem } from '../../problems/http-problem.js';
import { NotFound } from '../../problems/not-found.js';
import { TimelineParameters } from '../../queries/events/events.controller.js';
import { clocksIn } from '../clocks-in.js';
import { ProblemPages } from '../problem-pages.js';
import { addressOf } from '../page-context.js';
import { ChartSource } from './chart-source.js';
import { chartOfPage } from './chart-of-page.js';
import { frameOf } from './frame.js';
import { embedDocument } from './embed-document.js';
import { pngOf } from './png-picture.js';
import { sourceLines } from './source-lines.js';
import { svgPicture } from './svg-picture.js';

export class PictureParameters extends TimelineParameters {
  /** Whether to use the drawing for phones. */
  @Optional()
  @IsIn(['narrow', 'wide'])
  room?: string;
}

const siteOf = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`;
const nameOf = ({ url }: FastifyRequest, base: string): string =>
  (url.split('?', 1)[0] ?? '').slice(base.length);

/** Charts as pictures that are understandable alone. */
@Controller('charts')
@UseInterceptors(CostlyQuestions)
@Costly()
export class PicturesController {
  constructor(private readonly charts: ChartSource) {}

  @Get('*')
  async picture(
    @Query() parameters: PictureParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const [, name = '', format] = /^(.+)\.(svg|png)$/.exec(nameOf(request, '/charts/')) ?? [];
    if (format === undefined) throw new NotFound({ detail: 'A picture ends in .svg or .png.' });
    const chart = await this.charts.chart(name, clocksOf(parameters), parameters);
    const { room } = parameters;
    const picture = svgPicture(chart.figure, sourceLines(chart, siteOf(request)), room === 'narrow');
    void reply.header('Cache-Control', 'no-cache').header('Cross-Origin-Resource-Policy', 'cross-origin');
    if (format === 'png') {
      void reply.type('image/png');
      return pngOf(picture);
    }
    void reply.type('image/svg+xml; charset=utf-8');
    return picture.svg;
  }
}

/** Charts without scripts, for frames on other sites. */
@Controller('embed')
@UseInterceptors(CostlyQuestions)
@UseFilters(ProblemPages)
@Costly()
export class EmbedController {
  constructor(private readonly charts: ChartSource) {}

  @Get('*')
  async embed(
    @Query() parameters: PictureParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const clocks = clocksOf(parameters);
    const chart = await this.charts.chart(nameOf(request, '/embed/'), clocks, parameters);
    const site = siteOf(request);
    void reply.type('text/html; charset=utf-8').header('Cache-Control', 'no-cache');
    return embedDocument(chart, sourceLines(chart, site), site + addressOf(chart.page, { ...clocks }));
  }
}

export class OembedParameters {
  /** The address of a page with a chart, or of an embedded chart. */
  @MaxLength(2000)
  url!: string;

  @Optional()
  @MaxLength(10)
  format?: string;

  @Optional()
  @Matches(/^\d{1,5}$/, { message: 'must be a number of pixels' })
  maxwidth?: string;

  @Optional()
  @Matches(/^\d{1,5}$/, { message: 'must be a number of pixels' })
  maxheight?: string;
}

/** A format other than JSON was requested. */
class NoSuchForm extends HttpProblem {
  readonly status = 501;
  readonly slug = 'not-implemented';
  readonly title = 'There is no such form';
}

const WIDTH = 640;
const HEIGHT = 480;

/** Tells other sites how to embed a page of this site (oEmbed 1.0). */
@Controller('oembed')
@UseInterceptors(CostlyQuestions)
@Costly()
export class OembedController {
  constructor(private readonly charts: ChartSource) {}

  @Get()
  async describe(
    @Query() { url, format = 'json', maxwidth, maxheight }: OembedParameters,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    if (format !== 'json') throw new NoSuchForm({ detail: 'This is told as JSON only.' });
    const site = siteOf(request);
    const asked = URL.parse(url);
    const name = asked?.origin === new URL(site).origin ? chartOfPage(asked.pathname) : undefined;
    if (!asked || name === undefined)
      throw new NotFound({ detail: 'This address is no page of this site that has a chart.' });
    const clocks = clocksIn(Object.fromEntries(asked.searchParams));
    const chart = await this.charts.chart(name, clocks, {});
    const width = Math.min(WIDTH, Number(maxwidth ?? WIDTH));
    const height = Math.min(HEIGHT, Number(maxheight ?? HEIGHT));
    const { width: wide, height: high } = svgPicture(chart.figure, sourceLines(chart, site), false);
    return {
      version: '1.0',
      type: 'rich',
      title: chart.figure.finding,
      provider_name: 'Market Expansion Tracker',
      provider_url: `${site}/`,
      width,
      height,
      html: frameOf(site + addressOf(`/embed/${name}`, { ...clocks }), chart.figure.finding, width, height),
      thumbnail_url: site + addressOf(`/charts/${name}.png`, { ...clocks }),
      thumbnail_width: wide * 2,
      thumbnail_height: high * 2,
    };
  }
}
