import { formatBytes, formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Progress } from "#app/ui/progress.tsx";
import { Stat, StatList } from "#app/ui/stat.tsx";
import type { Figures } from "./figures.server.ts";
import { ACTIVITY_DAYS } from "./limits.ts";

const STORAGE_WARNING = 0.8;
const STORAGE_DANGER = 0.95;

export function FigureList({ figures }: { figures: Figures }) {
  const { members, activeMembers, invitations, images, storageUsed, storageQuota } = figures;
  const share = storageQuota === 0 ? 1 : storageUsed / storageQuota;
  return (
    <StatList>
      <Stat
        label={m.dashboard_members()}
        value={formatNumber(members)}
        detail={m.dashboard_active_members({ count: activeMembers, days: ACTIVITY_DAYS })}
      />
      <Stat
        label={m.dashboard_invitations()}
        value={formatNumber(invitations)}
        detail={invitations === 0 ? m.dashboard_invitations_none() : m.dashboard_invitations_waiting()}
      />
      <Stat label={m.dashboard_images()} value={formatNumber(images)} detail={m.dashboard_images_detail()} />
      <Stat
        label={m.dashboard_storage()}
        value={formatBytes(storageUsed)}
        detail={m.dashboard_storage_detail({ quota: formatBytes(storageQuota) })}
      >
        <Progress label={m.dashboard_storage()} value={storageUsed} max={storageQuota} tone={toneOf(share)} />
      </Stat>
    </StatList>
  );
}

function toneOf(share: number) {
  if (share >= STORAGE_DANGER) return "danger";
  return share >= STORAGE_WARNING ? "warning" : "accent";
}
