import { useTranslation } from 'react-i18next';
import { useLab } from '../lab/index.ts';
import { IconButton, MainButton, ToolIcon } from '../ui/index.ts';
import { EXPERIMENT_IDS, type ExperimentId } from './experiments.ts';
import { isChanged } from './lines.ts';
import { useRequest } from './request-store.ts';
import { isListening, useSend } from './send-store.ts';
import styles from './Workbench.module.css';

interface Props {
  experiment: ExperimentId | null;
  /** Null is the request as it was. */
  onChoose: (experiment: ExperimentId | null) => void;
  onSend: () => void;
}

const [AS_IT_WAS, OWN] = ['as-it-was', 'own'] as const;

/** Experiments to choose from, the way back, and Send. */
export function Toolbar({ experiment, onChoose, onSend }: Props) {
  const { t } = useTranslation('workbench');
  const isEdited = useRequest(({ lines }) => lines.some(isChanged));
  const canUndo = useRequest(({ past }) => past.length > 0);
  const isBusy = useSend(({ phase }) => phase !== 'idle');
  const runs = useLab(isListening);
  const value = experiment ?? (isEdited ? OWN : AS_IT_WAS);
  return (
    <div className={styles.toolbar}>
      <label className={styles.experiment}>
        <span>{t('experiment')}</span>
        <select
          value={value}
          onChange={({ target }) => onChoose(EXPERIMENT_IDS.find((id) => id === target.value) ?? null)}
        >
          <option value={AS_IT_WAS}>{t('asItWas')}</option>
          {value === OWN && <option value={OWN}>{t('own')}</option>}
          {EXPERIMENT_IDS.map((id) => (
            <option key={id} value={id}>
              {t(`experiments.${id}`)}
            </option>
          ))}
        </select>
      </label>
      <IconButton label={t('undo')} aria-disabled={!canUndo} onClick={() => useRequest.getState().undo()}>
        <ToolIcon name="back" />
      </IconButton>
      <IconButton
        label={t('resetAll')}
        aria-disabled={!isEdited}
        onClick={() => isEdited && useRequest.getState().reset()}
      >
        <ToolIcon name="reset" />
      </IconButton>
      <MainButton icon="send" className={styles.send} aria-disabled={isBusy} onClick={onSend}>
        {t(runs ? 'send' : 'runAndSend')}
      </MainButton>
    </div>
  );
}
