import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RequireRole } from '../access/require-role.js';
import { NotFound } from '../problems/not-found.js';
import { ASSETS } from './assets.js';

/**
 * Serves the stylesheet, the scripts and the typeface. The version in the address only makes it unique; every
 * version gets the current file.
 */
@Controller('assets')
@RequireRole('anyone')
export class AssetsController {
  @Get(':version/:name')
  async asset(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    const asset = ASSETS.get(name);
    if (!asset) throw new NotFound({ detail: `There is no file ${name}.` });
    await reply
      .type(asset.type)
      .header('Cache-Control', 'public, max-age=31536000, immutable')
      // A sandboxed frame with an embedded chart has an opaque origin, so for it these files are cross-site.
      .header('Cross-Origin-Resource-Policy', 'cross-origin')
      .header('Access-Control-Allow-Origin', '*')
      .send(asset.body);
  }
}
