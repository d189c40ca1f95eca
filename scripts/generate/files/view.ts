import { keyOf } from "../kinds.ts";
import type { Resource } from "../spec.ts";
import { importOfNames, isImage, joined, type Part, some } from "./parts.ts";

export function view(resource: Resource, parts: Part[]): string {
  const { many, one, area, fields, title, icon } = resource;
  const longs = fields.filter(({ kind }) => kind.name === "lines");
  const shown = parts.filter(({ field }) => field !== title && !longs.includes(field) && !isImage(field));
  const images = parts.filter(({ field }) => isImage(field));
  const money = fields.some(({ kind }) => kind.name === "money");
  const formats = [
    ...(money ? ["currentTag"] : []),
    ...(fields.some(({ kind }) => kind.name === "day") ? ["formatDate"] : []),
    "formatNumber",
  ];
  return `import { href, useNavigation } from "react-router";
import { ${formats.join(", ")} } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Button, buttonClasses, LinkButton } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Field, SelectField } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { LATER_PAGE, usePlaceIn } from "#app/ui/list-place.ts";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
${importOfNames(resource)}import type { ${one.pascal}, ${many.pascal}Page } from "./${many.kebab}.server.ts";
${some(images.length > 0, `import { ${one.camel}PictureUrl } from "./picture-url.ts";\n`)}
export const ${many.camel}Place = { search: /\\S/, sort: /^(oldest|${title.name})$/, page: LATER_PAGE };

type Sought = Partial<Pick<${many.pascal}Page, "page" | "search" | "sort">> & { deleted?: string | undefined };

export function ${many.camel}Href(
  organization: string,
  { page = 1, search = "", sort = "newest", deleted }: Sought = {},
): string {
  const asked = new URLSearchParams({
    ...(search !== "" && { search }),
    ...(sort !== "newest" && { sort }),
    ...(page !== 1 && { page: String(page) }),
    ...(deleted !== undefined && { deleted }),
  });
  const list = href("/organizations/:organization/${many.kebab}", { organization });
  return asked.size === 0 ? list : \`\${list}?\${asked}\`;
}

export function ${many.pascal}View({ organization, found }: { organization: string; found: ${many.pascal}Page }) {
  const { ${many.camel}, page, pages, total, search, sort, isOnly, canAdd, deleted } = found;
  const inList = usePlaceIn(${many.camel}Place);
  const add = canAdd ? (
    <LinkButton to={href("/organizations/:organization/${many.kebab}/new", { organization }) + inList}>
      <Icon name="plus" />
      {m.${area}_new()}
    </LinkButton>
  ) : undefined;
  const isEmpty = ${many.camel}.length === 0;
  const isAll = search === "" && !isOnly;
  const count = <span aria-live="polite">{m.${area}_total({ total: formatNumber(total) })}</span>;
  const all = (
    <Link to={${many.camel}Href(organization)} className="text-accent underline">
      {m.${area}_show_all()}
    </Link>
  );
  return (
    <>
      <PageHeader
        title={m.${area}_place()}
        description={isOnly || (isEmpty && isAll) ? undefined : count}
        actions={!isEmpty || !isAll ? add : undefined}
      />
      {deleted !== null && <Deleted organization={organization} ${one.camel}={deleted} />}
      {(!isEmpty || !isAll) && <Sought organization={organization} search={search} sort={sort} />}
      {isEmpty && isAll && (
        <EmptyState icon="${icon}" title={m.${area}_none_title()} description={m.${area}_none_description()} action={add} />
      )}
      {isEmpty && !isAll && (
        <EmptyState icon="${icon}" title={isOnly ? m.${area}_gone() : m.${area}_found_none({ search })} description={all} />
      )}
      {!isEmpty && (
        <Card>
          <ul className="divide-y">
            {${many.camel}.map((${one.camel}) => (
              <Row key={${one.camel}.id} {...{ organization, ${one.camel}, inList }} />
            ))}
          </ul>
        </Card>
      )}
      {!isEmpty && isOnly && <p className="mt-1.5 text-sm">{all}</p>}
      <div className="mt-8">
        <Pagination page={page} pages={pages} hrefFor={(to) => ${many.camel}Href(organization, { page: to, search, sort })} />
      </div>
    </>
  );
}

function Sought({ organization, search, sort }: { organization: string } & Pick<${many.pascal}Page, "search" | "sort">) {
  return (
    <Form
      key={\`\${search} \${sort}\`}
      action={${many.camel}Href(organization)}
      className="mb-5 flex flex-wrap items-end gap-3 *:max-sm:w-full"
    >
      <Field
        id="search"
        errorId="search-error"
        label={m.${area}_search()}
        inputProps={{ name: "search", type: "search", defaultValue: search, dir: "auto" }}
      />
      <SelectField
        id="sort"
        errorId="sort-error"
        label={m.${area}_sort()}
        selectProps={{ name: "sort", defaultValue: sort }}
        options={[
          { value: "newest", label: m.${area}_sort_newest() },
          { value: "oldest", label: m.${area}_sort_oldest() },
          { value: "${title.name}", label: m.${area}_${keyOf(title.name)}() },
        ]}
      />
      <Button variant="secondary">{m.${area}_apply()}</Button>
    </Form>
  );
}

function Deleted({ organization, ${one.camel} }: { organization: string; ${one.camel}: { id: string; name: string } }) {
  const place = { organization, ${one.camel}: ${one.camel}.id };
  const restore = href("/organizations/:organization/${many.kebab}/:${one.camel}/restore", place) + usePlaceIn(${many.camel}Place);
  const isPending = useNavigation().formAction === restore;
  return (
    <div className="mb-5">
      <Notice>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <span className="min-w-0">{m.${area}_was_removed({ name: ${one.camel}.name })}</span>
          <Form method="post" action={restore} className="-my-1.5">
            <Button variant="secondary" size="small" isPending={isPending}>
              {m.${area}_undo()}
            </Button>
          </Form>
        </div>
      </Notice>
    </div>
  );
}

const square = buttonClasses({ variant: "ghost", size: "small", isSquare: true });

type RowProps = { organization: string; ${one.camel}: ${one.pascal}; inList: string };

function Row({ organization, ${one.camel}, inList }: RowProps) {
  const place = { organization, ${one.camel}: ${one.camel}.id };
${some(
  shown.length > 0,
  `  const facts = [
${joined(shown.map(({ field, parts }) => `    { label: m.${area}_${keyOf(field.name)}(), value: ${parts.shown} },`))}
  ].filter(({ value }) => typeof value === "string");`,
)}
  return (
    <li className="flex items-start gap-3 px-4 py-3.5 sm:px-5">
${some(
  images.length > 0,
  `      <div className="flex gap-3 max-sm:flex-col">
${joined(images.map(({ parts }) => `        ${parts.shown}`))}
      </div>
`,
)}      <div className="min-w-0 flex-1">
        <h2 dir="auto" className="font-medium text-sm">
          {${one.camel}.${title.name}}
        </h2>
${joined(longs.map(({ name }) => `        <p dir="auto" className="mt-0.5 line-clamp-2 whitespace-pre-line text-muted text-sm">{${one.camel}.${name}}</p>`))}
${some(shown.length > 0, facts)}      </div>
      {${one.camel}.canChange && (
        <Link
          to={href("/organizations/:organization/${many.kebab}/:${one.camel}/edit", place) + inList}
          aria-label={m.${area}_edit_one({ name: ${one.camel}.${title.name} })}
          className={square}
        >
          <Icon name="pencil-line" />
        </Link>
      )}
      {${one.camel}.canRemove && (
        <Link
          to={href("/organizations/:organization/${many.kebab}/:${one.camel}/remove", place) + inList}
          aria-label={m.${area}_remove_one({ name: ${one.camel}.${title.name} })}
          className={square}
        >
          <Icon name="trash-2" />
        </Link>
      )}
    </li>
  );
}
${some(
  images.length > 0,
  `
/** Links to the whole picture. Without a picture its place stays empty, so that the names are aligned. */
function Thumbnail({ src, alt }: { src: string | null; alt: string }) {
  const look = "size-12 shrink-0 rounded-md border bg-sunken object-cover";
  if (src === null) return <span className={look} />;
  return (
    <a href={src} className="shrink-0">
      <img src={src} alt={alt} loading="lazy" className={look} />
    </a>
  );
}
`,
)}${some(
  money,
  `
function formatMoney(amount: number, { currency, digits }: { currency: string; digits: number }): string {
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(currentTag(), { style: "currency", currency, ...decimals }).format(amount);
}
`,
)}`;
}

const facts = `        <dl className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1 text-muted text-xs">
          {facts.map(({ label, value }) => (
            <div key={label} className="flex min-w-0 gap-1.5">
              <dt>{label}</dt>
              <dd dir="auto" className="min-w-0 text-text">
                {value}
              </dd>
            </div>
          ))}
        </dl>
`;

export function pictureUrl({ many, one }: Resource): string {
  return `import { href } from "react-router";

/** Null if there is no picture. */
export function ${one.camel}PictureUrl(organization: string, ${one.camel}: string, picture: string | null): string | null {
  if (picture === null) return null;
  const place = { organization, ${one.camel}, ${one.camel}Picture: picture };
  return href("/files/:organization/${many.kebab}/:${one.camel}/:${one.camel}Picture", place);
}
`;
}
