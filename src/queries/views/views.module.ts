import { Module } from '@nestjs/common';
import { RebuildController } from './rebuild.controller.js';

/** The state of the stored views. */
@Module({ controllers: [RebuildController] })
export class ViewsModule {}
