import { parseGuardrailPolicy, type GuardrailPolicyInput } from './guardrail-policy.js';

/** What holds until an operator says otherwise. */
const data: GuardrailPolicyInput = {
  version: 1,
  rules: [
    { guardrail: 'secrets', do: 'redact' },
    {
      guardrail: 'personal-data',
      kinds: ['email', 'phone', 'payment-card', 'iban', 'national-id', 'birth-date', 'name', 'address'],
      sensitivities: ['confidential', 'restricted'],
      do: 'redact',
    },
    { guardrail: 'personal-data', do: 'report' },
    { guardrail: 'prompt-injection', sensitivities: ['restricted'], do: 'redact' },
    { guardrail: 'prompt-injection', do: 'report' },
    { guardrail: 'doubtful-sentences', do: 'report' },
    { guardrail: 'hidden-text', do: 'report' },
    { guardrail: 'codes-and-links', do: 'report' },
    { guardrail: 'blank-page', do: 'report' },
    { guardrail: 'watermark', do: 'report' },
    { guardrail: 'answer-compliance', at: 'after-answer', do: 'block' },
    { guardrail: 'secrets', at: 'after-answer', do: 'report' },
  ],
};

export const shippedGuardrailPolicy = parseGuardrailPolicy(data);
