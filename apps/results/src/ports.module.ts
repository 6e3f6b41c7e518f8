import { Module } from '@nestjs/common';
import { DocumentStoreModule } from '@waybill/document-store';
import { NATS_CONNECTION } from '@waybill/jetstream';
import { PersistenceModule } from '@waybill/persistence';

/** Which adapter serves which port; those of the transport are everywhere. */
@Module({
  imports: [PersistenceModule.forRoot(), DocumentStoreModule.forConnection(NATS_CONNECTION)],
  exports: [PersistenceModule, DocumentStoreModule],
})
export class PortsModule {}
