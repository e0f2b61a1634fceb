-- Checks the plan of one night against every rule of the policy. It shares no code with the planner.
--
-- Views: users, suppressions, pushes, push_log, decisions, ranked_items, push_list, push_schedule of the night;
-- earlier: push_schedule of the nights before. All names begin with audit_. Times are UTC, as the session's zone is.
-- Result, a row for each rule: rule, meaning, checked (rows), violations, example (a push or a user that breaks it).
-- A rule that cannot be decided, since a value is missing, is broken.
WITH
  rules (position, rule, meaning) AS (
    VALUES
      (1, 'consent', 'a push goes to a user who agreed to pushes'),
      (2, 'suppressed', 'no push goes to a suppressed user'),
      (3, 'quiet_hours', 'no push goes in the quiet hours of its user'),
      (4, 'unknown_zone', 'a user whose zone is not known is treated as policy.unknown_zone says'),
      (5, 'weekly_cap', 'a user has at most policy.weekly_cap pushes in any 168 hours'),
      (6, 'daily_cap', 'a user has at most policy.daily_cap pushes on a local day'),
      (7, 'min_gap', 'two pushes of a user are policy.min_gap_hours apart'),
      (8, 'inside_the_day', 'a push goes in the 24 hours that the night plans'),
      (9, 'valid_until', 'a push expires after policy.valid_minutes, and before quiet hours begin'),
      (10, 'planned_at', 'planned_at is the end of the day that the night closed'),
      (11, 'one_decision_per_user', 'each known user has one decision'),
      (12, 'send_means_scheduled', 'the users decided to send to are those with a push'),
      (13, 'items_are_ranked', 'an item of a push is on the list of its user'),
      (14, 'items_are_listed', 'push_list has the items of the pushes, and no others'),
      (15, 'no_push_is_empty', 'a push shows an item'),
      (16, 'no_item_twice', 'a user is shown an item once'),
      (17, 'push_id_is_unique', 'a push id names one push, of all nights'),
      (18, 'propensity', 'a propensity is above 0 and at most 1'),
      (19, 'open_probability', 'an open probability is above 0 and at most 1'),
      (20, 'expected_value', 'an expected value is 0 or more'),
      (21, 'local_hour', 'zone and local_hour are those of the user at send_at')
  ),
  window AS (
    SELECT
      to_utc_timestamp(CAST(date_add(:night, 1) AS TIMESTAMP), :shop_zone) AS planned_at,
      timestampadd(HOUR, :lead_hours, to_utc_timestamp(CAST(date_add(:night, 1) AS TIMESTAMP), :shop_zone)) AS start_at,
      timestampadd(HOUR, :lead_hours, to_utc_timestamp(CAST(date_add(:night, 2) AS TIMESTAMP), :shop_zone)) AS end_at
  ),
  -- What was sent, as far as the log and the plans before tell.
  logged AS (
    SELECT push_id, user_id, min(sent_at) AS sent_at FROM audit_pushes GROUP BY push_id, user_id
  ),
  named AS (
    SELECT push_id, bool_and(is_dropped) AS is_dropped
    FROM (
      SELECT push_id, false AS is_dropped FROM logged
      UNION ALL
      SELECT push_id, kind = 'dropped' FROM audit_push_log WHERE kind IN ('dropped', 'unclear'))
    GROUP BY push_id
  ),
  complete AS (
    SELECT min(coalesce(at, TIMESTAMP '1970-01-01 00:00:00')) AS through, bool_and(kind = 'stated') AS is_stated
    FROM audit_push_log
    WHERE kind IN ('stated', 'inferred')
  ),
  believed AS (
    SELECT max(through) AS through
    FROM (
      SELECT c.through, c.is_stated, avg(IF(n.push_id IS NULL, 0, 1)) AS share
      FROM complete c
        LEFT JOIN audit_earlier e ON e.valid_until <= c.through
        LEFT JOIN named n ON n.push_id = e.push_id
      GROUP BY c.through, c.is_stated)
    WHERE is_stated OR share >= 0.9
  ),
  sent AS (
    SELECT push_id, user_id, sent_at FROM logged
    UNION ALL
    SELECT e.push_id, e.user_id, e.send_at
    FROM audit_earlier e
      LEFT ANTI JOIN logged l ON l.push_id = e.push_id AND l.user_id = e.user_id
      LEFT JOIN named n ON n.push_id = e.push_id
      CROSS JOIN believed b
    WHERE NOT coalesce(n.is_dropped, false)
      AND (n.push_id IS NOT NULL OR e.valid_until > coalesce(b.through, TIMESTAMP '1900-01-01 00:00:00'))
  ),
  -- Quiet hours are a user's own only as a pair of two different times.
  person AS (
    SELECT
      user_id, zone, has_consent, is_zone_known,
      IF(is_pair, quiet_from, :quiet_from) AS quiet_from, IF(is_pair, quiet_to, :quiet_to) AS quiet_to
    FROM (
      SELECT *, coalesce(quiet_from <> quiet_to
        AND quiet_from RLIKE '^([01][0-9]|2[0-3]):[0-5][0-9]$'
        AND quiet_to RLIKE '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$', false) AS is_pair
      FROM audit_users)
  ),
  local AS (
    SELECT
      p.*, u.has_consent, u.is_zone_known, u.quiet_from, u.quiet_to, u.zone AS user_zone,
      from_utc_timestamp(p.send_at, u.zone) AS local_at
    FROM audit_push_schedule p LEFT JOIN person u ON u.user_id = p.user_id
  ),
  refused AS (
    SELECT user_id, min(coalesce(since, TIMESTAMP '1900-01-01 00:00:00')) AS since
    FROM audit_suppressions
    GROUP BY user_id
  ),
  -- The zones in which a push may not disturb: the user's, or all where the user may live.
  anywhere AS (
    SELECT l.*, from_utc_timestamp(l.send_at, z.zone) AS there_at
    FROM local l
      LEFT JOIN (SELECT DISTINCT zone FROM audit_users) z
        ON z.zone = l.user_zone OR (NOT l.is_zone_known AND :unknown_zone = 'strict')
  ),
  -- Every past and planned push of a planned user.
  history AS (
    SELECT h.*, CAST(from_utc_timestamp(h.sent_at, u.zone) AS DATE) AS local_day
    FROM (
      SELECT push_id, user_id, sent_at, false AS is_planned FROM sent
      WHERE user_id IN (SELECT user_id FROM audit_push_schedule)
      UNION ALL
      SELECT push_id, user_id, send_at, true FROM audit_push_schedule) h
      LEFT JOIN person u ON u.user_id = h.user_id
  ),
  -- Weeks end at a push: the fullest that holds a planned one.
  weekly AS (
    SELECT push_id, max(pushes) AS pushes
    FROM (
      SELECT p.push_id, e.sent_at, e.push_id AS last_id, count(*) AS pushes
      FROM audit_push_schedule p
        JOIN history e ON e.user_id = p.user_id
          AND e.sent_at >= p.send_at AND e.sent_at < p.send_at + INTERVAL 168 HOURS
        JOIN history h ON h.user_id = p.user_id
          AND h.sent_at <= e.sent_at AND h.sent_at > e.sent_at - INTERVAL 168 HOURS
      GROUP BY p.push_id, e.sent_at, e.push_id)
    GROUP BY push_id
  ),
  daily AS (
    SELECT user_id, local_day, count(*) AS pushes
    FROM history
    GROUP BY user_id, local_day
    HAVING bool_or(is_planned)
  ),
  gaps AS (
    SELECT p.push_id, min(abs(unix_micros(h.sent_at) - unix_micros(p.send_at))) AS micros
    FROM audit_push_schedule p
      LEFT JOIN history h ON h.user_id = p.user_id AND h.push_id <> p.push_id
    GROUP BY p.push_id
  ),
  shown AS (
    SELECT push_id, user_id, explode(items) AS item_id FROM audit_push_schedule
  ),
  facts AS (
    SELECT push_id AS subject, stack(10,
      'consent', has_consent,
      'suppressed', r.since IS NULL OR r.since >= w.end_at,
      'quiet_hours', CASE
        WHEN quiet_from < quiet_to
          THEN date_format(local_at, 'HH:mm') < quiet_from OR date_format(local_at, 'HH:mm') >= quiet_to
        WHEN quiet_from > quiet_to
          THEN date_format(local_at, 'HH:mm') < quiet_from AND date_format(local_at, 'HH:mm') >= quiet_to
        ELSE quiet_from = quiet_to END,
      'inside_the_day', send_at >= w.start_at AND send_at < w.end_at,
      'planned_at', l.planned_at = w.planned_at,
      'no_push_is_empty', size(items) > 0,
      'propensity', propensity > 0 AND propensity <= 1,
      'open_probability', open_probability > 0 AND open_probability <= 1,
      'expected_value', expected_value >= 0,
      'local_hour', zone = user_zone AND local_hour = hour(local_at)) AS (rule, holds)
    FROM local l CROSS JOIN window w LEFT JOIN refused r ON r.user_id = l.user_id
    UNION ALL
    SELECT push_id, stack(2,
      'unknown_zone', is_zone_known OR (:unknown_zone <> 'skip' AND CASE
        WHEN quiet_from < quiet_to
          THEN date_format(there_at, 'HH:mm') < quiet_from OR date_format(there_at, 'HH:mm') >= quiet_to
        WHEN quiet_from > quiet_to
          THEN date_format(there_at, 'HH:mm') < quiet_from AND date_format(there_at, 'HH:mm') >= quiet_to
        ELSE quiet_from = quiet_to END),
      'valid_until', valid_until > send_at
        AND valid_until <= timestampadd(MINUTE, :valid_minutes, send_at)
        AND (quiet_from = quiet_to
          OR unix_seconds(valid_until) DIV 60 - unix_seconds(send_at) DIV 60
            <= (split(quiet_from, ':')[0] * 60 + split(quiet_from, ':')[1]
              - hour(there_at) * 60 - minute(there_at) + 2879) % 1440 + 1)) AS (rule, holds)
    FROM anywhere
    UNION ALL
    SELECT push_id, 'weekly_cap', pushes <= :weekly_cap FROM weekly
    UNION ALL
    SELECT user_id, 'daily_cap', pushes <= :daily_cap FROM daily
    UNION ALL
    SELECT push_id, 'min_gap', coalesce(micros >= :min_gap_hours * 3600000000, true) FROM gaps
    UNION ALL
    SELECT user_id, 'one_decision_per_user', sum(decided) = 1 AND sum(known) = 1
    FROM (
      SELECT user_id, 1 AS decided, 0 AS known FROM audit_decisions
      UNION ALL
      SELECT user_id, 0, 1 FROM audit_users)
    GROUP BY user_id
    UNION ALL
    SELECT user_id, 'send_means_scheduled', max(decided) = max(planned)
    FROM (
      SELECT user_id, IF(decision = 'send', 1, 0) AS decided, 0 AS planned FROM audit_decisions
      UNION ALL
      SELECT user_id, 0, 1 FROM audit_push_schedule)
    GROUP BY user_id
    UNION ALL
    SELECT user_id, 'propensity', propensity > 0 AND propensity <= 1 FROM audit_decisions
    UNION ALL
    SELECT s.push_id, 'items_are_ranked', r.user_id IS NOT NULL
    FROM shown s
      LEFT JOIN (SELECT DISTINCT user_id, item_id FROM audit_ranked_items) r
        ON r.user_id = s.user_id AND r.item_id = s.item_id
    UNION ALL
    SELECT user_id, 'items_are_listed', max(in_push) = 1 AND max(in_list) = 1
    FROM (
      SELECT user_id, item_id, 1 AS in_push, 0 AS in_list FROM shown
      UNION ALL
      SELECT user_id, item_id, 0, 1 FROM audit_push_list)
    GROUP BY user_id, item_id
    UNION ALL
    SELECT user_id, 'no_item_twice', count(*) = 1 FROM shown GROUP BY user_id, item_id
    UNION ALL
    SELECT push_id, 'push_id_is_unique', count(*) = 1
    FROM (SELECT push_id FROM audit_push_schedule UNION ALL SELECT push_id FROM audit_earlier)
    GROUP BY push_id
  )
SELECT
  r.rule, r.meaning, count(f.subject) AS checked,
  count_if(f.subject IS NOT NULL AND f.holds IS NOT TRUE) AS violations,
  min(IF(f.holds IS TRUE, NULL, f.subject)) AS example
FROM rules r LEFT JOIN facts f ON f.rule = r.rule
GROUP BY r.position, r.rule, r.meaning
ORDER BY r.position
