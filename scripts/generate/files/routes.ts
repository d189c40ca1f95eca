import type { Resource } from "../spec.ts";
import { isImage, some } from "./parts.ts";

export function listRoute({ many, area }: Resource): string {
  return `import { redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { listTitle } from "#app/frame/list-title.ts";
import { list${many.pascal} } from "#app/${many.kebab}/operations.server.ts";
import { ${many.camel}Href, ${many.pascal}View } from "#app/${many.kebab}/${many.kebab}-view.tsx";
import { page } from "#app/request/doors.server.ts";
import type { Route } from "./+types/${many.kebab}";

export const meta = listTitle(() => m.${area}_place());

export const loader = page(list${many.pascal}, (found, { input }) => {
  if (input.page > found.pages) throw redirect(${many.camel}Href(input.organization, { ...found, page: found.pages, deleted: input.deleted }));
  return found;
});

export default function ${many.pascal}Route({ loaderData, params: { organization } }: Route.ComponentProps) {
  return <${many.pascal}View organization={organization} found={loaderData} />;
}
`;
}

type Door = {
  ask: string;
  write: string;
  page: string;
  title: string;
  said: string;
  leads: string;
  hasForm?: true;
  of?: "edit" | "remove";
};

function door(resource: Resource, { ask, write, page, title, said, leads, hasForm, of }: Door): string {
  const { many, one, area, fields } = resource;
  // Signed-in pages do not load the texts of picture fields, so a form with such a field loads them itself.
  const speaks = hasForm === true && fields.some(isImage);
  const keepsPlace = leads.includes("placeIn");
  const isOfOne = of !== undefined;
  const says = [
    `() => m.${area}_${title}()`,
    ...(isOfOne ? [`({ ${one.camel} }) => ${one.camel}.${resource.title.name}`] : []),
  ];
  return `${some(speaks, 'import "#app/i18n/messages-of/settings.ts";\n')}import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
${some(speaks, 'import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";\n')}import { m } from "#app/i18n/messages.ts";
import { ${page} } from "#app/${many.kebab}/${one.kebab}-${hasForm ? "pages" : "removal-page"}.tsx";
import { ${[ask, write].join(", ")} } from "#app/${many.kebab}/operations.server.ts";
import { ${many.camel}Href${some(keepsPlace, `, ${many.camel}Place`)} } from "#app/${many.kebab}/${many.kebab}-view.tsx";
import { form, page } from "#app/request/doors.server.ts";
${some(keepsPlace, 'import { placeIn } from "#app/ui/list-place.ts";\n')}${some(isOfOne, `import type { Route } from "./+types/${many.kebab}.${of}";\n`)}
export const meta${some(isOfOne, ": Route.MetaFunction")} = organizationTitle(${says.join(", ")});

${some(speaks, 'export const handle: SpeaksOf = ["settings"];\n\n')}export const loader = page(${ask});

export const action = form(${write}, { leads: ${leads}${some(said !== "", `, says: "${area}_${said}"`)} });

export const clientAction = announce(${said === "" ? "" : `() => m.${area}_${said}()`});

export default ${page};
`;
}

/** Leads to the head of the list, where the new row is visible. */
export function newRoute(resource: Resource): string {
  const { many, one } = resource;
  return door(resource, {
    ask: `askForNew${one.pascal}`,
    write: `make${one.pascal}`,
    page: `New${one.pascal}Page`,
    title: "new_title",
    said: "added",
    leads: `(_done, { organization }) => ${many.camel}Href(organization)`,
    hasForm: true,
  });
}

export function editRoute(resource: Resource): string {
  const { many, one } = resource;
  return door(resource, {
    ask: `askFor${one.pascal}Change`,
    write: `edit${one.pascal}`,
    page: `Edit${one.pascal}Page`,
    title: "edit_title",
    of: "edit",
    said: "saved",
    leads: `(_done, { organization }, search) => ${many.camel}Href(organization) + placeIn(${many.camel}Place, search)`,
    hasForm: true,
  });
}

/** Leads to the list, which offers to undo the deletion, with or without scripts. The offer does not disappear by itself. */
export function removeRoute(resource: Resource): string {
  const { many, one } = resource;
  return door(resource, {
    ask: `askFor${one.pascal}Deletion`,
    write: `delete${one.pascal}`,
    page: `Remove${one.pascal}Page`,
    title: "remove_title",
    of: "remove",
    said: "",
    leads: `(_done, { organization, ${one.camel} }, search) => {
    const shown = new URLSearchParams(placeIn(${many.camel}Place, search));
    shown.set("deleted", ${one.camel});
    return \`\${${many.camel}Href(organization)}?\${shown}\`;
  }`,
  });
}

export function restoreRoute({ many, area }: Resource): string {
  return `import { announcePress } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { undoDeletion } from "#app/${many.kebab}/operations.server.ts";
import { ${many.camel}Href, ${many.camel}Place } from "#app/${many.kebab}/${many.kebab}-view.tsx";
import { form, postOnly } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";

export const loader = postOnly;

export const action = form(undoDeletion, {
  leads: (_done, { organization }, search) => ${many.camel}Href(organization) + placeIn(${many.camel}Place, search),
  says: "${area}_restored",
});

export const clientAction = announcePress(() => m.${area}_restored());
`;
}

/** The route of a picture, behind the same four steps as every other route. */
export function fileRoute({ many, one }: Resource): string {
  return `import { open${one.pascal}Picture } from "#app/${many.kebab}/operations.server.ts";
import { pictureAnswer } from "#app/pictures/picture-answer.ts";
import { page } from "#app/request/doors.server.ts";

export const loader = page(open${one.pascal}Picture, pictureAnswer);
`;
}
