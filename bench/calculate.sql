-- The benchmark's hand-written side: each question gives month, whether the record is in, and the child's source and age.
-- Working days by the calendar joined in; months by DuckDB's own intervals; no period but months.
-- question I03
SELECT strftime(e.cine_referral_date, '%Y-%m') AS period, true AS hit, e.cine_referral_source_code AS source,
       band(p.pers_dob, p.pers_expected_dob, e.cine_referral_date) AS band
FROM cin_episodes e LEFT JOIN person p ON p.pers_person_id = e.cine_person_id
WHERE e.cine_referral_date BETWEEN DATE '2010-04-01' AND DATE '2020-03-31'
-- question I04
SELECT strftime(day, '%Y-%m') AS period,
       CASE WHEN day - INTERVAL 1 YEAR >= DATE '2010-03-31'
            THEN coalesce(previous > day - INTERVAL 1 YEAR, false) END AS hit,
       source, band(p.pers_dob, p.pers_expected_dob, day) AS band
FROM (SELECT cine_person_id AS child, cine_referral_date AS day, cine_referral_source_code AS source,
             lag(cine_referral_date) OVER (PARTITION BY cine_person_id ORDER BY cine_referral_date, cine_referral_id) AS previous
      FROM cin_episodes)
LEFT JOIN person p ON p.pers_person_id = child
WHERE day BETWEEN DATE '2010-04-01' AND DATE '2020-03-31'
-- question I06
SELECT strftime(e.cine_referral_date, '%Y-%m') AS period, e.cine_referral_nfa AS hit, e.cine_referral_source_code AS source,
       band(p.pers_dob, p.pers_expected_dob, e.cine_referral_date) AS band
FROM cin_episodes e LEFT JOIN person p ON p.pers_person_id = e.cine_person_id
WHERE e.cine_referral_date BETWEEN DATE '2010-04-01' AND DATE '2020-03-31'
-- question I21
SELECT e.month AS period, CASE WHEN e.n - s.n >= 0 THEN e.n - s.n <= 45 END AS hit, r.cine_referral_source_code AS source,
       band(p.pers_dob, p.pers_expected_dob, e.day) AS band
FROM cin_assessments a JOIN calendar e ON e.day = a.cina_assessment_auth_date
LEFT JOIN calendar s ON s.day = a.cina_assessment_start_date
LEFT JOIN cin_episodes r ON r.cine_referral_id = a.cina_referral_id
LEFT JOIN person p ON p.pers_person_id = a.cina_person_id
WHERE e.day BETWEEN DATE '2010-04-01' AND DATE '2020-03-31'
-- question I47
SELECT strftime(l.cppl_cp_plan_start_date, '%Y-%m') AS period, l.cppl_previous_cp_plans > 0 AS hit,
       r.cine_referral_source_code AS source, band(p.pers_dob, p.pers_expected_dob, l.cppl_cp_plan_start_date) AS band
FROM cp_plans l LEFT JOIN cin_episodes r ON r.cine_referral_id = l.cppl_referral_id
LEFT JOIN person p ON p.pers_person_id = l.cppl_person_id
WHERE l.cppl_cp_plan_start_date BETWEEN DATE '2010-04-01' AND DATE '2020-03-31'
-- question I49
SELECT month AS period,
       CASE WHEN l.cppl_cp_plan_end_date IS NOT NULL OR l.as_at >= ends_on
            THEN l.cppl_cp_plan_start_date + INTERVAL 24 MONTH <= ends_on END AS hit,
       r.cine_referral_source_code AS source, band(p.pers_dob, p.pers_expected_dob, ends_on) AS band
FROM cp_plans l JOIN month_end
  ON l.cppl_cp_plan_start_date <= ends_on AND coalesce(l.cppl_cp_plan_end_date, DATE '9999-12-31') > ends_on
LEFT JOIN cin_episodes r ON r.cine_referral_id = l.cppl_referral_id
LEFT JOIN person p ON p.pers_person_id = l.cppl_person_id
-- question I60-3
WITH event AS (
    SELECT cine_person_id AS child, cine_referral_date AS day, cine_referral_date AS own_on, cine_referral_id AS own_id,
           cine_referral_date AS opened_on, 0 AS closing FROM cin_episodes
    UNION ALL
    SELECT cine_person_id, cine_close_date, cine_referral_date, cine_referral_id, NULL, 1 FROM cin_episodes
    WHERE cine_close_date IS NOT NULL
), following AS (
    SELECT own_id, closing, min(opened_on) OVER (PARTITION BY child ORDER BY day, own_on, own_id, closing
                                                 ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS again_on FROM event
)
SELECT strftime(e.cine_close_date, '%Y-%m') AS period,
       CASE WHEN e.cine_close_date + INTERVAL 3 MONTH <= DATE '2020-04-01'
            THEN coalesce(again_on < e.cine_close_date + INTERVAL 3 MONTH, false) END AS hit,
       e.cine_referral_source_code AS source, band(p.pers_dob, p.pers_expected_dob, e.cine_close_date) AS band
FROM cin_episodes e JOIN following f ON f.own_id = e.cine_referral_id AND f.closing = 1
LEFT JOIN person p ON p.pers_person_id = e.cine_person_id
WHERE e.cine_referral_nfa IS NOT TRUE AND e.cine_close_reason IS DISTINCT FROM 'RC2'
  AND e.cine_close_date BETWEEN DATE '2010-04-01' AND DATE '2020-03-31'
-- question I60-6
WITH event AS (
    SELECT cine_person_id AS child, cine_referral_date AS day, cine_referral_date AS own_on, cine_referral_id AS own_id,
           cine_referral_date AS opened_on, 0 AS closing FROM cin_episodes
    UNION ALL
    SELECT cine_person_id, cine_close_date, cine_referral_date, cine_referral_id, NULL, 1 FROM cin_episodes
    WHERE cine_close_date IS NOT NULL
), following AS (
    SELECT own_id, closing, min(opened_on) OVER (PARTITION BY child ORDER BY day, own_on, own_id, closing
                                                 ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS again_on FROM event
)
SELECT strftime(e.cine_close_date, '%Y-%m') AS period,
       CASE WHEN e.cine_close_date + INTERVAL 6 MONTH <= DATE '2020-04-01'
            THEN coalesce(again_on < e.cine_close_date + INTERVAL 6 MONTH, false) END AS hit,
       e.cine_referral_source_code AS source, band(p.pers_dob, p.pers_expected_dob, e.cine_close_date) AS band
FROM cin_episodes e JOIN following f ON f.own_id = e.cine_referral_id AND f.closing = 1
LEFT JOIN person p ON p.pers_person_id = e.cine_person_id
WHERE e.cine_referral_nfa IS NOT TRUE AND e.cine_close_reason IS DISTINCT FROM 'RC2'
  AND e.cine_close_date BETWEEN DATE '2010-04-01' AND DATE '2020-03-31'
-- question I60-12
WITH event AS (
    SELECT cine_person_id AS child, cine_referral_date AS day, cine_referral_date AS own_on, cine_referral_id AS own_id,
           cine_referral_date AS opened_on, 0 AS closing FROM cin_episodes
    UNION ALL
    SELECT cine_person_id, cine_close_date, cine_referral_date, cine_referral_id, NULL, 1 FROM cin_episodes
    WHERE cine_close_date IS NOT NULL
), following AS (
    SELECT own_id, closing, min(opened_on) OVER (PARTITION BY child ORDER BY day, own_on, own_id, closing
                                                 ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS again_on FROM event
)
SELECT strftime(e.cine_close_date, '%Y-%m') AS period,
       CASE WHEN e.cine_close_date + INTERVAL 12 MONTH <= DATE '2020-04-01'
            THEN coalesce(again_on < e.cine_close_date + INTERVAL 12 MONTH, false) END AS hit,
       e.cine_referral_source_code AS source, band(p.pers_dob, p.pers_expected_dob, e.cine_close_date) AS band
FROM cin_episodes e JOIN following f ON f.own_id = e.cine_referral_id AND f.closing = 1
LEFT JOIN person p ON p.pers_person_id = e.cine_person_id
WHERE e.cine_referral_nfa IS NOT TRUE AND e.cine_close_reason IS DISTINCT FROM 'RC2'
  AND e.cine_close_date BETWEEN DATE '2010-04-01' AND DATE '2020-03-31'
