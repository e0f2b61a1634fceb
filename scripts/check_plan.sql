-- Checks the plan of one night against every rule; shares no code with the planner. DuckDB 1.4 or newer.
--
-- One statement. Before it, the caller sets TimeZone to UTC and creates
--   variables  plan_date DATE (the night: the day after it is planned), shop_zone, quiet_from and quiet_to (HH:mm),
--              daily_cap, weekly_cap, min_gap_hours
--   relations  users, suppressions, decisions, ranked_items, push_list: of the night
--              pushes: the mailer's log (push_id, user_id, sent_at)
--              schedules: push_schedule of every night up to this one, with the night's date as column "night"
-- The result has one row per rule: rule, checked (number of rows checked), violations.
WITH
  planned AS (
    SELECT s.* REPLACE (make_timestamp(epoch_us(s.send_at)) AS send_at)
    FROM schedules s
    WHERE night = getvariable('plan_date')
  ),
  earlier AS (
    SELECT push_id, user_id, make_timestamp(epoch_us(send_at)) AS sent_at
    FROM schedules
    WHERE night < getvariable('plan_date')
  ),
  log AS (
    SELECT push_id, user_id, make_timestamp(epoch_us(sent_at)) AS sent_at FROM pushes
  ),
  -- A push of an earlier night counts as sent, whether the log has it or not yet.
  sent AS (
    SELECT push_id, user_id, sent_at FROM log
    UNION ALL
    SELECT push_id, user_id, sent_at
    FROM earlier
    WHERE push_id NOT IN (SELECT push_id FROM log)
  ),
  day AS (
    SELECT
      timezone('UTC', timezone(getvariable('shop_zone'), (getvariable('plan_date') + 1)::TIMESTAMP)) AS start_at,
      timezone('UTC', timezone(getvariable('shop_zone'), (getvariable('plan_date') + 2)::TIMESTAMP)) AS end_at
  ),
  -- Quiet hours are a user's own only as a pair of two different times.
  person AS (
    SELECT
      user_id, zone, has_consent,
      CASE WHEN is_pair THEN quiet_from ELSE getvariable('quiet_from') END::TIME AS quiet_from,
      CASE WHEN is_pair THEN quiet_to ELSE getvariable('quiet_to') END::TIME AS quiet_to
    FROM (SELECT *, coalesce(quiet_from <> quiet_to
        AND regexp_full_match(quiet_from, '([01][0-9]|2[0-3]):[0-5][0-9]')
        AND regexp_full_match(quiet_to, '([01][0-9]|2[0-3]):[0-5][0-9]|24:00'), false) AS is_pair
      FROM users)
  ),
  local AS (
    SELECT p.*, u.has_consent, u.quiet_from, u.quiet_to, u.zone AS user_zone,
      timezone(u.zone, timezone('UTC', p.send_at)) AS local_at
    FROM planned p LEFT JOIN person u USING (user_id)
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
    FROM planned p JOIN history h
      ON h.user_id = p.user_id AND h.sent_at <= p.send_at AND h.sent_at > p.send_at - INTERVAL 168 HOURS
    GROUP BY p.push_id, p.user_id, p.send_at
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
SELECT 'weekly_cap', (SELECT count(*) FROM planned), count(*) FROM weekly
UNION ALL
SELECT 'daily_cap', (SELECT count(*) FROM planned), count(*) FROM daily
UNION ALL
SELECT 'min_gap', (SELECT count(*) FROM planned), count(DISTINCT push_id) FROM close_by
UNION ALL
SELECT 'inside_the_day', count(*),
  count(*) FILTER (send_at < (SELECT start_at FROM day) OR send_at >= (SELECT end_at FROM day)) FROM planned
UNION ALL
SELECT 'valid_until', count(*), count(*) FILTER (
    (make_timestamp(epoch_us(valid_until)) > send_at
      AND make_timestamp(epoch_us(valid_until)) <= send_at + INTERVAL 60 MINUTES
      AND (quiet_from = quiet_to OR date_diff('minute', send_at, make_timestamp(epoch_us(valid_until)))
        <= (hour(quiet_from) * 60 + minute(quiet_from) - hour(local_at) * 60 - minute(local_at) + 2879) % 1440 + 1)) IS NOT TRUE)
FROM local
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
