import { useTranslation } from 'react-i18next';
import { Icon, IconButton, useTheme } from '../../ui/index.ts';

export function ThemeToggle({ className }: { className?: string | undefined }) {
  const { t } = useTranslation();
  const dark = useTheme((state) => state.theme === 'dark');
  const toggle = useTheme((state) => state.toggle);
  return (
    <IconButton label={t(dark ? 'nav.toLight' : 'nav.toDark')} onClick={toggle} className={className}>
      <Icon name={dark ? 'sun' : 'moon'} />
    </IconButton>
  );
}
