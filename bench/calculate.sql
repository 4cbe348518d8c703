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
    SELECT e.cine_person_id AS child, e.cine_referral_source_code AS source, c.n AS referred_n,
           coalesce(a.cina_assessment_start_date, e.cine_referral_date) AS started_on,
           a.cina_assessment_auth_date AS concluded_on, e.cine_close_date AS closed_on, a.as_at
    FROM cin_assessments a JOIN cin_episodes e ON e.cine_referral_id = a.cina_referral_id
    LEFT JOIN calendar c ON c.day = e.cine_referral_date
    WHERE e.cine_referral_date IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY e.cine_referral_id
                               ORDER BY a.cina_assessment_start_date NULLS LAST, a.cina_assessment_id) = 1
), found AS (
    SELECT c.month AS period, CASE WHEN c.n - referred_n >= 0 THEN c.n - referred_n <= 45 END AS hit, source, child,
           concluded_on AS day
    FROM first_one JOIN calendar c ON c.day = concluded_on
    UNION ALL
    SELECT strftime(closed_on, '%Y-%m'), NULL, source, child, closed_on
    FROM first_one WHERE concluded_on IS NULL AND closed_on IS NOT NULL
    UNION ALL
    SELECT month, CASE WHEN concluded_on IS NOT NULL OR closed_on IS NOT NULL OR as_at >= ends_on THEN false END, source, child,
           ends_on
    FROM first_one JOIN month_end
      ON started_on <= ends_on AND coalesce(concluded_on, closed_on, DATE '9999-12-31') > ends_on
    WHERE n - referred_n > 45
)
SELECT period, hit, source, band(p.pers_dob, p.pers_expected_dob, day) AS band
FROM found LEFT JOIN person p ON p.pers_person_id = child
WHERE day BETWEEN DATE '2010-04-01' AND DATE '2020-03-31'
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
    LEFT JOIN calendar c ON c.day = e.cine_referral_date
    WHERE e.cine_referral_date IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY e.cine_referral_id
                               ORDER BY a.cina_assessment_start_date NULLS LAST, a.cina_assessment_id) = 1
)
SELECT month AS period, CASE WHEN ended_on IS NOT NULL OR first_one.as_at >= ends_on THEN n - referred_n > 45 END AS hit, source,
       band(p.pers_dob, p.pers_expected_dob, ends_on) AS band
FROM first_one JOIN month_end ON started_on <= ends_on AND coalesce(ended_on, DATE '9999-12-31') > ends_on
LEFT JOIN person p ON p.pers_person_id = child
-- question I38
WITH held AS (
    SELECT icpc_s47_enquiry_id AS enquiry, min(icpc_icpc_date) AS held_on
    FROM initial_cp_conference WHERE icpc_s47_enquiry_id IS NOT NULL GROUP BY ALL
)
SELECT strftime(s.s47e_s47_start_date, '%Y-%m') AS period,
       CASE WHEN held_on IS NOT NULL THEN true WHEN s.s47e_s47_nfa THEN false END AS hit,
       r.cine_referral_source_code AS source, band(p.pers_dob, p.pers_expected_dob, s.s47e_s47_start_date) AS band
FROM s47_enquiry s LEFT JOIN held ON enquiry = s.s47e_s47_enquiry_id
LEFT JOIN cin_episodes r ON r.cine_referral_id = s.s47e_referral_id
LEFT JOIN person p ON p.pers_person_id = s.s47e_person_id
WHERE s.s47e_s47_start_date BETWEEN DATE '2010-04-01' AND DATE '2020-03-31'
-- question I42
WITH enquiry AS (
    SELECT s.s47e_s47_enquiry_id AS id, s.s47e_person_id AS child, s.s47e_referral_id AS referral, s.s47e_s47_nfa AS not_required,
           s.s47e_s47_start_date AS started_on, c.n AS started_n, s.as_at, e.cine_close_date AS closed_on,
           (SELECT min(i.icpc_icpc_date) FROM initial_cp_conference i WHERE i.icpc_s47_enquiry_id = s.s47e_s47_enquiry_id) AS held_on
    FROM s47_enquiry s LEFT JOIN calendar c ON c.day = s.s47e_s47_start_date
    LEFT JOIN cin_episodes e ON e.cine_referral_id = s.s47e_referral_id
    WHERE s.s47e_s47_start_date IS NOT NULL
), awaited AS (
    FROM enquiry WHERE held_on IS NOT NULL OR not_required IS NOT TRUE
), found AS (
    SELECT c.month AS period, CASE WHEN c.n - q.started_n >= 0 THEN c.n - q.started_n <= 15 END AS hit,
           i.icpc_person_id AS child, i.icpc_referral_id AS referral, c.day
    FROM initial_cp_conference i JOIN calendar c ON c.day = i.icpc_icpc_date
    LEFT JOIN enquiry q ON q.id = i.icpc_s47_enquiry_id
    WHERE i.icpc_icpc_transfer_in IS NOT TRUE
      AND (i.icpc_s47_enquiry_id IS NOT NULL
           OR NOT EXISTS (FROM initial_cp_conference o WHERE o.icpc_s47_enquiry_id IS NOT NULL
                          AND o.icpc_icpc_transfer_in IS NOT TRUE
                          AND o.icpc_referral_id = i.icpc_referral_id AND o.icpc_icpc_date = i.icpc_icpc_date))
    UNION ALL
    SELECT strftime(closed_on, '%Y-%m'), NULL, child, referral, closed_on FROM awaited
    WHERE held_on IS NULL AND closed_on IS NOT NULL
    UNION ALL
    SELECT month, CASE WHEN held_on IS NOT NULL OR (NOT not_required AND (closed_on IS NOT NULL OR as_at >= ends_on)) THEN false END,
           child, referral, ends_on
    FROM awaited JOIN month_end
      ON started_on <= ends_on AND coalesce(held_on, closed_on, DATE '9999-12-31') > ends_on
    WHERE n - started_n > 15
)
SELECT period, hit, r.cine_referral_source_code AS source, band(p.pers_dob, p.pers_expected_dob, day) AS band
FROM found LEFT JOIN cin_episodes r ON r.cine_referral_id = referral LEFT JOIN person p ON p.pers_person_id = child
WHERE day BETWEEN DATE '2010-04-01' AND DATE '2020-03-31'
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
WITH plan AS (
    SELECT cppl_cp_plan_id AS id, cppl_person_id AS child, cppl_referral_id AS referral, cppl_cp_plan_start_date AS started_on,
           cppl_cp_plan_end_date AS ended_on, as_at
    FROM cp_plans WHERE cppl_cp_plan_start_date IS NOT NULL
), step AS (
    SELECT id, started_on AS day, '' AS step_id, (started_on + INTERVAL 3 MONTH)::DATE AS limit_on FROM plan
    UNION ALL
    SELECT v.cppr_cp_plan_id, v.cppr_cp_review_date, v.cppr_cp_review_id, (v.cppr_cp_review_date + INTERVAL 6 MONTH)::DATE
    FROM cp_reviews v JOIN plan ON plan.id = v.cppr_cp_plan_id AND v.cppr_cp_review_date > plan.started_on
), paired AS (
    SELECT *, lead(day) OVER in_order AS next_on FROM step WINDOW in_order AS (PARTITION BY id ORDER BY day, step_id)
), judged AS (
    SELECT id, day, next_on, limit_on, day >= DATE '2010-04-01' AS certain,
           count(*) FILTER (next_on > limit_on AND day >= DATE '2010-04-01') OVER before AS n_late,
           count(*) FILTER (next_on > limit_on AND day < DATE '2010-04-01') OVER before AS n_doubtful
    FROM paired
    WINDOW before AS (PARTITION BY id ORDER BY day, next_on NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT month AS period,
       CASE WHEN plan.ended_on IS NULL AND plan.as_at < ends_on THEN NULL
            WHEN n_late > 0 OR (ends_on > limit_on AND certain) THEN false
            WHEN n_doubtful > 0 OR ends_on > limit_on THEN NULL ELSE true END AS hit,
       r.cine_referral_source_code AS source, band(p.pers_dob, p.pers_expected_dob, ends_on) AS band
FROM judged JOIN plan USING (id)
JOIN month_end ON day <= ends_on
 AND least(coalesce(next_on, DATE '9999-12-31'), coalesce(plan.ended_on, DATE '9999-12-31')) > ends_on
LEFT JOIN cin_episodes r ON r.cine_referral_id = plan.referral LEFT JOIN person p ON p.pers_person_id = plan.child
WHERE plan.started_on + INTERVAL 3 MONTH <= ends_on
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
