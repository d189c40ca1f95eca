import type { Page } from "playwright-core";

type AxValue = { value?: unknown };
type AxNode = {
  nodeId: string;
  parentId?: string;
  ignored: boolean;
  role?: AxValue;
  name?: AxValue;
  description?: AxValue;
  properties?: { name: string; value: AxValue }[];
};

const CONTROLS = ["button", "checkbox", "combobox", "DisclosureTriangle", "searchbox", "textbox"];
const GROUPS = ["group", "radiogroup", "toolbar", "dialog", "alertdialog", "row"];

/** The controls of the page that a screen reader reads out like another one: the same name, description, key and named group. */
export async function sameNames(page: Page, url: string): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = (await devtools.send("Accessibility.getFullAXTree")) as { nodes: AxNode[] };
  await devtools.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const around = ({ parentId = "" }: AxNode): AxNode[] => {
    const parent = byId.get(parentId);
    return parent === undefined ? [] : [parent, ...around(parent)];
  };
  const heard = nodes.flatMap((node) => {
    const { ignored, role, name, description, properties = [] } = node;
    const outer = around(node);
    // The button in a date field is the browser's own, and is read out with its field.
    const isOwn = !ignored && isAny(CONTROLS, node) && !outer.some((each) => isAny(["Date"], each));
    const group = outer.find((each) => isAny(GROUPS, each) && each.name?.value);
    const key = properties.find((property) => property.name === "keyshortcuts");
    const parts = [role, name, description, key?.value, group?.name].flatMap((part) => part?.value || []);
    return isOwn ? [parts.join(" · ")] : [];
  });
  return [...new Set(heard.filter((each, at) => heard.indexOf(each) !== at))].map((each) => `${url}: twice ${each}`);
}

const isAny = (roles: string[], { role }: AxNode) => roles.includes(String(role?.value));
