import styles from './panel.module.css';

/** A row of a panel: a name and one of several values; what is set now is offered too. */
export function Choice<T extends string | number>({
  label,
  value,
  values,
  text,
  onChange,
}: {
  label: string;
  value: T;
  values: readonly T[];
  text: (value: T) => string;
  onChange: (value: T) => void;
}) {
  const offered = values.includes(value) ? values : [value, ...values];
  return (
    <label className={styles.choice}>
      <span>{label}</span>
      <select
        value={String(value)}
        onChange={({ target }) => onChange(offered.find((other) => String(other) === target.value)!)}
      >
        {offered.map((other) => (
          <option key={other} value={other}>
            {text(other)}
          </option>
        ))}
      </select>
    </label>
  );
}
