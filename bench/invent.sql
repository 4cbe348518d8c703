-- A county of n referrals over ten years, by arithmetic on row numbers: every figure is a hash of a row number and a
-- salt, so the same n gives the same rows. Seasons and clusters are not the point; sizes and shapes of tables are.
CREATE MACRO dice(i, salt, sides) AS (hash(i * 1000003 + salt) % sides)::INT;
CREATE MACRO maybe(i, salt, per_cent) AS dice(i, salt, 100) < per_cent;

CREATE TABLE person AS
SELECT 'C' || lpad(i::VARCHAR, 7, '0') AS pers_person_id,
       ['F', 'M', 'U', NULL][dice(i, 1, 4) + 1] AS pers_sex,
       ['WBRI', 'WOTH', 'ABAN', 'BAFR', 'MWBC', NULL][dice(i, 2, 6) + 1] AS pers_ethnicity,
       CASE WHEN NOT maybe(i, 3, 1) THEN DATE '1996-01-01' + dice(i, 4, 8700) END AS pers_dob,
       CASE WHEN maybe(i, 3, 1) THEN DATE '2010-01-01' + dice(i, 4, 3650) END AS pers_expected_dob
FROM range((getvariable('n') * 0.66)::INT) t(i);

CREATE TABLE cin_episodes AS
WITH drawn AS (
    SELECT i, 'C' || lpad(dice(i, 5, (getvariable('n') * 0.66)::INT)::VARCHAR, 7, '0') AS child,
           DATE '2010-04-01' + dice(i, 6, 3653) AS referred_on
    FROM range(getvariable('n')) t(i)
)
SELECT i, child || '|' || referred_on || '|' || lpad(i::VARCHAR, 7, '0') AS cine_referral_id, child AS cine_person_id,
       referred_on AS cine_referral_date, 'N' || (dice(i, 7, 9) + 1) AS cine_cin_primary_need_code,
       CASE WHEN NOT maybe(i, 8, 3)
            THEN ['1A', '1B', '1C', '1D', '2A', '2B', '3A', '3B', '3C', '3D', '3E', '3F', '4', '5A', '5B', '5C', '6', '7', '8',
                  '9', '10'][dice(i, 9, 21) + 1] END AS cine_referral_source_code,
       CASE WHEN NOT maybe(i, 10, 2) THEN maybe(i, 11, 10) END AS cine_referral_nfa,
       CASE WHEN maybe(i, 13, 90) AND referred_on + dice(i, 14, 500) <= DATE '2020-03-31'
            THEN referred_on + dice(i, 14, 500) END AS cine_close_date,
       CASE WHEN maybe(i, 13, 90) AND referred_on + dice(i, 14, 500) <= DATE '2020-03-31'
            THEN 'RC' || (dice(i, 15, 9) + 1) END AS cine_close_reason
FROM drawn;

CREATE TABLE cin_assessments AS
SELECT cine_referral_id || '|A|' || k AS cina_assessment_id, cine_person_id AS cina_person_id,
       cine_referral_id AS cina_referral_id, cine_referral_date + dice(i, 20 + k, 12) + (90 * k)::INT AS cina_assessment_start_date,
       CASE WHEN maybe(i, 30 + k, 96) AND cine_referral_date + dice(i, 40 + k, 90) + (90 * k)::INT <= DATE '2020-03-31'
            THEN cine_referral_date + dice(i, 40 + k, 90) + (90 * k)::INT END AS cina_assessment_auth_date
FROM cin_episodes, range(2) r(k)
WHERE maybe(i, 50 + k, CASE k WHEN 0 THEN 80 ELSE 12 END) AND cine_referral_nfa IS NOT TRUE;

CREATE TABLE s47_enquiry AS
SELECT i, cine_referral_id || '|S|1' AS s47e_s47_enquiry_id, cine_referral_id AS s47e_referral_id,
       cine_person_id AS s47e_person_id, cine_referral_date + dice(i, 60, 60) AS s47e_s47_start_date,
       CASE WHEN NOT maybe(i, 61, 3) THEN maybe(i, 62, 60) END AS s47e_s47_nfa
FROM cin_episodes WHERE maybe(i, 63, 30);

CREATE TABLE initial_cp_conference AS
SELECT s47e_s47_enquiry_id || '|C' AS icpc_icpc_id, s47e_s47_enquiry_id AS icpc_s47_enquiry_id,
       s47e_person_id AS icpc_person_id, s47e_referral_id AS icpc_referral_id,
       CASE WHEN s47e_s47_nfa IS NOT TRUE AND maybe(i, 70, 95) AND s47e_s47_start_date + dice(i, 71, 35) <= DATE '2020-03-31'
            THEN s47e_s47_start_date + dice(i, 71, 35) END AS icpc_icpc_date
FROM s47_enquiry
UNION ALL
SELECT cine_referral_id || '|C', NULL, cine_person_id, cine_referral_id, cine_referral_date + dice(i, 72, 60)
FROM cin_episodes WHERE maybe(i, 73, 1);

CREATE TABLE cp_plans AS
SELECT i, cine_referral_id || '|P|1' AS cppl_cp_plan_id, cine_referral_id AS cppl_referral_id,
       cine_person_id AS cppl_person_id, cine_referral_date + 30 + dice(i, 80, 60) AS cppl_cp_plan_start_date,
       CASE WHEN maybe(i, 81, 97) AND cine_referral_date + 90 + dice(i, 82, 900) <= DATE '2020-03-31'
            THEN cine_referral_date + 90 + dice(i, 82, 900) END AS cppl_cp_plan_end_date,
       CASE WHEN NOT maybe(i, 83, 2) THEN greatest(dice(i, 84, 12) - 9, 0) END AS cppl_previous_cp_plans
FROM cin_episodes WHERE maybe(i, 85, 10);

CREATE TABLE cp_reviews AS
SELECT cppl_cp_plan_id || '|R|' || k AS cppr_cp_review_id, cppl_person_id AS cppr_person_id,
       cppl_cp_plan_id AS cppr_cp_plan_id,
       cppl_cp_plan_start_date + 80 + (170 * k)::INT + dice(i, 90 + k, 14) AS cppr_cp_review_date
FROM cp_plans, range(6) r(k)
WHERE cppl_cp_plan_start_date + 80 + (170 * k)::INT + dice(i, 90 + k, 14)
      <= least(coalesce(cppl_cp_plan_end_date, DATE '2020-03-31'), DATE '2020-03-31');
