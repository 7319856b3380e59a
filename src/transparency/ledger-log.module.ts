import { Module } from '@nestjs/common';
import { ExportController } from './export.controller.js';
import { LedgerLogController } from './ledger-log.controller.js';

/** The log over HTTP: checkpoints, proofs, and the ledger export that they prove. */
@Module({ controllers: [LedgerLogController, ExportController] })
export class LedgerLogModule {}
