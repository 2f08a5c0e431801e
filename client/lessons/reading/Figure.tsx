import { useTranslation } from 'react-i18next';
import { useBridge } from '../bridge.ts';
import { useReading } from './context.ts';
import styles from './Figure.module.css';
import { figureOf } from './figures.ts';

/** A figure of the run on the wire, in a sentence; a dash before there is one. */
export function Figure({ name }: { name: string }) {
  const { t } = useTranslation();
  const { lesson } = useReading();
  const value = useBridge(({ wire }) => figureOf(name, lesson, wire));
  return (
    <b className={styles.figure} title={t(value ? 'figure.live' : 'figure.none')}>
      {value ?? '–'}
    </b>
  );
}
