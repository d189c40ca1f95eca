const ARCHES = 4;

export function Arches({ className }: { className?: string }) {
  const widths = Array.from({ length: ARCHES }, (_, index) => 200 - index * 44);
  return (
    <svg viewBox="0 0 440 400" fill="none" aria-hidden="true" className={className}>
      {widths.map((width, index) => (
        <path key={width} d={archOf(width)} stroke="currentColor" strokeOpacity={0.2 + index * 0.2} strokeWidth="1.5" />
      ))}
      <path d={archOf(26)} fill="currentColor" />
    </svg>
  );
}

function archOf(width: number): string {
  return `M${220 - width} 400V${20 + 200}A${width} ${width} 0 0 1 ${220 + width} 220V400`;
}
