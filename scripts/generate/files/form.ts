import { isMultipart, type Resource, removedOf } from "../spec.ts";
import { importOfChoices, importOfNames, isImage, isRow, joined, type Part, some, sourcesOf } from "./parts.ts";

export function formOf(resource: Resource, parts: Part[]): string {
  const { many, one, area, fields } = resource;
  const hasSources = sourcesOf(resource).length > 0;
  const hasRows = fields.some(isRow);
  const hasImages = fields.some(isImage);
  const controls = new Set(
    parts.filter(({ field }) => !isImage(field)).map(({ parts }) => /^<(\w+)/.exec(parts.control)?.[1] ?? ""),
  );
  const pictures = fields
    .filter(isImage)
    .flatMap(({ name, isRequired }) => (isRequired ? [name] : [name, removedOf(name)]))
    .map((name) => `"${name}"`);
  return `import type { ReactNode } from "react";
${some(hasRows, 'import { href } from "react-router";\nimport { formatNumber } from "#app/i18n/format.ts";\n')}import { m } from "#app/i18n/messages.ts";
${some(hasImages, 'import { KeptPictureField } from "#app/pictures/picture-field.tsx";\n')}import { AsShown } from "#app/ui/as-shown.tsx";
import { ${[...controls].sort().join(", ")} } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
${some(hasRows, 'import { Link } from "#app/ui/link.tsx";\n')}import { type FormAnswer, useForm } from "#app/ui/use-form.ts";
${importOfNames(resource)}${importOfChoices(resource)}import { ${one.camel}Fields } from "./${one.kebab}-fields.ts";
import type { ${one.pascal}${some(hasRows, ", Choice")}${some(hasSources, ", Choices")} } from "./${many.kebab}.server.ts";
${some(hasRows, 'import { ROWS_OFFERED } from "./limits.ts";\n')}${some(hasImages, `import { ${one.camel}PictureUrl } from "./picture-url.ts";\n`)}
type ${one.pascal}FormProps = {
  /** The one to change. Without it, the form makes a new one. */
  ${one.camel}?: ${one.pascal};
${some(hasImages || hasRows, "  organization: string;\n")}${some(hasSources, "  choices: Choices;\n")}  answer: FormAnswer | undefined;
  children: ReactNode;
};

export function ${one.pascal}Form({ ${one.camel},${some(hasImages || hasRows, " organization,")}${some(hasSources, " choices,")} answer, children }: ${one.pascal}FormProps) {
  const filled = ${one.camel}Fields(${one.camel});
  const [form, fields] = useForm<typeof filled${some(hasImages, ` & Record<${pictures.join(" | ")}, string>`)}>({
    id: "${one.kebab}",
    lastResult: answer ?? null,
    defaultValue: filled,
  });
  return (
    <Form method="post" ${some(isMultipart(resource), 'encType="multipart/form-data" ')}{...form.props} className="grid gap-5">
      <FormError>{form.error}</FormError>
      {${one.camel} !== undefined && <AsShown fields={filled} lastResult={answer} />}
${joined(parts.map(({ parts }) => `      ${parts.control}`))}
      {children}
    </Form>
  );
}
${some(
  hasRows,
  `
/** Says where to make the first one, or that there are more than the form offers. */
function hintOn(offered: readonly Choice[], place: string): string | undefined {
  if (offered.length === 0) return m.${area}_none_to_choose({ place });
  return offered.length < ROWS_OFFERED ? undefined : m.${area}_newest_only({ count: formatNumber(ROWS_OFFERED) });
}
`,
)}`;
}

export function formFieldsOf({ many, one }: Resource, parts: Part[]): string {
  const typed = parts.filter(({ field }) => !isImage(field));
  const lines = typed.map(({ field: { name }, parts: { written } }) =>
    written === undefined
      ? `    ${name}: ${one.camel}?.${name} ?? "",`
      : `    ${name}: textOf(${one.camel}?.${name}, (value) => ${written}),`,
  );
  const needsText = typed.some(({ parts }) => parts.written !== undefined);
  const others = ["organization", "once", ...parts.flatMap(({ field }) => (isImage(field) ? [field.name] : []))];
  return `import type { ${one.pascal} } from "./${many.kebab}.server.ts";
import type { Add${one.pascal} } from "./schemas.ts";

/** A field that the form did not send would be emptied. */
type FormField = Exclude<keyof Add${one.pascal}, ${others.map((name) => `"${name}"`).join(" | ")}>;

/** The values of the form${some(typed.length < parts.length, ", without pictures, which stay as they are")}. They are empty for a new one. */
export function ${one.camel}Fields(${one.camel}?: ${one.pascal}) {
  return {
${joined(lines)}
  } satisfies Record<FormField, string>;
}
${some(
  needsText,
  `
function textOf<T>(value: T | null | undefined, write: (value: T) => string): string {
  return value === null || value === undefined ? "" : write(value);
}
`,
)}`;
}

export function pages({ many, one, area, fields, title }: Resource): string {
  const hasSources = sourcesOf({ fields }).length > 0;
  const given =
    some(
      fields.some((field) => isImage(field) || isRow(field)),
      " organization={params.organization}",
    ) + some(hasSources, " choices={loaderData.choices}");
  return `import { m } from "#app/i18n/messages.ts";
import { FormButtons } from "#app/ui/form-buttons.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { Once } from "#app/ui/once.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { ${one.pascal}Form } from "./${one.kebab}-form.tsx";
import type { ${hasSources ? `Choices, ${one.pascal}Choices` : `${one.pascal}Details`} } from "./${many.kebab}.server.ts";
import { ${many.camel}Href, ${many.camel}Place } from "./${many.kebab}-view.tsx";

type PageProps<Data> = { params: { organization: string }; loaderData: Data; actionData?: FormAnswer | undefined };

export function New${one.pascal}Page({ params, ${some(hasSources, "loaderData, ")}actionData }: PageProps<${hasSources ? "{ choices: Choices }" : "object"}>) {
  const list = ${many.camel}Href(params.organization) + usePlaceIn(${many.camel}Place);
  return (
    <NarrowPage back={{ to: list, label: m.${area}_place() }} title={m.${area}_new_title()} description="">
      <${one.pascal}Form${given} answer={actionData}>
        <Once />
        <FormButtons cancelTo={list}>
          <SubmitButton>{m.${area}_save()}</SubmitButton>
        </FormButtons>
      </${one.pascal}Form>
    </NarrowPage>
  );
}

export function Edit${one.pascal}Page({ params, loaderData, actionData }: PageProps<${one.pascal}${hasSources ? "Choices" : "Details"}>) {
  const list = ${many.camel}Href(params.organization) + usePlaceIn(${many.camel}Place);
  return (
    <NarrowPage
      back={{ to: list, label: m.${area}_place() }}
      title={m.${area}_edit_title()}
      description={loaderData.${one.camel}.${title.name}}
    >
      <${one.pascal}Form ${one.camel}={loaderData.${one.camel}}${given} answer={actionData}>
        <FormButtons cancelTo={list}>
          <SubmitButton>{m.${area}_save()}</SubmitButton>
        </FormButtons>
      </${one.pascal}Form>
    </NarrowPage>
  );
}
`;
}

/** A file of its own, since the question needs nothing of the form. */
export function removalPage({ many, one, area, title }: Resource): string {
  return `import { m } from "#app/i18n/messages.ts";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import type { ${one.pascal}Details } from "./${many.kebab}.server.ts";
import { ${many.camel}Href, ${many.camel}Place } from "./${many.kebab}-view.tsx";

type PageProps = { params: { organization: string }; loaderData: ${one.pascal}Details; actionData?: FormAnswer | undefined };

export function Remove${one.pascal}Page({ params, loaderData: { ${one.camel} }, actionData }: PageProps) {
  return (
    <QuestionPage
      back={{ to: ${many.camel}Href(params.organization) + usePlaceIn(${many.camel}Place), label: m.${area}_place() }}
      title={m.${area}_remove_title()}
      question={m.${area}_question({ name: ${one.camel}.${title.name} })}
      confirm={m.${area}_remove()}
      result={actionData}
    />
  );
}
`;
}
