import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LessonInfo } from '../../../lessons/index.ts';
import type { KeepItem } from '../../console/index.ts';
import { useFiles } from '../../editor/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useLab } from '../../lab/index.ts';
import { loadShareDialog, type SharedCode } from '../../share/index.ts';
import { download } from '../../ui/index.ts';
import { progressOf, useProgress } from '../progress.ts';
import { profileOfRun } from './browser-choice.ts';
import { BESIDE } from './code.ts';
import { zipOfLesson } from './project.ts';
import { codeToShare } from './shared.ts';

const ShareDialog = lazy(async () => ({ default: (await loadShareDialog()).ShareDialog }));

/** What the menu offers to do with the code, and the dialog that it opens. */
export function useSharing(lesson: LessonInfo): { items: KeepItem[]; dialog: ReactNode } {
  const { t } = useTranslation('stage');
  const { language } = useLanguage();
  const [code, setCode] = useState<SharedCode | null>(null);

  const downloadProject = async () => {
    const profile = profileOfRun(lesson);
    const files = { ...BESIDE, ...useFiles.getState().files };
    const zip = await zipOfLesson({ lesson, files, profile, title: lesson.title[language], t });
    download(zip, `${lesson.id}.zip`);
  };

  const items = [
    {
      label: t('share.item'),
      choose: () => {
        const { step } = progressOf(useProgress.getState(), lesson.id);
        setCode(codeToShare(lesson, step, useLab.getState().conditions));
      },
    },
    { label: t('project.item'), choose: downloadProject, failed: t('project.failed') },
  ];
  const dialog = code && (
    <Suspense>
      <ShareDialog code={code} onClose={() => setCode(null)} />
    </Suspense>
  );
  return { items, dialog };
}
