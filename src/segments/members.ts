import type { Database } from "../data/database.js";
import type { Replay } from "./replay-rules.js";

/** How an identified customer stands to the programme. */
export interface Member {
  id: string;
  isIn: boolean;
  /** First day of the present stay, `YYYY-MM-DD`; null for who is not in. */
  since: string | null;
  /** Why a member is in. */
  reason: string | null;
  /** What one who is next in line lacks. */
  lacks: string | null;
  /** Products to offer to one who is next in line. */
  offers: string | null;
  /** Arm of the experiment that a member was dealt to. */
  arm: string | null;
}

/** What is known of members and of those who are next in line, by their ids. */
export interface MemberNotes {
  replay: Replay;
  reasons: ReadonlyMap<string, string>;
  lacks: ReadonlyMap<string, string>;
  offers: ReadonlyMap<string, string>;
  arms: ReadonlyMap<string, string>;
}

/** How each of these customers stands to the programme at the end of the replay, in their order. */
export function describeMembers(
  ids: readonly string[],
  { replay, reasons, lacks, offers, arms }: MemberNotes,
): Member[] {
  const since = new Map(
    replay.stays.filter(({ to }) => to === null).map(({ id, from }) => [id, replay.days[from]!.day]),
  );
  return ids.map((id) => ({
    id,
    isIn: since.has(id),
    since: since.get(id) ?? null,
    reason: reasons.get(id) ?? null,
    lacks: lacks.get(id) ?? null,
    offers: offers.get(id) ?? null,
    arm: arms.get(id) ?? null,
  }));
}

/** Makes the table `members`: customer_id, is_insider, entered, reason, lacks, offers, arm, is_next; by customer. */
export async function storeMembers(db: Database, members: readonly Member[]): Promise<void> {
  const listed = (pick: (member: Member) => unknown): string => JSON.stringify(members.map(pick));
  await db.run(
    `CREATE OR REPLACE TABLE members AS SELECT *, lacks IS NOT NULL AS is_next FROM (
       SELECT unnest($ids::JSON::VARCHAR[]) AS customer_id, unnest($isIn::JSON::BOOLEAN[]) AS is_insider,
         unnest($since::JSON::VARCHAR[])::DATE AS entered, unnest($reason::JSON::VARCHAR[]) AS reason,
         unnest($lacks::JSON::VARCHAR[]) AS lacks, unnest($offers::JSON::VARCHAR[]) AS offers,
         unnest($arm::JSON::VARCHAR[]) AS arm
     ) ORDER BY customer_id`,
    {
      ids: listed(({ id }) => id),
      isIn: listed(({ isIn }) => isIn),
      since: listed(({ since }) => since),
      reason: listed(({ reason }) => reason),
      lacks: listed(({ lacks }) => lacks),
      offers: listed(({ offers }) => offers),
      arm: listed(({ arm }) => arm),
    },
  );
}
