import type { Resource } from "../spec.ts";
import { checkedOf, takenOf } from "./checks.ts";
import { isImage, isUnique, joined, some, sourcesOf } from "./parts.ts";

export function operations({ many, one, area, fields, hasApi }: Resource): string {
  const checked = checkedOf({ area, fields }).map(
    ({ name, reason, status, text }) =>
      `  "${reason}": { status: ${status}, field: "${name}", message: () => ${text} },`,
  );
  const taken = fields.filter(isUnique).map(({ name }) => {
    const { reason, status, text } = takenOf(area, name);
    return `"${reason}": { status: ${status}, message: () => ${text} }, `;
  });
  const hasChosen = sourcesOf({ fields }).length > 0;
  const images = fields.filter(isImage);
  const hasImages = images.length > 0;
  const ofFields = [...(checked.length > 0 ? ["fieldRefusals"] : []), ...(hasImages ? ["noPicture"] : [])];
  const all = (...sets: string[]) =>
    sets.length === 0 ? "{}" : sets.length === 1 ? sets[0] : `{ ${sets.map((set) => `...${set}`).join(", ")} }`;
  const upTo = some(hasImages, "  filesUpTo: PICTURE_BYTES,\n");
  const caller = hasApi ? "session" : "person";
  const ofPrograms = `export const browse${many.pascal} = read({
  validate: ${many.pascal}InPages,
  authenticate: "session",
  authorize: "${many.kebab}:read",
  execute: ${many.camel}After,
});

export const show${one.pascal} = read({
  validate: One${one.pascal},
  authenticate: "session",
  authorize: "${many.kebab}:read",
  execute: ${one.camel}Details,
});

`;
  return `import { m } from "#app/i18n/messages.ts";
import { formFields } from "#app/operation/form-fields.server.ts";
import { changeLimit } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
${some(!hasChosen, 'import { nothing } from "#app/operation/plan.ts";\n')}${some(
  hasImages,
  `import { keptPicture } from "#app/pictures/kept-pictures.server.ts";
import { PICTURE_BYTES } from "#app/pictures/limits.ts";
import { keptRefusals } from "#app/pictures/refusals.ts";
`,
)}import { InOrganization } from "#app/tenancy/slug.ts";
import { ${one.camel}Fields } from "./${one.kebab}-fields.ts";
import { add${one.pascal}, change${one.pascal}, remove${one.pascal}, restore${one.pascal} } from "./${one.kebab}-writes.server.ts";
import { ${some(hasImages, "heldPicture, ")}${some(hasChosen, `newDetails, ${one.camel}Choices, `)}${one.camel}Details, ${some(hasApi, `${many.camel}After, `)}${many.camel}Page } from "./${many.kebab}.server.ts";
import { Add${one.pascal}, Change${one.pascal}, ${some(hasApi, `${many.pascal}InPages, `)}${many.pascal}Page, One${one.pascal}${some(hasImages, `, One${one.pascal}Picture`)} } from "./schemas.ts";

const changeRefusals = {
  "not-found": { status: 404, message: () => m.${area}_gone() },
  "not-yours": { status: 403, message: () => m.${area}_not_yours() },
} as const;
${some(checked.length > 0, `\nconst fieldRefusals = {\n${joined(checked)}\n} as const;\n`)}${some(
  hasImages,
  `\nconst noPicture = keptRefusals(${images.map(({ name }) => `"${name}"`).join(", ")});\n`,
)}
export const list${many.pascal} = read({
  validate: ${many.pascal}Page,
  authenticate: "person",
  authorize: "${many.kebab}:read",
  execute: ${many.camel}Page,
});

${some(hasApi, ofPrograms)}${some(
  hasImages,
  `export const open${one.pascal}Picture = read({
  validate: One${one.pascal}Picture,
  authenticate: "${caller}",
  authorize: "${many.kebab}:read",
  execute: heldPicture,
  answer: (_found, { storage }, { ${one.camel}: id, ${one.camel}Picture }) =>
    keptPicture(storage, { folder: "${many.kebab}", id }, ${one.camel}Picture),
});

`,
)}export const askForNew${one.pascal} = read({
  validate: InOrganization,
  authenticate: "person",
  authorize: "${many.kebab}:create",
  execute: ${hasChosen ? "newDetails" : "nothing"},
});

export const make${one.pascal} = write({
  validate: Add${one.pascal},
  authenticate: "${caller}",
  authorize: "${many.kebab}:create",
${upTo}  limit: changeLimit,
  execute: add${one.pascal},
  refused: ${all(...ofFields)},
});

export const askFor${one.pascal}Change = read({
  validate: One${one.pascal},
  authenticate: "person",
  authorize: "${many.kebab}:update",
  execute: ${one.camel}${hasChosen ? "Choices" : "Details"},
});

export const edit${one.pascal} = write({
  validate: Change${one.pascal},
  authenticate: "${caller}",
  authorize: "${many.kebab}:update",
  edits: (scope, asked) => formFields(${one.camel}Details(scope, asked), ({ ${one.camel} }) => ${one.camel}Fields(${one.camel})),
${upTo}  limit: changeLimit,
  execute: change${one.pascal},
  refused: ${all("changeRefusals", ...ofFields)},
});

export const askFor${one.pascal}Deletion = read({
  validate: One${one.pascal},
  authenticate: "person",
  authorize: "${many.kebab}:delete",
  execute: ${one.camel}Details,
});

export const delete${one.pascal} = write({
  validate: One${one.pascal},
  authenticate: "${caller}",
  authorize: "${many.kebab}:delete",
  limit: changeLimit,
  execute: remove${one.pascal},
  refused: { ...changeRefusals, needed: { status: 409, message: () => m.${area}_needed() } },
});

export const undoDeletion = write({
  validate: One${one.pascal},
  authenticate: "person",
  authorize: "${many.kebab}:delete",
  limit: changeLimit,
  execute: restore${one.pascal},
  refused: { ${taken.join("")}"not-restorable": { status: 404, message: () => m.${area}_not_restorable() } },
});
`;
}
