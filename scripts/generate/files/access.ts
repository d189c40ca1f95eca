import type { Access, Resource } from "../spec.ts";
import { freshValue, isImage, isRow, isUnique, needs, type Part, some } from "./parts.ts";

const statuses: Record<Access, { make: string; change: string; remove: string; restore: string }> = {
  own: {
    make: "GET: members, POST: [302, 404, 303, 303, 303]",
    change: "GET: [302, 404, 403, 200, 200], POST: [302, 404, 403, 303, 303]",
    remove: "GET: [302, 404, 403, 200, 200], POST: [302, 404, 403, 303, 404]",
    restore: "[302, 404, 404, 303, 404]",
  },
  any: {
    make: "GET: members, POST: [302, 404, 303, 303, 303]",
    change: "GET: members, POST: [302, 404, 303, 303, 303]",
    remove: "GET: members, POST: [302, 404, 303, 404, 404]",
    restore: "[302, 404, 303, 404, 404]",
  },
  admins: {
    make: "GET: admins, POST: changedByAdmins",
    change: "GET: admins, POST: changedByAdmins",
    remove: "GET: admins, POST: [302, 404, 403, 303, 404]",
    restore: "[302, 404, 403, 303, 404]",
  },
};

/** Who can open the resource's routes, for the tests that go through all routes. */
export function accessRows({ many, one, access, title, fields }: Resource, parts: Part[]): string {
  const routes = `routes/organizations/${many.kebab}`;
  const url = `/organizations/:organization/${many.kebab}`;
  const { make, change, remove, restore } = statuses[access];
  const shared = [
    ...new Set(`members postOnly ${make} ${change} ${remove}`.match(/\b(members|postOnly|admins|changedByAdmins)\b/g)),
  ];
  const values = parts
    .filter(({ field }) => field.isRequired && !isImage(field))
    .map(({ field, parts: { example } }) => {
      const thing = `things.${example.sent.slice(1)} ?? ""`;
      const text = field === title ? `\`By \${visitor}\`` : `"${example.sent}"`;
      return `${field.name}: ${isRow(field) ? thing : isUnique(field) ? freshValue(field) : text}`;
    });
  const images = parts.filter(({ field }) => isImage(field)).map(({ field }) => `"${field.name}"`);
  // A unique title does not name the visitor, since one visitor sends two forms.
  const visitor = isUnique(title) && images.length === 0 ? "_visitor" : "visitor";
  const given = needs({ fields }) ? `(${visitor}, { things })` : `(${visitor})`;
  const texts = `{ ${values.join(", ")} }`;
  const form = images.length === 0 ? `(${texts})` : `withFiles(${texts}, visitor, ${images.join(", ")})`;
  if (images.length > 0) shared.push("withFiles");
  return `import { type Form, type Row, ${shared.join(", ")} } from "../access-rows.ts";

export const rows: readonly Row[] = [
  { file: "${routes}.tsx", url: "${url}", GET: members },
  { file: "${routes}.new.ts", url: "${url}/new", ${make} },
  { file: "${routes}.edit.ts", url: "${url}/:${one.camel}/edit", ${change} },
  { file: "${routes}.remove.ts", url: "${url}/:${one.camel}/remove", ${remove} },
  { file: "${routes}.restore.ts", url: "${url}/:${one.camel}/restore", GET: postOnly, POST: ${restore} },
${some(images.length > 0, `  { file: "routes/files/${many.kebab}.ts", url: "/files/:organization/${many.kebab}/:${one.camel}/:${one.camel}Picture", GET: members },\n`)}];

export const forms: Record<string, Form> = {
  "${routes}.new.ts": ${given} => ${form},
  "${routes}.edit.ts": ${given} => ${form},
};
`;
}
