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
-- question I20
WITH first_one AS (
    SELECT e.cine_person_id AS child, e.cine_referral_source_code AS source, c.n AS referred_n, c.day AS referred_on,
           a.cina_assessment_auth_date AS concluded_on, e.cine_close_date AS closed_on, a.as_at
    FROM cin_assessments a JOIN cin_episodes e ON e.cine_referral_id = a.cina_referral_id
    JOIN calendar c ON c.day = e.cine_referral_date
    WHERE e.cine_referral_date >= DATE '2013-04-15'
    QUALIFY row_number() OVER (PARTITION BY e.cine_referral_id
                               ORDER BY a.cina_assessment_start_date NULLS LAST, a.cina_assessment_id) = 1
), nth_working_day AS (
    SELECT n, min(day) AS due_on FROM calendar GROUP BY n
)
SELECT strftime(due_on, '%Y-%m') AS period,
       CASE WHEN concluded_on < referred_on THEN NULL
            WHEN concluded_on IS NOT NULL THEN concluded_on <= due_on
            WHEN coalesce(closed_on > due_on, f.as_at >= due_on) THEN false END AS hit,
       source, band(p.pers_dob, p.pers_expected_dob, due_on) AS band
FROM first_one f JOIN nth_working_day w ON w.n = f.referred_n + 45
LEFT JOIN person p ON p.pers_person_id = child
WHERE due_on BETWEEN DATE '2010-04-01' AND DATE '2020-03-31'
-- question I21
SELECT e.month AS period, CASE WHEN e.n - s.n >= 0 THEN e.n - s.n <= 45 END AS hit, r.cine_referral_source_code AS source,
       band(p.pers_dob, p.pers_expected_dob, e.day) AS band
FROM cin_assessments a JOIN calendar e ON e.day = a.cina_assessment_auth_date
LEFT JOIN calendar s ON s.day = a.cina_assessment_start_date
LEFT JOIN cin_episodes r ON r.cine_referral_id = a.cina_referral_id
LEFT JOIN person p ON p.pers_person_id = a.cina_person_id
WHERE e.day BETWEEN DATE '2010-04-01' AND DATE '2020-03-31'
-- question I24
WITH first_one AS (
    SELECT e.cine_person_id AS child, e.cine_referral_source_code AS source, c.n AS referred_n,
           coalesce(a.cina_assessment_start_date, e.cine_referral_date) AS started_on,
           coalesce(a.cina_assessment_auth_date, e.cine_close_date) AS ended_on, a.as_at
    FROM cin_assessments a JOIN cin_episodes e ON e.cine_referral_id = a.cina_referral_id
    JOIN calendar c ON c.day = e.cine_referral_date
    WHERE e.cine_referral_date >= DATE '2013-04-15'
    QUALIFY row_number() OVER (PARTITION BY e.cine_referral_id
                               ORDER BY a.cina_assessment_start_date NULLS LAST, a.cina_assessment_id) = 1
)
SELECT month AS period, CASE WHEN ended_on IS NOT NULL OR f.as_at >= ends_on THEN n - referred_n > 45 END AS hit, source,
       band(p.pers_dob, p.pers_expected_dob, ends_on) AS band
FROM first_one f JOIN month_end ON started_on <= ends_on AND coalesce(ended_on, DATE '9999-12-31') > ends_on
LEFT JOIN person p ON p.pers_person_id = child
-- question I38
WITH held AS (
    SELECT icpc_s47_enquiry_id AS enquiry, min(icpc_icpc_date) AS held_on
    FROM initial_cp_conference WHERE icpc_s47_enquiry_id IS NOT NULL GROUP BY ALL
)
SELECT strftime(s.s47e_s47_start_date, '%Y-%m') AS period,
       CASE WHEN s.s47e_s47_start_date + INTERVAL 3 MONTH > DATE '2020-04-01' THEN NULL
            WHEN held_on IS NOT NULL THEN held_on < s.s47e_s47_start_date + INTERVAL 3 MONTH
            WHEN s.s47e_s47_nfa OR (NOT s.s47e_s47_nfa AND s.s47e_s47_start_date + INTERVAL 3 MONTH <= s.as_at + 1)
            THEN false END AS hit,
       r.cine_referral_source_code AS source, band(p.pers_dob, p.pers_expected_dob, s.s47e_s47_start_date) AS band
FROM s47_enquiry s LEFT JOIN held ON enquiry = s.s47e_s47_enquiry_id
LEFT JOIN cin_episodes r ON r.cine_referral_id = s.s47e_referral_id
LEFT JOIN person p ON p.pers_person_id = s.s47e_person_id
WHERE s.s47e_s47_start_date BETWEEN DATE '2010-04-01' AND DATE '2020-03-31'
-- question I42
WITH held AS (
    SELECT icpc_s47_enquiry_id AS enquiry, min(icpc_icpc_date) AS held_on
    FROM initial_cp_conference WHERE icpc_s47_enquiry_id IS NOT NULL GROUP BY ALL
), nth_working_day AS (
    SELECT n, min(day) AS due_on FROM calendar GROUP BY n
)
SELECT strftime(due_on, '%Y-%m') AS period,
       CASE WHEN held_on < s.s47e_s47_start_date THEN NULL
            WHEN held_on IS NOT NULL THEN held_on <= due_on
            WHEN NOT s.s47e_s47_nfa AND coalesce(r.cine_close_date > due_on, s.as_at >= due_on) THEN false END AS hit,
       r.cine_referral_source_code AS source, band(p.pers_dob, p.pers_expected_dob, due_on) AS band
FROM s47_enquiry s JOIN calendar c ON c.day = s.s47e_s47_start_date
JOIN nth_working_day w ON w.n = c.n + 15
LEFT JOIN held ON enquiry = s.s47e_s47_enquiry_id
LEFT JOIN cin_episodes r ON r.cine_referral_id = s.s47e_referral_id
LEFT JOIN person p ON p.pers_person_id = s.s47e_person_id
WHERE (held_on IS NOT NULL OR s.s47e_s47_nfa IS NOT TRUE) AND due_on BETWEEN DATE '2010-04-01' AND DATE '2020-03-31'
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
-- question I52
WITH step AS (
    SELECT cppl_cp_plan_id AS plan, cppl_cp_plan_start_date AS day, cppl_cp_plan_start_date + INTERVAL 3 MONTH AS limit_on
    FROM cp_plans WHERE cppl_cp_plan_start_date IS NOT NULL
    UNION ALL
    SELECT l.cppl_cp_plan_id, v.cppr_cp_review_date, v.cppr_cp_review_date + INTERVAL 6 MONTH
    FROM cp_reviews v
    JOIN cp_plans l ON l.cppl_cp_plan_id = v.cppr_cp_plan_id AND v.cppr_cp_review_date > l.cppl_cp_plan_start_date
), overdue AS (
    SELECT plan, limit_on, day >= DATE '2010-04-01' AS certain,
           lead(day, 1, DATE '9999-12-31') OVER (PARTITION BY plan ORDER BY day) AS held_on
    FROM step QUALIFY held_on > limit_on
), late AS (
    SELECT plan, ends_on AS on_day, bool_or(certain) AS certain
    FROM overdue JOIN month_end ON limit_on < ends_on AND held_on > ends_on - INTERVAL 12 MONTH GROUP BY ALL
)
SELECT month AS period,
       CASE WHEN l.cppl_cp_plan_end_date IS NULL AND l.as_at < ends_on THEN NULL
            WHEN late.plan IS NULL THEN true WHEN late.certain THEN false END AS hit,
       r.cine_referral_source_code AS source, band(p.pers_dob, p.pers_expected_dob, ends_on) AS band
FROM cp_plans l JOIN month_end
  ON l.cppl_cp_plan_start_date + INTERVAL 3 MONTH <= ends_on
 AND coalesce(l.cppl_cp_plan_end_date, DATE '9999-12-31') > ends_on
LEFT JOIN late ON late.plan = l.cppl_cp_plan_id AND late.on_day = ends_on
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
