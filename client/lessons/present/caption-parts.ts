import type { MDXContent } from 'mdx/types';
import { Children, isValidElement, type ReactElement, type ReactNode } from 'react';
import { Ask } from '../reading/Ask.tsx';
import { isElement } from '../reading/is-element.ts';
import { LateChallenge } from '../reading/LateChallenge.tsx';
import { stepBody } from '../reading/prose.tsx';
import { Stroke } from '../reading/Reference.tsx';
import { TryIt } from '../reading/TryIt.tsx';
import { TryNetwork } from '../reading/TryNetwork.tsx';
import { TryRequest } from '../reading/TryRequest.tsx';

interface Part {
  children?: ReactNode;
}

/** What of a step a class is shown beside the wire: not its prose, which the teacher says. */
export interface CaptionParts {
  /** What the question is made of: `askParts` takes it apart. */
  ask: ReactNode;
  challenge: ReactNode;
  /** What it offers to change. */
  tries: ReactNode[];
  /** The stroke that it speaks of: by the explanation, or else by the text. */
  stroke: string | null;
}

/** @returns the parts of this step, as they stand in the file. */
export function captionParts(content: MDXContent, step: string): CaptionParts {
  const body = Children.toArray(stepBody(content, step));
  const ask = body.find((part) => isElement(part, Ask)) as ReactElement<Part> | undefined;
  return {
    ask: ask?.props.children ?? null,
    challenge: body.find((part) => isElement(part, LateChallenge)) ?? null,
    tries: body.filter(
      (part) => isElement(part, TryIt) || isElement(part, TryNetwork) || isElement(part, TryRequest),
    ),
    stroke: firstStroke(ask) ?? firstStroke(body) ?? null,
  };
}

function firstStroke(node: ReactNode): string | undefined {
  for (const part of Children.toArray(node)) {
    if (isElement(part, Stroke)) return part.props.of;
    const found = isValidElement<Part>(part) ? firstStroke(part.props.children) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
