import { useTranslation } from 'react-i18next';
import { LANGUAGES, useLanguage, type Language } from '../../i18n/index.ts';
import styles from './LanguageSwitch.module.css';

/** Each language names itself, so that it is found by who needs it. */
const NAMES: Record<Language, { short: string; full: string }> = {
  en: { short: 'EN', full: 'English' },
  'zh-CN': { short: '中文', full: '中文' },
};

export function LanguageSwitch({ className }: { className?: string | undefined }) {
  const { t } = useTranslation();
  const { language, setLanguage } = useLanguage();
  return (
    <span
      className={className ? `${styles.switch} ${className}` : styles.switch}
      role="group"
      aria-label={t('nav.language')}
    >
      {LANGUAGES.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          title={NAMES[each].full}
          aria-pressed={each === language}
          onClick={() => void setLanguage(each)}
        >
          {NAMES[each].short}
        </button>
      ))}
    </span>
  );
}
