-- Checks the plan of one night against every rule; shares no code with the planner. DuckDB 1.4 or newer.
--
-- One statement. Before it, the caller sets TimeZone to UTC and creates
--   variables  plan_date DATE (the night: the day after it is planned), shop_zone, quiet_from and quiet_to (HH:mm),
--              daily_cap, weekly_cap, min_gap_hours, valid_minutes, unknown_zone, lead_hours
--   relations  users, suppressions, decisions, ranked_items, push_list: of the night
--              pushes: the mailer's log (push_id, user_id, sent_at)
--              push_log: what the log says besides (kind, push_id, at), of the night
--              schedules: push_schedule of every night up to this one, with the night's date as column "night"
-- The result has one row per rule: rule, checked (number of rows checked), violations.
WITH
  planned AS (
    SELECT s.* REPLACE (make_timestamp(epoch_us(s.send_at)) AS send_at)
    FROM schedules s
    WHERE night = getvariable('plan_date')
  ),
  earlier AS (
    SELECT night, push_id, user_id, make_timestamp(epoch_us(send_at)) AS sent_at,
      make_timestamp(epoch_us(valid_until)) AS valid_until
    FROM schedules
    WHERE night < getvariable('plan_date')
  ),
  log AS (
    SELECT push_id, user_id, make_timestamp(epoch_us(sent_at)) AS sent_at FROM pushes
  ),
  -- Ids that the log names; each was dropped or not.
  named AS (
    SELECT push_id, bool_and(is_dropped) AS is_dropped
    FROM (
      SELECT push_id, false AS is_dropped FROM log
      UNION ALL
      SELECT push_id, kind = 'dropped' FROM push_log WHERE kind IN ('dropped', 'unclear'))
    GROUP BY push_id
  ),
  complete AS (
    SELECT min(coalesce(make_timestamp(epoch_us("at")), TIMESTAMP '1970-01-01')) AS through,
      bool_and(kind = 'stated') AS is_stated
    FROM push_log
    WHERE kind IN ('stated', 'inferred')
  ),
  -- A log that does not say how far it is complete is believed where it names nine in ten of the planned pushes.
  believed AS (
    SELECT through
    FROM complete
    WHERE is_stated OR (
      SELECT avg((push_id IN (SELECT push_id FROM named))::INT) FROM earlier
      WHERE valid_until <= through AND night >= getvariable('plan_date') - 8) >= 0.9
  ),
  -- A push of an earlier night counts as sent until the log says dropped, or is complete past it and does not name it.
  sent AS (
    SELECT push_id, user_id, sent_at FROM log
    UNION ALL
    SELECT push_id, user_id, sent_at
    FROM earlier
    WHERE (push_id, user_id) NOT IN (SELECT (push_id, user_id) FROM log)
      AND push_id NOT IN (SELECT push_id FROM named WHERE is_dropped)
      AND (push_id IN (SELECT push_id FROM named)
        OR valid_until > coalesce((SELECT through FROM believed), TIMESTAMP '1900-01-01'))
  ),
  day AS (
    SELECT
      timezone('UTC', timezone(getvariable('shop_zone'), (getvariable('plan_date') + 1)::TIMESTAMP))
        + to_hours(getvariable('lead_hours')) AS start_at,
      timezone('UTC', timezone(getvariable('shop_zone'), (getvariable('plan_date') + 2)::TIMESTAMP))
        + to_hours(getvariable('lead_hours')) AS end_at
  ),
  -- Quiet hours are a user's own only as a pair of two different times.
  person AS (
    SELECT
      user_id, zone, has_consent, is_zone_known,
      CASE WHEN is_pair THEN quiet_from ELSE getvariable('quiet_from') END::TIME AS quiet_from,
      CASE WHEN is_pair THEN quiet_to ELSE getvariable('quiet_to') END::TIME AS quiet_to
    FROM (SELECT *, coalesce(quiet_from <> quiet_to
        AND regexp_full_match(quiet_from, '([01][0-9]|2[0-3]):[0-5][0-9]')
        AND regexp_full_match(quiet_to, '([01][0-9]|2[0-3]):[0-5][0-9]|24:00'), false) AS is_pair
      FROM users)
  ),
  local AS (
    SELECT p.*, u.has_consent, u.is_zone_known, u.quiet_from, u.quiet_to, u.zone AS user_zone,
      timezone(u.zone, timezone('UTC', p.send_at)) AS local_at
    FROM planned p LEFT JOIN person u USING (user_id)
  ),
  -- The zones in which a push may not disturb: the user's, or all where the user may live.
  anywhere AS (
    SELECT l.push_id, l.is_zone_known, l.send_at, make_timestamp(epoch_us(l.valid_until)) AS valid_until,
      l.quiet_from, l.quiet_to, timezone(z.zone, timezone('UTC', l.send_at)) AS there_at
    FROM local l JOIN (SELECT DISTINCT zone FROM users) z
      ON z.zone = l.user_zone OR (NOT l.is_zone_known AND getvariable('unknown_zone') = 'strict')
  ),
  -- Every past and planned push of a planned user, in local time.
  history AS (
    SELECT push_id, user_id, sent_at, false AS is_planned FROM sent
    WHERE user_id IN (SELECT user_id FROM planned)
    UNION ALL
    SELECT push_id, user_id, send_at, true FROM planned
  ),
  local_history AS (
    SELECT h.*, timezone(u.zone, timezone('UTC', h.sent_at))::DATE AS local_day
    FROM history h JOIN person u USING (user_id)
  ),
  weekly AS (
    SELECT p.push_id
    FROM planned p
      JOIN history e ON e.user_id = p.user_id AND e.sent_at >= p.send_at AND e.sent_at < p.send_at + INTERVAL 168 HOURS
      JOIN history h ON h.user_id = p.user_id AND h.sent_at <= e.sent_at AND h.sent_at > e.sent_at - INTERVAL 168 HOURS
    GROUP BY p.push_id, e.push_id, e.sent_at
    HAVING count(*) > getvariable('weekly_cap')
  ),
  daily AS (
    SELECT user_id, local_day
    FROM local_history
    GROUP BY user_id, local_day
    HAVING bool_or(is_planned) AND count(*) > getvariable('daily_cap')
  ),
  close_by AS (
    SELECT p.push_id
    FROM planned p JOIN history h ON h.user_id = p.user_id AND h.push_id <> p.push_id
    WHERE abs(epoch_us(h.sent_at) - epoch_us(p.send_at)) < getvariable('min_gap_hours') * 3600000000
  ),
  shown AS (
    SELECT push_id, user_id, unnest(items) AS item_id FROM planned
  ),
  listed AS (
    SELECT user_id, item_id FROM push_list
  )
SELECT 'consent' AS rule, count(*) AS checked,
  count(*) FILTER (has_consent IS NOT TRUE) AS violations FROM local
UNION ALL
SELECT 'suppressed', count(*), count(*) FILTER (EXISTS (
    SELECT 1 FROM suppressions s, day
    WHERE s.user_id = local.user_id AND (s.since IS NULL OR make_timestamp(epoch_us(s.since)) < day.end_at)))
FROM local
UNION ALL
SELECT 'quiet_hours', count(*), count(*) FILTER (
    (quiet_from < quiet_to AND local_at::TIME >= quiet_from AND local_at::TIME < quiet_to)
    OR (quiet_from > quiet_to AND (local_at::TIME >= quiet_from OR local_at::TIME < quiet_to)))
FROM local
UNION ALL
SELECT 'unknown_zone', count(*), count(DISTINCT push_id) FILTER (NOT is_zone_known AND (
    getvariable('unknown_zone') = 'skip'
    OR (quiet_from < quiet_to AND there_at::TIME >= quiet_from AND there_at::TIME < quiet_to)
    OR (quiet_from > quiet_to AND (there_at::TIME >= quiet_from OR there_at::TIME < quiet_to))))
FROM anywhere
UNION ALL
SELECT 'weekly_cap', (SELECT count(*) FROM planned), count(DISTINCT push_id) FROM weekly
UNION ALL
SELECT 'daily_cap', (SELECT count(*) FROM planned), count(*) FROM daily
UNION ALL
SELECT 'min_gap', (SELECT count(*) FROM planned), count(DISTINCT push_id) FROM close_by
UNION ALL
SELECT 'inside_the_day', count(*),
  count(*) FILTER (send_at < (SELECT start_at FROM day) OR send_at >= (SELECT end_at FROM day)) FROM planned
UNION ALL
SELECT 'valid_until', count(*), count(DISTINCT push_id) FILTER (
    (valid_until > send_at AND valid_until <= send_at + to_minutes(getvariable('valid_minutes'))
      AND (quiet_from = quiet_to OR date_diff('minute', send_at, valid_until)
        <= (hour(quiet_from) * 60 + minute(quiet_from) - hour(there_at) * 60 - minute(there_at) + 2879) % 1440 + 1))
    IS NOT TRUE)
FROM anywhere
UNION ALL
SELECT 'planned_at', count(*), count(*) FILTER ((make_timestamp(epoch_us(planned_at))
    = (SELECT start_at FROM day) - to_hours(getvariable('lead_hours'))) IS NOT TRUE)
FROM planned
UNION ALL
SELECT 'one_decision_per_user', count(*), count(*) FILTER (decided <> 1 OR known <> 1)
FROM (
  SELECT user_id, sum(decided) AS decided, sum(known) AS known
  FROM (
    SELECT user_id, 1 AS decided, 0 AS known FROM decisions
    UNION ALL
    SELECT user_id, 0, 1 FROM users)
  GROUP BY user_id)
UNION ALL
SELECT 'send_means_scheduled', (SELECT count(*) FROM decisions), count(*)
FROM (SELECT DISTINCT user_id FROM decisions WHERE decision = 'send') d
  FULL JOIN (SELECT DISTINCT user_id FROM planned) p USING (user_id)
WHERE d.user_id IS NULL OR p.user_id IS NULL
UNION ALL
SELECT 'items_are_ranked', count(*),
  count(*) FILTER ((user_id, item_id) NOT IN (SELECT (user_id, item_id) FROM ranked_items)) FROM shown
UNION ALL
SELECT 'items_are_listed', count(*), count(*) FILTER (in_push <> 1 OR in_list <> 1)
FROM (
  SELECT user_id, item_id, max(in_push) AS in_push, max(in_list) AS in_list
  FROM (
    SELECT user_id, item_id, 1 AS in_push, 0 AS in_list FROM shown
    UNION ALL
    SELECT user_id, item_id, 0, 1 FROM listed)
  GROUP BY user_id, item_id)
UNION ALL
SELECT 'no_push_is_empty', count(*), count(*) FILTER (coalesce(len(items), 0) = 0) FROM planned
UNION ALL
SELECT 'no_item_twice', count(*), count(*) FILTER (times > 1)
FROM (SELECT user_id, item_id, count(*) AS times FROM shown GROUP BY user_id, item_id)
UNION ALL
SELECT 'push_id_is_unique', count(*), count(*) FILTER (times > 1)
FROM (SELECT push_id, count(*) AS times FROM schedules GROUP BY push_id)
UNION ALL
SELECT 'propensity', count(*), count(*) FILTER ((propensity > 0 AND propensity <= 1) IS NOT TRUE)
FROM (SELECT propensity FROM planned UNION ALL SELECT propensity FROM decisions)
UNION ALL
SELECT 'open_probability', count(*),
  count(*) FILTER ((open_probability > 0 AND open_probability <= 1) IS NOT TRUE) FROM planned
UNION ALL
SELECT 'expected_value', count(*), count(*) FILTER ((expected_value >= 0) IS NOT TRUE) FROM planned
UNION ALL
SELECT 'local_hour', count(*),
  count(*) FILTER (zone IS DISTINCT FROM user_zone OR local_hour IS DISTINCT FROM hour(local_at)) FROM local
