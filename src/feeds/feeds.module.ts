import { Module } from '@nestjs/common';
import { FeedsController } from './feeds.controller.js';

/** Feeds for readers of feeds. */
@Module({ controllers: [FeedsController] })
export class FeedsModule {}
