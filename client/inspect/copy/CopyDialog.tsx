import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/index.ts';
import styles from './CopyDialog.module.css';

/** The text, selected: what a browser does not let a page copy, its reader still can. */
export function CopyDialog({ text, onClose }: { text: string; onClose: () => void }) {
  const { t } = useTranslation('inspect');
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.select(), []);
  return (
    <Dialog label={t('copy.refused')} closeLabel={t('copy.close')} place="middle" onClose={onClose}>
      <textarea
        ref={area}
        className={styles.text}
        readOnly
        rows={12}
        value={text}
        aria-label={t('copy.refused')}
      />
    </Dialog>
  );
}
