import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RequireRole } from '../access/require-role.js';
import { NotFound } from '../problems/not-found.js';
import { publishedSchemas, type PublishedSchema } from './published-schemas.js';

/** The schemas of published data, at permanent addresses. */
@Controller('schemas')
@RequireRole('anyone')
export class SchemasController {
  private made: readonly PublishedSchema[] | undefined;

  @Get()
  list(): { readonly schemas: readonly { readonly title: string; readonly url: string }[] } {
    return { schemas: this.all().map(({ name, title }) => ({ title, url: `/schemas/${name}` })) };
  }

  @Get(':schema')
  async one(@Param('schema') name: string, @Res() reply: FastifyReply): Promise<void> {
    const found = this.all().find((each) => each.name === name);
    if (!found)
      throw new NotFound({
        detail: `There is no schema ${name.slice(0, 64)}. There are ${this.all()
          .map((each) => each.name)
          .join(', ')}.`,
      });
    await reply
      .type('application/schema+json; charset=utf-8')
      .header('Cache-Control', 'public, max-age=3600')
      .send(JSON.stringify(found.schema));
  }

  /** Created at the first request, so that they do not delay the start. */
  private all(): readonly PublishedSchema[] {
    return (this.made ??= publishedSchemas());
  }
}
