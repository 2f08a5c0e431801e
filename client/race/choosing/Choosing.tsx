import type { TFunction } from 'i18next';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Glyph } from '../../home/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { store, stored } from '../../ui/index.ts';
import { useRace } from '../store.ts';
import { RunOrStop } from '../view/Head.tsx';
import type { RaceResult } from '../model/result.ts';
import { bytesText, durationText, interval, nameOf, namesOf } from '../view/words.ts';
import { assess, type Assessment, type Reason } from './assess.ts';
import styles from './Choosing.module.css';
import { NEEDS, USUAL_NEEDS, type Needs } from './needs.ts';

const KEPT = 'needs';
/** How many besides the first are shown with all their reasons. */
const RUNNERS_UP = 2;

/** From what is needed to a choice, with its reasons. `top` is the bar of the page. */
export function Choosing({ top }: { top: ReactNode }) {
  const { t } = useTranslation('race');
  const [needs, setNeeds] = useState<Needs>(() => ({ ...USUAL_NEEDS, ...stored<Partial<Needs>>(KEPT, {}) }));
  const result = useRace((race) => race.result);
  const assessed = assess(needs, result);
  const able = assessed.filter(({ score }) => score !== null);
  const out = assessed.filter(({ score }) => score === null);

  useEffect(() => {
    document.title = `${t('choosing.title')} · ${t('app:brand')}`;
  }, [t]);

  const choose = <Name extends keyof Needs>(name: Name, value: Needs[Name]): void => {
    const next = { ...needs, [name]: value };
    store(KEPT, next);
    setNeeds(next);
  };

  return (
    <div className={styles.page}>
      {top}
      <main className={styles.main}>
        <header className={styles.header}>
          <h1>{t('choosing.title')}</h1>
          <p>{t('choosing.lead')}</p>
        </header>
        <form className={styles.needs} aria-label={t('choosing.needs')}>
          {(Object.keys(NEEDS) as (keyof Needs)[]).map((name) => (
            <fieldset key={name}>
              <legend>{t(`choosing.${name}.label`)}</legend>
              {NEEDS[name].map((value) => (
                <label key={value}>
                  <input
                    type="radio"
                    name={name}
                    checked={needs[name] === value}
                    onChange={() => choose(name, value)}
                  />
                  <span>{t(`choosing.${name}.${value}`)}</span>
                </label>
              ))}
            </fieldset>
          ))}
        </form>
        <section className={styles.choice} aria-label={t('choosing.choice')} aria-live="polite">
          {able.slice(0, 1 + RUNNERS_UP).map((each, index) => (
            <Candidate key={each.technique} assessment={each} place={index} />
          ))}
          {needs.legacy !== 'today' && <p className={styles.note}>{t('choosing.fallback')}</p>}
        </section>
        <section className={styles.rest}>
          <h2>{t('choosing.rest')}</h2>
          <ul>
            {[...able.slice(1 + RUNNERS_UP), ...out].map((each) => (
              <Other key={each.technique} assessment={each} />
            ))}
          </ul>
        </section>
        <Source />
        <section className={styles.limits}>
          <h2>{t('choosing.limits')}</h2>
          <ul>
            {(['machine', 'weights', 'server', 'http2', 'context'] as const).map((limit) => (
              <li key={limit}>{t(`choosing.limit.${limit}`)}</li>
            ))}
          </ul>
        </section>
      </main>
    </div>
  );
}

/** Where the figures are from, and the way to fresh ones. */
function Source() {
  const { t } = useTranslation('race');
  const { language } = useLanguage();
  const { result, phase, settings } = useRace();
  const frames = useRef<HTMLDivElement>(null);
  const done = result && result.status !== 'running' ? result : null;
  const isOn = phase === 'running' || phase === 'starting';
  useEffect(() => () => useRace.getState().stop(), []);
  return (
    <section className={styles.source} aria-label={t('choosing.source')}>
      <h2>{t('choosing.source')}</h2>
      <p role="status">
        {isOn
          ? t('choosing.measuring')
          : done
            ? t('choosing.from', {
                date: new Date(done.startedAt).toLocaleString(language),
                latency: interval(done.settings.latencyMs),
                poll: interval(done.settings.pollIntervalMs),
                techniques: namesOf(
                  done.tracks.map(({ technique }) => technique),
                  language,
                ),
              }) + circumstancesOf(done, t)
            : t('choosing.unmeasured')}
      </p>
      <div className={styles.run}>
        <RunOrStop frames={frames} />
        <span>{t('choosing.runHint', { n: settings.techniques.length, s: settings.spanMs / 1000 })}</span>
        <Link href="/lessons/race">{t('choosing.toRace')}</Link>
      </div>
      <div ref={frames} hidden />
    </section>
  );
}

/** What else was not as usual in that race. */
function circumstancesOf({ settings: { proxy }, tracks }: RaceResult, t: TFunction<'race'>): string {
  const isCut = tracks.some(({ cuts }) => cuts.length > 0);
  return (
    (proxy === 'direct' ? '' : t('choosing.fromProxy', { proxy: t(`settings.proxies.${proxy}`) })) +
    (isCut ? t('choosing.fromCut') : '')
  );
}

function Candidate({ assessment, place }: { assessment: Assessment; place: number }) {
  const { t } = useTranslation('race');
  const { language } = useLanguage();
  const { technique, reasons, measured, bytesPerDay } = assessment;
  return (
    <article className={styles.candidate} data-first={place === 0 || undefined}>
      <span className={styles.glyph}>
        <Glyph of={technique} />
      </span>
      <div>
        <p className={styles.place}>{t(place === 0 ? 'choosing.first' : 'choosing.next')}</p>
        <h2>
          <Link href={`/lessons/${technique}`}>{nameOf(technique, language)}</Link>
        </h2>
        <ul className={styles.reasons}>
          {reasons.map((reason) => (
            <ReasonItem key={reason.rule} reason={reason} />
          ))}
        </ul>
      </div>
      <dl className={styles.figures}>
        <div>
          <dt>{t('choosing.delay')}</dt>
          <dd>{measured?.medianMs == null ? '–' : durationText(measured.medianMs)}</dd>
        </div>
        <div>
          <dt>{t('choosing.perDay')}</dt>
          <dd>{bytesPerDay === null ? '–' : perDayText(bytesPerDay)}</dd>
        </div>
      </dl>
    </article>
  );
}

function Other({ assessment: { technique, reasons, score } }: { assessment: Assessment }) {
  const { language } = useLanguage();
  const decisive = reasons
    .filter(({ weight }) => (score === null ? weight === 'out' : weight !== 'out' && weight < 0))
    .slice(0, 2);
  return (
    <li>
      <b>{nameOf(technique, language)}</b>
      <ul className={styles.reasons}>
        {decisive.map((reason) => (
          <ReasonItem key={reason.rule} reason={reason} />
        ))}
      </ul>
    </li>
  );
}

function ReasonItem({ reason: { rule, weight, values } }: { reason: Reason }) {
  const { t } = useTranslation('race');
  const said = {
    ms: values?.ms === undefined ? '' : durationText(values.ms),
    bytes: values?.bytes === undefined ? '' : bytesText(values.bytes),
    published: values?.published ?? 0,
  };
  const sign =
    weight === 'out' ? '×' : weight > 0 ? '+'.repeat(Math.min(4, weight)) : '−'.repeat(Math.min(4, -weight));
  return (
    <li data-sign={weight === 'out' || weight < 0 ? 'against' : 'for'}>
      <span aria-hidden="true">{sign}</span>
      <span>
        <span className={styles.heard}>
          {t(weight === 'out' ? 'choosing.out' : weight > 0 ? 'choosing.for' : 'choosing.against')}
        </span>{' '}
        {t(`choosing.reason.${rule}`, said)}
      </span>
    </li>
  );
}

function perDayText(bytes: number): string {
  return bytes < 10e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(0)} MB`;
}
