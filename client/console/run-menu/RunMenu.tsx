import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { harOf } from '../../capture/index.ts';
import { useLab } from '../../lab/index.ts';
import { copyText, download, placeBeside, ToolIcon } from '../../ui/index.ts';
import { AskBeforeOpening } from './AskBeforeOpening.tsx';
import { linkToFrame } from './frame-link.ts';
import { OpeningNote } from './OpeningNote.tsx';
import styles from './RunMenu.module.css';

const ITEMS = ['save', 'open', 'har', 'pcapng', 'link'] as const;
type Item = (typeof ITEMS)[number];

/** Something else that can be kept. */
export interface KeepItem {
  label: string;
  choose(): void | Promise<void>;
  /** Said when it could not be done. */
  failed?: string;
}

interface Props {
  /** Stand before those of the run. */
  before?: readonly KeepItem[];
  /** For phones. */
  compact?: boolean;
}

/** The run as a thing to keep: save it, open another, export it, link to a message. */
export function RunMenu({ before = [], compact = false }: Props) {
  const { t } = useTranslation('lab');
  const hasRun = useLab(({ run }) => run !== null);
  const hasMessage = useLab(({ selection }) => selection !== null);
  const hasBytes = useLab(({ run, captureUrl }) => run !== null && captureUrl() !== null);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  const [asked, setAsked] = useState<File | null>(null);
  const id = useId();

  const save = async (): Promise<boolean> => {
    setSaid(t('runMenu.saving'));
    const file = await useLab
      .getState()
      .saveRun()
      .catch(() => null);
    setSaid(file ? '' : t('runMenu.saveFailed'));
    if (file) download(file, file.name);
    return file !== null;
  };
  const exportHar = () => {
    const { run, bytesOf } = useLab.getState();
    if (!run) return;
    const har = JSON.stringify(harOf(run, bytesOf), null, 2);
    download(new Blob([har], { type: 'application/json' }), `run-${run.number}.har`);
  };
  const exportPcapng = () => {
    const url = useLab.getState().captureUrl();
    if (url) location.assign(url);
  };
  const copyLink = async () => {
    const { selection } = useLab.getState();
    if (!selection) return;
    const done = await copyText(linkToFrame(location.href, selection.message));
    setSaid(t(done ? 'runMenu.copied' : 'runMenu.copyFailed'));
  };
  const chosen = (file: File | undefined) => {
    if (input.current) input.current.value = '';
    if (!file) return;
    const { run, opened, openRun } = useLab.getState();
    // Nothing of the run on the wire is lost without asking.
    if (run && !opened && run.messages.length > 0) setAsked(file);
    else void openRun(file);
  };

  const choose = (item: Item) => {
    menu.current?.hidePopover();
    button.current?.focus();
    if (item === 'save') void save();
    else if (item === 'open') input.current?.click();
    else if (item === 'har') exportHar();
    else if (item === 'pcapng') exportPcapng();
    else void copyLink();
  };
  /** Why an item can do nothing now; null when it can. */
  const hindrance: Record<Item, 'nothing' | 'noPcapng' | 'noMessage' | null> = {
    save: hasRun ? null : 'nothing',
    open: null,
    har: hasRun ? null : 'nothing',
    pcapng: !hasRun ? 'nothing' : hasBytes ? null : 'noPcapng',
    link: hasMessage ? null : 'noMessage',
  };

  return (
    <div className={compact ? `${styles.place} ${styles.compact}` : styles.place}>
      <button
        ref={button}
        type="button"
        className={styles.button}
        popoverTarget={id}
        title={t('runMenu.title')}
        onClick={() => placeBeside(menu.current!, button.current!)}
        onBlur={() => setSaid('')}
      >
        <ToolIcon name="file" />
        <span className={styles.name}>{t('runMenu.label')}</span>
        <ToolIcon name="down" />
      </button>
      <div ref={menu} id={id} popover="auto" className={styles.menu}>
        {before.map(({ label, choose, failed }) => (
          <button
            key={label}
            type="button"
            onClick={() => {
              menu.current?.hidePopover();
              button.current?.focus();
              void Promise.resolve(choose()).catch(() => setSaid(failed ?? ''));
            }}
          >
            {label}
          </button>
        ))}
        {before.length > 0 && <hr />}
        {ITEMS.map((item) => (
          <button
            key={item}
            type="button"
            aria-disabled={hindrance[item] !== null}
            title={hindrance[item] ? t(`runMenu.${hindrance[item]}`) : undefined}
            onClick={() => hindrance[item] === null && choose(item)}
          >
            {t(`runMenu.${item}`)}
          </button>
        ))}
      </div>
      <input
        ref={input}
        className={styles.file}
        type="file"
        accept=".gz,.ndjson,application/gzip"
        tabIndex={-1}
        aria-label={t('runMenu.open')}
        onChange={(event) => chosen(event.target.files?.[0])}
      />
      {said !== '' && (
        <span className={styles.note} role="status">
          {said}
        </span>
      )}
      <OpeningNote className={styles.note} />
      {asked && <AskBeforeOpening file={asked} save={save} onDone={() => setAsked(null)} />}
    </div>
  );
}
