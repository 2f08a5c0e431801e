import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { download, Popover, ToolIcon } from '../../ui/index.ts';
import { delaysCsv, figuresCsv } from '../export/csv.ts';
import { pictureAsPng } from '../export/png.ts';
import { pictureOf } from '../export/picture.ts';
import { paletteOf } from '../export/palette.ts';
import { useRace } from '../store.ts';
import styles from './Head.module.css';
import { nameOf } from './words.ts';

const ITEMS = ['csv', 'messages', 'svg', 'png'] as const;

/** The last race as a file. */
export function ExportMenu() {
  const { t } = useTranslation('race');
  const { language } = useLanguage();
  const result = useRace((race) => race.result);
  if (!result || result.status === 'running') return null;
  const name = `race-${new Date(result.startedAt).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}`;
  const picture = () =>
    pictureOf(result, paletteOf(document.documentElement), {
      name: (technique) => nameOf(technique, language),
      events: t('events'),
      delay: t('delay'),
      median: t('median'),
      requests: t('requests'),
      bytes: t('bytes'),
      overhead: t('overhead'),
    });
  const save = {
    csv: () => download(new Blob([figuresCsv(result)], { type: 'text/csv' }), `${name}.csv`),
    messages: () => download(new Blob([delaysCsv(result)], { type: 'text/csv' }), `${name}-delays.csv`),
    svg: () => download(new Blob([picture()], { type: 'image/svg+xml' }), `${name}.svg`),
    png: () => void pictureAsPng(picture()).then((png) => download(png, `${name}.png`)),
  };
  return (
    <Popover
      label={t('export.label')}
      className={styles.button}
      button={
        <>
          <ToolIcon name="file" />
          {t('export.label')}
        </>
      }
    >
      {(id) => (
        <div className={styles.menu}>
          {ITEMS.map((item) => (
            <button
              key={item}
              type="button"
              popoverTarget={id}
              popoverTargetAction="hide"
              onClick={save[item]}
            >
              {t(`export.${item}`)}
            </button>
          ))}
        </div>
      )}
    </Popover>
  );
}
