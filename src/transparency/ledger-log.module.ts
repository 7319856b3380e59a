import { Module } from '@nestjs/common';
import { ExportController } from './export.controller.js';
import { LedgerLogController } from './ledger-log.controller.js';

/** The log over HTTP: checkpoints, proofs, and the ledger as a file that they are about. */
@Module({ controllers: [LedgerLogController, ExportController] })
export class LedgerLogModule {}
