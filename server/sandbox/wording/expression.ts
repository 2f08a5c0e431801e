/** Expressions as V8 writes them in its messages: `a.b is not a function`, `f(...) is not iterable`. */
import type { Expression, Node, PrivateIdentifier, Super } from 'acorn';

/** What V8 says where an expression has no short name. */
const UNNAMED = '(intermediate value)';
const LONGEST = 80;

export function expressionText(node: Expression | Super | PrivateIdentifier | Node): string {
  const text = write(node as Expression | Super | PrivateIdentifier);
  return text.length > LONGEST ? UNNAMED : text;
}

function write(node: Expression | Super | PrivateIdentifier): string {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'PrivateIdentifier':
      return `#${node.name}`;
    case 'ThisExpression':
      return 'this';
    case 'Super':
      return 'super';
    case 'Literal':
      return typeof node.value === 'string' ? JSON.stringify(node.value) : (node.raw ?? String(node.value));
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return write(node.expression);
    case 'CallExpression':
      return `${write(node.callee)}(...)`;
    case 'ArrayExpression':
      return node.elements.length === 0 ? '[]' : UNNAMED;
    case 'ObjectExpression':
      return node.properties.length === 0 ? '{}' : UNNAMED;
    case 'MemberExpression': {
      const object = write(node.object);
      const { property } = node;
      if (!node.computed) return `${object}.${write(property)}`;
      return property.type === 'Literal' && typeof property.value === 'string'
        ? `${object}.${property.value}`
        : `${object}[${write(property)}]`;
    }
    default:
      return UNNAMED;
  }
}

/** The last name of what is called: `end` of `res.end`. */
export function lastName(callee: Node): string | undefined {
  const node = callee as Expression | Super;
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression') return undefined;
  if (node.property.type === 'Identifier' && !node.computed) return node.property.name;
  return node.property.type === 'Literal' ? String(node.property.value) : undefined;
}
