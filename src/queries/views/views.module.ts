import { Module } from '@nestjs/common';
import { RebuildController } from './rebuild.controller.js';

/** How the stored views stand. */
@Module({ controllers: [RebuildController] })
export class ViewsModule {}
