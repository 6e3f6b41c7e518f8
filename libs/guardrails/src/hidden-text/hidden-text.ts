import { textLayerReasonCodes } from '@waybill/contracts';
import type { Guardrail } from '../guardrail.js';

const id = 'hidden-text';
/** A scan that was read before carries its words invisibly; those say what the picture shows. */
const innocent = 'repeats-picture';

/** Words of a text layer that nobody sees. They are no words of the page; that they are there is told. */
export const hiddenText: Guardrail = {
  id,
  places: ['before-model'],
  kinds: textLayerReasonCodes,
  inspect: ({ layout }) =>
    layout?.textLayer && layout.textLayer.verdict !== innocent
      ? layout.textLayer.reasons
          .filter(({ words }) => words > 0)
          .map(({ code, words, boxes, sample }) => ({
            ...{ guardrail: id, kind: code, score: 0.9, boxes, text: sample, remark: `${words} words` },
          }))
      : [],
};
