import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import styles from './PlaygroundBoundary.module.css';

/** When the playground cannot be fetched, or breaks: the text stays, and says what can be done. */
export class PlaygroundBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return this.state.error === null ? this.props.children : <Broken error={this.state.error} />;
  }
}

function Broken({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <section className={styles.broken} aria-label={t('stage.label')}>
      <div role="alert">
        <h2>{t('stage.broken')}</h2>
        <p>{t('stage.brokenText')}</p>
        <p>
          <code>{error instanceof Error ? error.message : String(error)}</code>
        </p>
      </div>
      <p className={styles.ways}>
        <button type="button" onClick={() => location.reload()}>
          {t('stage.reload')}
        </button>
        <Link href="/check">{t('nav.check')}</Link>
      </p>
    </section>
  );
}
