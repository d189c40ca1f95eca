import { m } from "#app/i18n/messages.ts";
import { Icon } from "#app/ui/icon.tsx";

export function Features() {
  const features = [
    { icon: "route", title: m.landing_feature_trip_title(), text: m.landing_feature_trip_text() },
    { icon: "monitor-x", title: m.landing_feature_session_title(), text: m.landing_feature_session_text() },
    { icon: "building-2", title: m.landing_feature_tenants_title(), text: m.landing_feature_tenants_text() },
    { icon: "table", title: m.landing_feature_roles_title(), text: m.landing_feature_roles_text() },
    { icon: "file-check", title: m.landing_feature_forms_title(), text: m.landing_feature_forms_text() },
    { icon: "mail-check", title: m.landing_feature_mail_title(), text: m.landing_feature_mail_text() },
    { icon: "languages", title: m.landing_feature_direction_title(), text: m.landing_feature_direction_text() },
    { icon: "shield-check", title: m.landing_feature_privacy_title(), text: m.landing_feature_privacy_text() },
    { icon: "terminal", title: m.landing_feature_command_title(), text: m.landing_feature_command_text() },
  ] as const;
  return (
    <ul className="grid gap-px overflow-hidden rounded-xl border bg-border sm:grid-cols-2 lg:grid-cols-3">
      {features.map(({ icon, title, text }) => (
        <li key={title} className="bg-surface p-6 sm:p-7 sm:last:col-span-2 lg:last:col-span-1">
          <Icon name={icon} className="size-5 text-accent" />
          <h3 className="mt-4 font-semibold">{title}</h3>
          <p className="mt-1.5 text-muted text-sm">{text}</p>
        </li>
      ))}
    </ul>
  );
}
