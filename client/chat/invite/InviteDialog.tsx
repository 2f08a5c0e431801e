import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/index.ts';
import { ROOM } from '../page/room-lab.ts';
import { RoomError } from '../room-api.ts';
import { addressesOf, fetchAddresses } from './addresses.ts';
import styles from './Invite.module.css';
import { QrCode } from './QrCode.tsx';
import { watchRoom } from './watch-room.ts';

/** From edge to edge, to be read from the back of a class room: where the room is, and how many are in it. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('chat');
  const [addresses, setAddresses] = useState<readonly string[] | null>(null);
  const [isUnreachable, setUnreachable] = useState(false);
  const [chosen, choose] = useState(0);
  const [count, setCount] = useState<number | null>(null);
  const id = useId();

  useEffect(() => {
    let isOver = false;
    fetchAddresses().then(
      (known) => !isOver && setAddresses(addressesOf(location, known)),
      (error: unknown) => {
        if (!(error instanceof RoomError)) throw error;
        if (!isOver) setUnreachable(true);
      },
    );
    return () => {
      isOver = true;
    };
  }, []);
  useEffect(() => watchRoom(ROOM, setCount), []);

  const address = addresses?.[chosen];
  return (
    <Dialog label={t('invite.title')} closeLabel={t('app:nav.close')} place="screen" onClose={onClose}>
      <div className={styles.invitation}>
        {address !== undefined && (
          <>
            <QrCode text={address} label={t('invite.code', { address })} />
            <div className={styles.words}>
              <p className={styles.address}>{withoutScheme(address)}</p>
              {addresses!.length > 1 && (
                <p className={styles.choice}>
                  <label htmlFor={id}>{t('invite.choose')}</label>{' '}
                  <select id={id} value={chosen} onChange={({ target }) => choose(Number(target.value))}>
                    {addresses!.map((each, index) => (
                      <option key={each} value={index}>
                        {withoutScheme(each)}
                      </option>
                    ))}
                  </select>
                </p>
              )}
              <p className={styles.how}>{t('invite.how')}</p>
              {/* Always there, so that what it says is announced. */}
              <p className={styles.count} role="status">
                {count !== null && t('invite.count', { count })}
              </p>
            </div>
          </>
        )}
        {addresses?.length === 0 && <OnlyHere />}
        {isUnreachable && <p role="alert">{t('unreachable')}</p>}
      </div>
    </Dialog>
  );
}

/** The server listens on this computer alone. */
function OnlyHere() {
  const { t } = useTranslation('chat');
  return (
    <div className={styles.words}>
      <p>{t('invite.local')}</p>
      <pre className={styles.command}>HOST=0.0.0.0 npm start</pre>
      <p>{t('invite.localWhy')}</p>
    </div>
  );
}

/** What has to be typed: browsers put http:// before it. */
function withoutScheme(address: string): string {
  return address.replace(/^http:\/\//, '');
}
