import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { findingsOf, type Finding } from '../model/findings.ts';
import type { RaceResult } from '../model/result.ts';
import styles from './Race.module.css';
import { durationText, nameOf, namesOf } from './words.ts';

/** What the race has shown: read off its figures, so nothing stands here that did not happen. */
export function Findings({ result }: { result: RaceResult | null }) {
  const { t } = useTranslation('race');
  const { language } = useLanguage();
  const findings = result && result.status !== 'running' ? findingsOf(result) : [];

  const values = (finding: Finding): Record<string, string | number> => {
    switch (finding.kind) {
      case 'blocked':
      case 'held-back':
        return { techniques: namesOf(finding.techniques, language) };
      case 'cut':
        return { ms: durationText(finding.longestMs) };
      case 'interval':
        return { ms: durationText(finding.medianMs), empty: finding.empty, requests: finding.requests };
      case 'bursts':
        return { numbers: finding.numbers.join(language === 'en' ? ', ' : '、') };
      case 'tie':
        return { techniques: namesOf(finding.techniques, language), ms: durationText(finding.medianMs) };
      case 'bytes':
        return {
          most: nameOf(finding.most, language),
          least: nameOf(finding.least, language),
          times: finding.times.toFixed(1),
        };
    }
  };

  return (
    <section className={styles.findings} aria-label={t('findings.label')}>
      {findings.length === 0 ? (
        <p>
          <b>{t('findings.none.title')}</b>{' '}
          {t(result?.status === 'running' ? 'findings.none.running' : 'findings.none.text')}
        </p>
      ) : (
        findings.map((finding) => (
          <p key={finding.kind}>
            <b>{t(`findings.${finding.kind}.title`)}</b> {t(`findings.${finding.kind}.text`, values(finding))}
          </p>
        ))
      )}
    </section>
  );
}
