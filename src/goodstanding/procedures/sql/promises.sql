-- What was promised in a commitment, item by item: written with the step that gives it, never changed, each with its day.
-- Whether it was kept is found item by item too, by an official, in the step that says so of the whole.

CREATE FUNCTION procedures_promise_leaf(t procedures_promise) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(t.salt || sha256(convert_to(t.en, 'UTF8')) || sha256(convert_to(t.zh, 'UTF8'))
        || sha256(convert_to(t.how, 'UTF8')))
$$;
-- What the chain covers of a promise, whether its words are still there or not.
CREATE FUNCTION procedures_promise_digest(t procedures_promise) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(ROW(t.id, t.case_id, t.number, t.due_on, t.law, t.rulebook, encode(t.leaf, 'hex'),
        t.event_id)::text, 'UTF8'))
$$;
CREATE FUNCTION procedures_seal_promise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.salt := substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 16);
    NEW.leaf := procedures_promise_leaf(NEW);
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_promise_sealed BEFORE INSERT ON procedures_promise
    FOR EACH ROW EXECUTE FUNCTION procedures_seal_promise();

CREATE FUNCTION procedures_admit_promise() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE given date;
BEGIN
    SELECT s."on" INTO given FROM procedures_step s JOIN procedures_case k ON k.id = s.case_id
        WHERE s.case_id = NEW.case_id AND s.act = 'apply' AND s.event_id = NEW.event_id AND k.kind = 'commitment';
    IF given IS NULL OR NEW.number <> 1 + (SELECT count(*) FROM procedures_promise p WHERE p.case_id = NEW.case_id) THEN
        PERFORM procedures_refuse('GS-CASE-120', 'what is promised is written with the step that gives the commitment');
    END IF;
    IF NEW.due_on <= given OR NEW.due_on > given + make_interval(years => 10) THEN
        PERFORM procedures_refuse('GS-CASE-121', 'a promise has a day by which it is kept, within ten years');
    END IF;
    IF NOT (ledger_says_something(NEW.en) OR ledger_says_something(NEW.zh)) OR NOT ledger_says_something(NEW.how) THEN
        PERFORM procedures_refuse('GS-CASE-122', 'a promise says in words what is done, and how that is checked');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_promise_admitted BEFORE INSERT ON procedures_promise
    FOR EACH ROW EXECUTE FUNCTION procedures_admit_promise();
CREATE TRIGGER procedures_promise_names_nobody AFTER INSERT ON procedures_promise REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_name_nobody('en', 'zh', 'how', 'law', 'rulebook');

CREATE FUNCTION procedures_admit_finding() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE checked date; p procedures_promise;
BEGIN
    SELECT * INTO p FROM procedures_promise WHERE id = NEW.promise_id;
    SELECT s."on" INTO checked FROM procedures_step s
        WHERE s.case_id = p.case_id AND s.act = 'keep' AND s.event_id = NEW.event_id;
    IF checked IS NULL THEN
        PERFORM procedures_refuse('GS-CASE-123', 'what became of a promise is written with the step that says so');
    END IF;
    IF NEW.outcome <> 'kept' AND checked <= p.due_on THEN
        PERFORM procedures_refuse('GS-CASE-124', 'nothing is broken before the day by which it is to be kept is over');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_promisefound_admitted BEFORE INSERT ON procedures_promisefound
    FOR EACH ROW EXECUTE FUNCTION procedures_admit_finding();

-- No commitment without a promise; of each promise it is said what became of it, and the step says the same of all.
CREATE FUNCTION procedures_promises_are_whole() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM procedures_step s JOIN procedures_case k ON k.id = s.case_id
               WHERE s.event_id = NEW.event_id AND s.act = 'apply' AND k.kind = 'commitment'
                 AND NOT EXISTS (SELECT FROM procedures_promise p WHERE p.case_id = k.id)) THEN
        PERFORM procedures_refuse('GS-CASE-120', 'a commitment says what is promised');
    END IF;
    IF EXISTS (
        SELECT FROM procedures_step s, LATERAL (
            SELECT count(*) AS items, count(f.id) AS found, count(*) FILTER (WHERE f.outcome = 'kept') AS kept,
                   count(*) FILTER (WHERE f.outcome = 'broken') AS broken
            FROM procedures_promise p LEFT JOIN procedures_promisefound f ON f.promise_id = p.id
            WHERE p.case_id = s.case_id) n
        WHERE s.event_id = NEW.event_id AND s.act = 'keep' AND n.items > 0 AND (n.found < n.items OR s.outcome <>
            CASE n.items WHEN n.kept THEN 'kept' WHEN n.broken THEN 'broken' ELSE 'partly' END)) THEN
        PERFORM procedures_refuse('GS-CASE-123', 'of each promise it is said what became of it');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_position_after_promises BEFORE INSERT ON ledger_position
    FOR EACH ROW EXECUTE FUNCTION procedures_promises_are_whole();

-- The organisation takes its own steps and no others, and does not say of its own promise that it was kept. An official
-- says so, with reasons and the law; and what follows, when the organisation could answer to what was found.
CREATE OR REPLACE FUNCTION procedures_each_takes_its_own_steps() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.party = 'subject' AND NEW.act NOT IN ('apply', 'state', 'ask_hearing', 'train') THEN
        PERFORM procedures_refuse('GS-CASE-085', 'this is no act of the organisation');
    END IF;
    IF NEW.act = 'keep' AND (NEW.party NOT IN ('official', 'head', 'superior')
                             OR NEW.outcome NOT IN ('kept', 'partly', 'broken')
                             OR trim(NEW.reasons) = '' OR NEW.basis = '[]'::jsonb) THEN
        PERFORM procedures_refuse('GS-CASE-086',
            'an official says whether a promise was kept, with reasons and the law');
    END IF;
    IF NEW.act = 'follow' AND (NEW.party NOT IN ('official', 'head', 'superior')
        OR NOT ledger_says_something(NEW.reasons) OR NOT ledger_names_law(NEW.basis)
        OR NEW.outcome NOT IN ('entered', 'correct', 'suspended', 'revoked', 'referred',
                                                          'barred', 'spared')
        OR NOT EXISTS (SELECT FROM procedures_step s WHERE s.case_id = NEW.case_id AND s.act = 'keep'
                       AND s.outcome IN ('partly', 'broken'))
        OR NOT EXISTS (SELECT FROM procedures_step s JOIN procedures_step k ON k.case_id = s.case_id AND k.act = 'keep'
                       WHERE s.case_id = NEW.case_id AND s.act = 'serve_notice' AND s.number > k.number
                         AND s.open_until < NEW."on")
        OR EXISTS (SELECT FROM procedures_deadline d WHERE d.case_id = NEW.case_id AND d.act = 'state'
                   AND d.last >= NEW."on")) THEN
        PERFORM procedures_refuse('GS-CASE-125',
            'what follows from a broken promise is decided with reasons and the law, when the organisation could answer');
    END IF;
    RETURN NEW;
END $$;

-- A term runs from a step of its case, or that of a check from the last day by which something was to be kept.
CREATE OR REPLACE FUNCTION procedures_admit_deadline() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.amount < 0 OR NOT (
           EXISTS (SELECT FROM procedures_step s
                   WHERE s.case_id = NEW.case_id AND coalesce(s.served_on, s."on") = NEW.starts)
           OR (NEW.act = 'keep' AND NEW.starts = (
               SELECT max(p.due_on) FROM procedures_promise p WHERE p.case_id = NEW.case_id)))
       OR NEW.last < (CASE WHEN NEW.unit IN ('days', 'working_days') THEN NEW.starts + NEW.amount
           ELSE (NEW.starts + make_interval(months => NEW.amount))::date - 31 END) THEN
        PERFORM procedures_refuse('GS-CASE-080', 'a term runs from a step of its case, for all its days');
    END IF;
    RETURN NEW;
END $$;

-- The words of promises go with the texts of their case.
CREATE OR REPLACE FUNCTION procedures_drop_texts(wanted_event bigint, cases bigint[], wanted_why text, wanted_ground text)
RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' AS $$
DECLARE gone bigint[];
BEGIN
    PERFORM ledger_refuse_unless_open(ARRAY[wanted_event]);
    SELECT array_agg(DISTINCT s.case_id) INTO gone FROM procedures_step s
        WHERE s.case_id = ANY (cases) AND (s.salt IS NOT NULL OR s.leaf IS NULL);
    PERFORM set_config('goodstanding.erasing', 'on', true);
    UPDATE procedures_step s SET was = CASE WHEN s.leaf IS NULL THEN procedures_step_whole(s) END,
        leaf = coalesce(s.leaf, procedures_step_whole(s)), salt = NULL, reasons = '', text = ''
        WHERE s.case_id = ANY (gone) AND (s.salt IS NOT NULL OR s.leaf IS NULL);
    UPDATE procedures_promise p SET salt = NULL, en = '', zh = '', how = ''
        WHERE p.case_id = ANY (gone) AND p.salt IS NOT NULL;
    PERFORM set_config('goodstanding.erasing', 'off', true);
    INSERT INTO procedures_forgotten (case_id, up_to, why, ground, skeleton, event_id)
        SELECT c.id, c.up_to, wanted_why, wanted_ground, procedures_case_skeleton(c.id, c.up_to), wanted_event
        FROM (SELECT s.case_id AS id, max(s.number) AS up_to FROM procedures_step s
              WHERE s.case_id = ANY (gone) GROUP BY s.case_id) AS c ORDER BY c.id;
    RETURN QUERY SELECT unnest(gone);
END $$;

DO $$
DECLARE target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['procedures_promise', 'procedures_promisefound'] LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger_rows_join_open_event()', target || '_event', target);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', target);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO goodstanding_app', target);
        EXECUTE format('GRANT SELECT ON %I TO goodstanding_reader', target);
        EXECUTE format('GRANT USAGE ON SEQUENCE %I TO goodstanding_app', target || '_id_seq');
    END LOOP;
END $$;
CREATE TRIGGER procedures_promise_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON procedures_promise
    FOR EACH STATEMENT EXECUTE FUNCTION procedures_refuse_change_of_step();
CREATE TRIGGER procedures_promisefound_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON procedures_promisefound
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- What cases wrote is covered by the chain of positions. New tables stand last: an older event keeps its root.
CREATE OR REPLACE FUNCTION procedures_event_root(wanted bigint) RETURNS bytea
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' AS $$
DECLARE target text; part bytea; total bytea := ''::bytea;
BEGIN
    FOREACH target IN ARRAY ARRAY['procedures_procedureversion', 'procedures_appointment', 'procedures_mandate',
        'procedures_withdrawal', 'procedures_case', 'procedures_ground', 'procedures_step', 'procedures_deadline',
        'procedures_message', 'procedures_forgotten', 'procedures_reach', 'procedures_keeper',
        'procedures_toldday', 'procedures_silence', 'procedures_promise', 'procedures_promisefound'] LOOP
        EXECUTE format('SELECT sha256(string_agg(%s, ''''::bytea ORDER BY t.id)) FROM %I t WHERE t.event_id = $1',
            CASE target WHEN 'procedures_step' THEN 'procedures_step_digest(t)'
                WHEN 'procedures_promise' THEN 'procedures_promise_digest(t)'
                ELSE 'sha256(convert_to(t::text, ''UTF8''))' END, target) INTO part USING wanted;
        total := total || coalesce(part, ''::bytea);
    END LOOP;
    RETURN total;
END $$;
