import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Progress } from "#app/ui/progress.tsx";

const NEARLY_FULL = 0.9;

export function StorageMeter({ used, quota }: { used: number; quota: number }) {
  const tone = used >= quota ? "danger" : used >= quota * NEARLY_FULL ? "warning" : "accent";
  return (
    <div className="storage">
      {m.gallery_storage_used({ used: formatBytes(used), quota: formatBytes(quota) })}
      <Progress label={m.gallery_storage()} value={used} max={quota} tone={tone} />
    </div>
  );
}
