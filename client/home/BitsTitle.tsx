import { useTranslation } from 'react-i18next';
import styles from './BitsTitle.module.css';

const [HIGH, LOW, BIT, WIDTH] = [96, 152, 98, 808];

/** The title: the digits stand on the levels of the signal 1, 0, 1; the line goes round the descender of "g". */
export function BitsTitle() {
  const { t } = useTranslation();
  const digit = (text: string, index: number, level: number) => (
    <text x={BIT * (index + 0.5)} y={level - 14} textAnchor="middle" className={styles.digit}>
      {text}
    </text>
  );
  return (
    <h1 className={styles.title} aria-label={t('brand')}>
      <svg viewBox={`0 0 ${WIDTH} 164`} className={styles.picture} aria-hidden="true">
        <path d={`M-60 ${HIGH}H${BIT}V${LOW}H${BIT * 1.5}`} className={styles.browser} />
        <path d={`M${BIT * 1.5} ${LOW}H${BIT * 2}V${HIGH}H4000`} className={styles.server} />
        {digit('1', 0, HIGH)}
        {digit('0', 1, LOW)}
        {digit('1', 2, HIGH)}
        <text x={BIT * 3 + 12} y={HIGH - 14} className={styles.name}>
          Switching Protocols
        </text>
      </svg>
    </h1>
  );
}
