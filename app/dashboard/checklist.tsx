import { href } from "react-router";
import { featureViews } from "#app/features.view.ts";
import { m } from "#app/i18n/messages.ts";
import { can } from "#app/tenancy/permissions.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { Form } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Steps } from "./checklist.server.ts";

type ChecklistProps = { steps: Steps; organization: string; role: Role };

/** The first steps that the viewer may take. Renders nothing when all of them are done. */
export function Checklist({ steps, organization, role }: ChecklistProps) {
  const theirs = featureViews
    .flatMap(({ steps: own = {} }) => Object.entries(own))
    .filter(([, { permission }]) => can(role, permission));
  const done = theirs.filter(([name]) => steps[name]).length;
  if (done === theirs.length) return null;
  return (
    <section aria-labelledby="checklist" className="card mb-4 p-4 text-sm sm:mb-5 sm:px-5">
      <Form
        method="post"
        action={href("/organizations/:organization/dashboard/checklist", { organization })}
        className="flex justify-between gap-3"
      >
        <h2 id="checklist" className="font-semibold text-base">
          {m.dashboard_checklist({ done, all: theirs.length })}
        </h2>
        <button type="submit" className="rounded-sm text-accent hover:underline">
          {m.dashboard_checklist_hide()}
        </button>
      </Form>
      <ul className="mt-3 flex flex-wrap gap-x-6 gap-y-2 max-sm:flex-col">
        {theirs.map(([name, { label, hrefIn }]) => (
          <li key={name} className="flex items-center gap-2">
            {steps[name] ? (
              <>
                <Icon name="circle-check" label={m.dashboard_checklist_done()} className="text-success" />
                {label()}
              </>
            ) : (
              <>
                <Icon name="circle" />
                <Link to={hrefIn(organization)} className="rounded-sm text-accent hover:underline">
                  {label()}
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
