import styles from './StepMeter.module.css';

/** The steps of a lesson as cells, filled up to the one last opened, which is half full. Says nothing by itself. */
export function StepMeter({ step, total }: { step: number; total: number }) {
  return (
    <span className={styles.meter} aria-hidden="true">
      {Array.from({ length: total }, (_, index) => (
        <i key={index} data-fill={index + 1 < step ? 'full' : index + 1 === step ? 'half' : 'none'} />
      ))}
    </span>
  );
}
