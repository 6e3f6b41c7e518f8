import type { LanguageModelV3 } from '@ai-sdk/provider';

type Fetch = typeof globalThis.fetch;

/** The library passes on what it understood of an answer; what is billed is read from the body as it came. */
export function keepingBody(fetch: Fetch | undefined, modelBy: (fetch: Fetch) => LanguageModelV3): LanguageModelV3 {
  const carry = fetch ?? globalThis.fetch;
  const plain = modelBy(carry);
  return {
    specificationVersion: plain.specificationVersion,
    provider: plain.provider,
    modelId: plain.modelId,
    supportedUrls: plain.supportedUrls,
    doStream: (options) => plain.doStream(options),
    async doGenerate(options) {
      let copy: Response | undefined;
      const model = modelBy(async (input, init) => {
        const response = await carry(input, init);
        if (response.ok) copy = response.clone();
        return response;
      });
      const result = await model.doGenerate(options);
      // Read only now: an answer that breaks off fails where the library reads it, and nowhere else.
      const body = copy === undefined ? undefined : await copy.json();
      return { ...result, response: { ...result.response, body } };
    },
  };
}
