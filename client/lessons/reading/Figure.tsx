import { useTranslation } from 'react-i18next';
import { useBridge, type FigureName } from '../bridge.ts';
import styles from './Figure.module.css';

/** A figure of the run on the wire, in a sentence; a dash before there is one. */
export function Figure({ name }: { name: FigureName }) {
  const { t } = useTranslation();
  const value = useBridge((bridge) => bridge.figures[name]);
  return (
    <b className={styles.figure} title={t(value ? 'figure.live' : 'figure.none')}>
      {value ?? '–'}
    </b>
  );
}
