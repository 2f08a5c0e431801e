import type { MDXContent } from 'mdx/types';
import { Children, type ReactElement, type ReactNode } from 'react';
import { Link } from 'wouter';
import { Ask, Option, Why } from './Ask.tsx';
import { Goal, Hint } from './challenge-parts.ts';
import { useReading } from './context.ts';
import { Figure } from './Figure.tsx';
import { InlineCode } from './InlineCode.tsx';
import { isElement } from './is-element.ts';
import { LateChallenge } from './LateChallenge.tsx';
import styles from './prose.module.css';
import { Line, Stroke } from './Reference.tsx';
import { StepItem } from './StepItem.tsx';
import { TryIt } from './TryIt.tsx';
import { TryNetwork } from './TryNetwork.tsx';
import { TryRequest } from './TryRequest.tsx';

interface Part {
  children?: ReactNode;
}

/** To another page of the app. */
function InlineLink({ href = '', children }: Part & { href?: string }) {
  return <Link href={href}>{children}</Link>;
}

function Lead({ children }: Part) {
  const { step } = useReading();
  return (
    <div className={styles.lead} data-first={step === 1}>
      {children}
    </div>
  );
}

/** A step's body. Only the open one is rendered; `Prose` puts it under its title. */
function Step({ children }: Part & { id: string }) {
  return <div className={styles.body}>{children}</div>;
}

/** The words an MDX file can use besides Markdown. */
const components = {
  Lead,
  Step,
  Try: TryIt,
  TryNetwork,
  TryRequest,
  Ask,
  Option,
  Why,
  Figure,
  Line,
  Stroke,
  Challenge: LateChallenge,
  Goal,
  Hint,
  a: InlineLink,
  code: InlineCode,
};

/** What an MDX file of a lesson is: a `Lead`, then one `Step` for every step of `lesson.ts`. */
function partsOf(content: MDXContent): ReactNode[] {
  // Called, not rendered: its children are wanted as they stand in the file, to be put into the list.
  const file = content({ components }) as ReactElement<Part>;
  return Children.toArray(file.props.children);
}

const stepOf = (parts: ReactNode[], id: string) =>
  parts.filter((part) => isElement(part, Step)).find(({ props }) => props.id === id);

/** What a step of the file holds. */
export const stepBody = (content: MDXContent, id: string): ReactNode =>
  stepOf(partsOf(content), id)?.props.children;

/** The text of a lesson: the lead, then the list of steps, of which one is open. */
export function Prose({ content }: { content: MDXContent }) {
  const { lesson, step } = useReading();
  const parts = partsOf(content);
  return (
    <>
      {parts.filter((part) => isElement(part, Lead))}
      <ol className={styles.steps}>
        {lesson.steps.map((info, index) => (
          <StepItem key={info.id} lesson={lesson} info={info} number={index + 1} current={index + 1 === step}>
            {stepOf(parts, info.id)}
          </StepItem>
        ))}
      </ol>
    </>
  );
}
