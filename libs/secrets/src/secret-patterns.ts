/** One form of key or token. */
export interface SecretPattern {
  readonly kind: string;
  /** Where it cannot be, the pattern is not tried. In lower case. */
  readonly hint: string;
  readonly pattern: string;
}

/** Forms that issuers have made recognisable; new ones are added here. */
export const secretPatterns: readonly SecretPattern[] = [
  {
    kind: 'private-key',
    hint: '-----begin',
    pattern: String.raw`-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[^"]{0,8000}?(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|(?="|$))`,
  },
  { kind: 'aws-access-key', hint: 'a', pattern: String.raw`\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b` },
  { kind: 'anthropic-key', hint: 'sk-ant-', pattern: String.raw`\bsk-ant-[\w-]{20,}` },
  { kind: 'openai-key', hint: 'sk-', pattern: String.raw`\bsk-(?:proj-|svcacct-|admin-|None-)?[\w-]{20,}` },
  { kind: 'google-key', hint: 'aiza', pattern: String.raw`\bAIza[\w-]{35}` },
  { kind: 'google-oauth', hint: 'ya29.', pattern: String.raw`\bya29\.[\w-]{20,}` },
  { kind: 'github-token', hint: 'gh', pattern: String.raw`\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_\w{60,}` },
  { kind: 'gitlab-token', hint: 'glpat-', pattern: String.raw`\bglpat-[\w-]{20,}` },
  { kind: 'slack-token', hint: 'xox', pattern: String.raw`\bxox[abposr]-[\w-]{10,}` },
  {
    kind: 'slack-webhook',
    hint: 'hooks.slack',
    pattern: String.raw`https:\/\/hooks\.slack\.com\/services\/[\w/]{20,}`,
  },
  { kind: 'stripe-key', hint: '_live_', pattern: String.raw`\b[sr]k_live_[A-Za-z0-9]{16,}` },
  { kind: 'webhook-secret', hint: 'whsec_', pattern: String.raw`\bwhsec_[A-Za-z0-9+/=]{24,}` },
  { kind: 'npm-token', hint: 'npm_', pattern: String.raw`\bnpm_[A-Za-z0-9]{36}\b` },
  { kind: 'sendgrid-key', hint: 'sg.', pattern: String.raw`\bSG\.[\w-]{16,}\.[\w-]{16,}` },
  { kind: 'twilio-key', hint: 'sk', pattern: String.raw`\bSK[0-9a-f]{32}\b` },
  { kind: 'huggingface-token', hint: 'hf_', pattern: String.raw`\bhf_[A-Za-z0-9]{30,}\b` },
  { kind: 'azure-storage-key', hint: 'accountkey=', pattern: String.raw`AccountKey=[A-Za-z0-9+/]{60,}={0,2}` },
  { kind: 'json-web-token', hint: 'eyj', pattern: String.raw`\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}` },
  { kind: 'nats-seed', hint: 's', pattern: String.raw`\bS[UAON][A-Z2-7]{56}\b` },
  { kind: 'url-password', hint: '://', pattern: String.raw`(?<=[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:)[^\s@/]{3,}(?=@)` },
  { kind: 'bearer-token', hint: 'bearer', pattern: String.raw`(?<=\b[Bb]earer )[\w.~+/-]{16,}=*` },
  {
    kind: 'password',
    hint: 'pass',
    pattern: String.raw`(?<=\b(?:[Pp]assword|PASSWORD|[Pp]asswd|[Pp]assphrase|[Pp]asswort)["']? ?[:=] ?["']?)(?=[^\s"']*[\d\W])[^\s"',;]{6,}`,
  },
];

/** Words behind which a value of high entropy is a secret. */
export const secretWords =
  /(?:api[ _-]?key|secret|token|access[ _-]?key|client[ _-]?secret|credential|private[ _-]?key|auth[ _-]?key)["']?\s?[:=]\s?["']?$/i;
