import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLab } from '../../lab/index.ts';
import styles from './RunMenu.module.css';

interface AskProps {
  file: File;
  /** Saves the run on the wire; false when that failed. */
  save(): Promise<boolean>;
  onDone(): void;
}

/** Asks before a file takes the place of a run that is not saved. */
export function AskBeforeOpening({ file, save, onDone }: AskProps) {
  const { t } = useTranslation('lab');
  const isLive = useLab(({ run }) => run?.live === true);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const open = () => {
    dialog.current?.close();
    void useLab.getState().openRun(file);
  };
  return (
    <dialog ref={dialog} className={styles.dialog} onClose={onDone} aria-labelledby={id}>
      <h2 id={id}>{t('runMenu.ask.title', { name: file.name })}</h2>
      <p>{t(isLive ? 'runMenu.ask.textLive' : 'runMenu.ask.text')}</p>
      <div className={styles.answers}>
        <button type="button" onClick={() => void save().then((done) => done && open())}>
          {t('runMenu.ask.save')}
        </button>
        <button type="button" onClick={open}>
          {t('runMenu.ask.open')}
        </button>
        <button type="button" onClick={() => dialog.current?.close()}>
          {t('runMenu.ask.cancel')}
        </button>
      </div>
    </dialog>
  );
}
