import { simulateTextract } from './aws-textract/simulate-textract.js';
import { simulateAzure } from './azure-document-intelligence/simulate-azure.js';
import type { DrawnPage } from './drawn-page.js';
import { simulateGoogle } from './google-document-ai/simulate-google.js';
import { simulateMistral } from './mistral-ocr/simulate-mistral.js';
import type { OcrSimulator } from './ocr-simulator.js';
import { simulateOcrServer } from './ocr-server/simulate-ocr-server.js';
import { simulateReducto } from './reducto/simulate-reducto.js';

/** What an engine is known to give, and what the drawn page costs with it. */
export interface SimulatedEngine {
  readonly name: string;
  readonly simulate: (page: DrawnPage) => Promise<OcrSimulator>;
  readonly gives: {
    readonly wordBoxes: boolean;
    readonly tables: boolean;
    readonly pairs: boolean;
    readonly marks: boolean;
  };
  readonly costUsd: number;
  /** How long it asks to wait when it is busy; undefined when it does not say. */
  readonly busyMs: number | undefined;
}

export const simulatedEngines: readonly SimulatedEngine[] = [
  {
    name: 'azure-document-intelligence',
    simulate: simulateAzure,
    gives: { wordBoxes: true, tables: true, pairs: false, marks: true },
    costUsd: 0.01,
    busyMs: 7_000,
  },
  {
    name: 'aws-textract',
    simulate: simulateTextract,
    gives: { wordBoxes: true, tables: true, pairs: true, marks: true },
    costUsd: 0.065,
    busyMs: undefined,
  },
  {
    name: 'google-document-ai',
    simulate: simulateGoogle,
    gives: { wordBoxes: true, tables: true, pairs: true, marks: true },
    costUsd: 0.03,
    busyMs: 7_000,
  },
  {
    name: 'mistral-ocr',
    simulate: simulateMistral,
    gives: { wordBoxes: false, tables: true, pairs: false, marks: true },
    costUsd: 0.004,
    busyMs: 7_000,
  },
  {
    name: 'reducto',
    simulate: simulateReducto,
    gives: { wordBoxes: true, tables: false, pairs: false, marks: false },
    costUsd: 0.03,
    busyMs: 7_000,
  },
  {
    name: 'ocr-server',
    simulate: simulateOcrServer,
    gives: { wordBoxes: true, tables: false, pairs: false, marks: false },
    costUsd: 0.0005,
    busyMs: 7_000,
  },
];
