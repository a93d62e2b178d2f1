-- The log of the counter: who asked what about whom, and what followed. It is append-only until its time is over.

CREATE FUNCTION measures_question_leaf(q measures_question) RETURNS text
LANGUAGE sql STABLE SET datestyle = 'ISO, YMD' AS $$
    SELECT encode(sha256(q.salt || convert_to(concat_ws(chr(31), q.public_id, q.appointment_id, q.subject_id, q.process,
        q.purpose, q."on", q.answer, q.keep_until), 'UTF8')), 'hex')
$$;

CREATE FUNCTION measures_use_leaf(u measures_use) RETURNS text
LANGUAGE sql STABLE SET datestyle = 'ISO, YMD' AS $$
    SELECT encode(sha256(u.salt || convert_to(concat_ws(chr(31), u.public_id, u.question_id, coalesce(u.order_id::text, ''),
        u.applied, u.why, u."on", u.appointment_id), 'UTF8')), 'hex')
$$;

CREATE FUNCTION measures_admit_business() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM measures_body b WHERE b.path = NEW.authority AND b.market) THEN
        PERFORM measures_refuse('GS-COUNTER-050', 'a market participant has no counter');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measures_business_admitted BEFORE INSERT ON measures_business
    FOR EACH ROW EXECUTE FUNCTION measures_admit_business();

-- By an official of an authority that has this kind of business on the day; kept ten years at most.
CREATE FUNCTION measures_admit_question() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE a procedures_appointment;
BEGIN
    SELECT * INTO a FROM procedures_appointment WHERE id = NEW.appointment_id;
    IF NOT coalesce(procedures_competent(a.id, a.authority, procedures_levels_from('county'), a.division, NEW."on"), false)
       OR NOT EXISTS (SELECT FROM measures_business b WHERE b.authority = a.authority AND b.process = NEW.process
                      AND NEW."on" >= b.from_on AND NEW."on" < b.to_on) THEN
        PERFORM measures_refuse('GS-COUNTER-051', 'only an official whose office has that business asks');
    END IF;
    IF NEW.keep_until > NEW."on" + make_interval(years => 10) THEN
        PERFORM measures_refuse('GS-COUNTER-052', 'a question is kept ten years at most');
    END IF;
    IF (SELECT e.digest FROM ledger_event e WHERE e.id = NEW.event_id) <> measures_question_leaf(NEW) THEN
        PERFORM measures_refuse('GS-COUNTER-053', 'the digest of the event is not that of the question');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measures_question_admitted BEFORE INSERT ON measures_question
    FOR EACH ROW EXECUTE FUNCTION measures_admit_question();

-- By an official of the office that asked, about an order that the answer named; what yields is not applied.
CREATE FUNCTION measures_admit_use() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE q measures_question; asking procedures_appointment; acting procedures_appointment; said jsonb;
BEGIN
    SELECT * INTO q FROM measures_question WHERE id = NEW.question_id;
    SELECT * INTO asking FROM procedures_appointment WHERE id = q.appointment_id;
    SELECT * INTO acting FROM procedures_appointment WHERE id = NEW.appointment_id;
    IF acting.division <> asking.division OR NEW."on" < q."on" OR NOT coalesce(procedures_competent(acting.id,
        asking.authority, procedures_levels_from('county'), asking.division, NEW."on"), false) THEN
        PERFORM measures_refuse('GS-COUNTER-054', 'the office that asked says what followed');
    END IF;
    IF NEW.order_id IS NOT NULL THEN
        SELECT line INTO said FROM jsonb_array_elements(q.answer::jsonb) line
            WHERE line->>'order' = (SELECT o.public_id::text FROM measures_order o WHERE o.id = NEW.order_id);
        IF said IS NULL OR (NEW.applied AND NOT (said->>'stands')::boolean) THEN
            PERFORM measures_refuse('GS-COUNTER-055', 'only a measure that the answer named and let stand is applied');
        END IF;
    END IF;
    IF (SELECT e.digest FROM ledger_event e WHERE e.id = NEW.event_id) <> measures_use_leaf(NEW) THEN
        PERFORM measures_refuse('GS-COUNTER-053', 'the digest of the event is not that of the use');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measures_use_admitted BEFORE INSERT ON measures_use
    FOR EACH ROW EXECUTE FUNCTION measures_admit_use();

CREATE FUNCTION measures_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('goodstanding.forgetting', true) = 'on' AND current_user = pg_get_userbyid(
        (SELECT relowner FROM pg_class WHERE oid = TG_RELID)) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'GS-LEDGER-008: the log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- The only way out of the log: what need not be kept on the day of an event. How much went stays.
CREATE FUNCTION measures_forget(wanted bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE up_to date; gone bigint[]; uses bigint; questions bigint;
BEGIN
    PERFORM ledger_refuse_unless_open(ARRAY[wanted]);
    SELECT day INTO up_to FROM ledger_event WHERE id = wanted;
    SELECT array_agg(id) INTO gone FROM measures_question WHERE keep_until <= up_to;
    PERFORM set_config('goodstanding.forgetting', 'on', true);
    DELETE FROM measures_use WHERE question_id = ANY (gone);
    GET DIAGNOSTICS uses = ROW_COUNT;
    DELETE FROM measures_question WHERE id = ANY (gone);
    GET DIAGNOSTICS questions = ROW_COUNT;
    PERFORM set_config('goodstanding.forgetting', 'off', true);
    INSERT INTO measures_forgetting (up_to, questions, uses, event_id) VALUES (up_to, questions, uses, wanted);
    RETURN questions;
END $$;
REVOKE ALL ON FUNCTION measures_forget(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION measures_forget(bigint) TO goodstanding_app;

DO $$
DECLARE target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['measures_question', 'measures_use'] LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger_rows_join_open_event()', target || '_event', target);
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION measures_refuse_change()', target || '_append_only', target);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', target);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO goodstanding_app', target);
        EXECUTE format('GRANT SELECT ON %I TO goodstanding_reader', target);
        EXECUTE format('GRANT USAGE ON SEQUENCE %I TO goodstanding_app', target || '_id_seq');
    END LOOP;
END $$;
