import { useTranslation } from 'react-i18next';
import { TECHNIQUES, type Technique } from '#protocol/chat';
import { useLanguage } from '../../i18n/index.ts';
import { Popover, ToolIcon } from '../../ui/index.ts';
import { CHOICES, isCount, type RaceSettings } from '../model/settings.ts';
import { useRace } from '../store.ts';
import styles from './Head.module.css';
import { interval, nameOf } from './words.ts';

/** The conditions of the race, as a row of chips; those that are changed seldom are behind the last one. */
export function Chips() {
  const { t } = useTranslation('race');
  const { settings } = useRace();
  const seconds = (ms: number): string => t('settings.s', { n: ms / 1000 });
  return (
    <>
      <Techniques />
      <Choice name="latencyMs" text={(ms) => t('settings.ms', { n: ms })} />
      <Choice name="pollIntervalMs" text={interval} />
      <Choice name="proxy" text={(proxy) => t(`settings.proxies.${proxy}`)} />
      <Choice name="schedule" text={(schedule) => t(`settings.schedules.${schedule}`)} />
      <Popover
        label={t('settings.moreLabel')}
        className={styles.button}
        button={
          <>
            <ToolIcon name="more" />
            {t('settings.more')}
          </>
        }
      >
        <div className={styles.panel}>
          {settings.schedule !== 'typed' && <Choice name="messages" text={String} />}
          <Choice name="spanMs" text={seconds} />
          <Choice
            name="cutAtMs"
            text={(ms) => (ms === null ? t('settings.never') : t('settings.at', { n: ms / 1000 }))}
          />
          <Choice name="origins" text={(origins) => t(`settings.originsOf.${origins}`)} />
          <label className={styles.chip}>
            <span>{t('settings.seed')}</span>
            <input
              type="number"
              min={0}
              max={9999}
              value={settings.seed}
              onChange={({ target }) =>
                useRace.getState().set({ seed: Math.abs(Math.round(Number(target.value))) % 10_000 })
              }
            />
          </label>
          <button
            type="button"
            className={styles.button}
            onClick={() => useRace.getState().set({ seed: (settings.seed % 9_999) + 1 })}
          >
            <ToolIcon name="reset" />
            {t('settings.newSeed')}
          </button>
          <p>
            <b>{t('limit.title')}</b> {t('limit.text')}
          </p>
        </div>
      </Popover>
    </>
  );
}

type Chosen = keyof typeof CHOICES;

function Choice<Name extends Chosen>({
  name,
  text,
}: {
  name: Name;
  text: (value: RaceSettings[Name]) => string;
}) {
  const { t } = useTranslation('race');
  const value = useRace(({ settings }) => settings[name]);
  const known = CHOICES[name] as readonly unknown[] as readonly RaceSettings[Name][];
  const offered = known.includes(value) ? known : [value, ...known];
  return (
    <label className={styles.chip}>
      <span>{t(`settings.${name}`)}</span>
      <select
        value={String(value)}
        onChange={({ target }) =>
          useRace.getState().set({ [name]: offered.find((each) => String(each) === target.value) })
        }
      >
        {offered.map((each) => (
          <option key={String(each)} value={String(each)}>
            {text(each)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Which techniques take part. */
function Techniques() {
  const { t } = useTranslation('race');
  const { language } = useLanguage();
  const chosen = useRace(({ settings }) => settings.techniques);
  const toggle = (technique: Technique): void => {
    const next = TECHNIQUES.filter((each) => chosen.includes(each) !== (each === technique));
    if (isCount(next.length)) useRace.getState().set({ techniques: [...next] });
  };
  return (
    <Popover
      label={t('settings.techniques')}
      className={styles.chip}
      button={
        <>
          <span>{t('settings.techniques')}</span>
          <b>{chosen.length}</b>
        </>
      }
    >
      <fieldset className={styles.panel}>
        <legend>{t('settings.techniquesHint')}</legend>
        {TECHNIQUES.map((technique) => (
          <label key={technique} className={styles.check}>
            <input type="checkbox" checked={chosen.includes(technique)} onChange={() => toggle(technique)} />
            {nameOf(technique, language)}
          </label>
        ))}
      </fieldset>
    </Popover>
  );
}
