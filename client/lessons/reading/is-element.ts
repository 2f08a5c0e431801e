import { isValidElement, type ReactElement, type ReactNode } from 'react';

/** Whether a part of a text is an element of this component, as it stands in the file: the text is taken apart by that. */
export const isElement = <Props>(
  node: ReactNode,
  type: (props: Props) => ReactNode,
): node is ReactElement<Props> => isValidElement(node) && node.type === type;
