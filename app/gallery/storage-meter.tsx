import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Progress } from "#app/ui/progress.tsx";

const NEARLY_FULL = 0.9;

export function StorageMeter({ used, quota }: { used: number; quota: number }) {
  const tone = used >= quota ? "danger" : used >= quota * NEARLY_FULL ? "warning" : "accent";
  return (
    <div className="w-full text-muted sm:w-auto sm:not-last:me-2 sm:min-w-44 text-xs tabular-nums">
      <p className="mb-1.5">{m.gallery_storage_used({ used: formatBytes(used), quota: formatBytes(quota) })}</p>
      <Progress label={m.gallery_storage()} value={used} max={quota} tone={tone} />
    </div>
  );
}
