/** How much of something is used. Its numbers stand beside it as text. */
export function Meter({ label, share, reserved = 0 }: { label: string; share: number; reserved?: number }) {
  const used = Math.min(1, share);
  const tone = used >= 0.9 ? 'bad' : used >= 0.7 ? 'warn' : 'good';
  return (
    <svg
      className={`meter meter-${tone}`}
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      role="meter"
      aria-label={label}
      aria-valuenow={Math.round(used * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <rect width="100" height="6" className="meter-all" />
      <rect width={Math.min(100, (used + reserved) * 100)} height="6" className="meter-reserved" />
      <rect width={used * 100} height="6" className="meter-used" />
    </svg>
  );
}
