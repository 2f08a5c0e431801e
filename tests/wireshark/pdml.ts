/** Reads PDML, tshark's XML: elements with attributes, nested; no text that matters. */
export interface Element {
  tag: string;
  attributes: Record<string, string>;
  children: Element[];
}

const TAG = /<(\/?)([\w-]+)((?:\s+[\w-]+="[^"]*")*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w-]+)="([^"]*)"/g;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function parsePdml(text: string): Element {
  const root: Element = { tag: '', attributes: {}, children: [] };
  const path = [root];
  for (const [, end, tag, attributes, empty] of text.matchAll(TAG)) {
    if (end) {
      path.pop();
      continue;
    }
    const element: Element = { tag: tag!, attributes: {}, children: [] };
    for (const [, name, value] of attributes!.matchAll(ATTRIBUTE))
      element.attributes[name!] = unescaped(value!);
    path[path.length - 1]!.children.push(element);
    if (!empty) path.push(element);
  }
  return root;
}

function unescaped(text: string): string {
  return text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return ENTITIES[name] ?? whole;
  });
}

/** All elements of that field name below, in order. */
export function fieldsNamed(element: Element, name: string): Element[] {
  return element.children.flatMap((child) => [
    ...(child.attributes['name'] === name ? [child] : []),
    ...fieldsNamed(child, name),
  ]);
}

export function fieldNamed(element: Element, name: string): Element | undefined {
  return fieldsNamed(element, name)[0];
}
