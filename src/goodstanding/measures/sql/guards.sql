-- What holds of every order whatever a program says: its law, its subject, its entry, its days, who carries it out.
-- Days are compared as stored: no clock of the database is asked.

CREATE FUNCTION measures_refuse(code text, why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: %', code, why USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- The case whose decision wrote an entry of ours; none for a record that another register reports, or an erased one.
CREATE FUNCTION measures_case_of_entry(entry bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.case_id FROM procedures_step s JOIN ledger_content c ON c.record_id = s.record_id
    WHERE s.record_id = entry AND s.act = 'serve_decision' AND s.effective_to IS NOT NULL
$$;

-- Whether each of a list of [instrument, article] names its instrument, and there is one at all.
CREATE FUNCTION measures_names_law(law jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_typeof(law) = 'array' AND jsonb_array_length(law) > 0 AND NOT EXISTS (
        SELECT FROM jsonb_array_elements(law) l WHERE coalesce(trim(l->>0), '') = '')
$$;

CREATE FUNCTION measures_admit_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.executable AND NOT measures_names_law(NEW.law) THEN
        PERFORM measures_refuse('GS-ORDER-050', 'a measure that is carried out names the law that it rests on');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measures_measureversion_admitted BEFORE INSERT ON measures_measureversion
    FOR EACH ROW EXECUTE FUNCTION measures_admit_version();

-- Orders and what subscribers are told: alike but for whom they bind.
CREATE FUNCTION measures_admit_triggered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE m measures_measureversion; f measures_memorandumversion; b measures_body; k procedures_case;
    s procedures_step; v procedures_procedureversion; bound text;
BEGIN
    SELECT * INTO m FROM measures_measureversion WHERE id = NEW.measure_id;
    SELECT * INTO f FROM measures_memorandumversion WHERE id = NEW.memorandum_id;
    SELECT * INTO b FROM measures_body WHERE id = NEW.authority_id;
    bound := CASE TG_TABLE_NAME WHEN 'measures_order' THEN 'ordered' ELSE 'subscribes' END;
    IF NOT m.executable OR m.hits <> 'listed' THEN
        PERFORM measures_refuse('GS-ORDER-051', 'the measure is not executable, or meets others than the listed organisation');
    END IF;
    SELECT * INTO k FROM procedures_case WHERE id = measures_case_of_entry(NEW.record_id);
    IF k.id IS NULL OR EXISTS (SELECT FROM ledger_ending e WHERE e.record_id = NEW.record_id) THEN
        PERFORM measures_refuse('GS-ORDER-052', 'only an entry of ours that is in force triggers anything');
    END IF;
    IF k.subject_id <> NEW.subject_id THEN
        PERFORM measures_refuse('GS-ORDER-053', 'a measure meets the subject of the listing and nobody else');
    END IF;
    SELECT * INTO s FROM procedures_step WHERE record_id = NEW.record_id AND act = 'serve_decision';
    IF NEW.from_on < s.effective_from OR NEW.to_on > s.effective_to THEN
        PERFORM measures_refuse('GS-ORDER-054', 'no measure begins before its entry or outlives it');
    END IF;
    SELECT * INTO v FROM procedures_procedureversion WHERE id = k.procedure_id;
    IF NOT f.procedures ? v.path OR f.effect <> m.effect OR NEW.from_on < f.valid_from OR NEW.to_on > f.valid_to
       OR NOT f.agreed @> jsonb_build_array(jsonb_build_array(m.path, b.path, bound)) THEN
        PERFORM measures_refuse('GS-ORDER-055', 'no memorandum in force agreed this of the list, the measure and the body');
    END IF;
    IF left(k.division, length(m.division)) <> m.division THEN
        PERFORM measures_refuse('GS-ORDER-057', 'a local measure follows a listing of its place');
    END IF;
    IF bound = 'ordered' AND EXISTS (SELECT FROM measures_body o WHERE o.path = b.path AND o.market) THEN
        PERFORM measures_refuse('GS-ORDER-056', 'a market participant may subscribe and is never ordered');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measures_order_admitted BEFORE INSERT ON measures_order
    FOR EACH ROW EXECUTE FUNCTION measures_admit_triggered();
CREATE TRIGGER measures_subscription_admitted BEFORE INSERT ON measures_subscription
    FOR EACH ROW EXECUTE FUNCTION measures_admit_triggered();

CREATE FUNCTION measures_admit_law() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT measures_names_law(NEW.law)
       OR NEW.law <> (SELECT m.law FROM measures_measureversion m WHERE m.id = NEW.measure_id) THEN
        PERFORM measures_refuse('GS-ORDER-050', 'an order names the law of its measure');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measures_order_lawful BEFORE INSERT ON measures_order
    FOR EACH ROW EXECUTE FUNCTION measures_admit_law();

-- A subscriber is told with the entry. When orders are added later, memoranda.sql says.
CREATE FUNCTION measures_admit_with_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.event_id <> NEW.record_id >> 32 THEN
        PERFORM measures_refuse('GS-ORDER-058', 'orders are written with the entry, and none is added later');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measures_subscription_written BEFORE INSERT ON measures_subscription
    FOR EACH ROW EXECUTE FUNCTION measures_admit_with_entry();

-- What ends an entry lifts its orders in the same event; what else lifts one stands in memoranda.sql.
CREATE FUNCTION measures_endings_lift() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT record_id FROM ledger_ending WHERE event_id = NEW.event_id
                     UNION ALL SELECT record_id FROM ledger_erasure WHERE event_id = NEW.event_id) ended
        JOIN measures_order o ON o.record_id = ended.record_id
        WHERE NOT EXISTS (SELECT FROM measures_lifting l WHERE l.order_id = o.id)) THEN
        PERFORM measures_refuse('GS-ORDER-061', 'the end of an entry lifts every order that it triggered');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_position_after_orders BEFORE INSERT ON ledger_position
    FOR EACH ROW EXECUTE FUNCTION measures_endings_lift();

-- An official of the authority that owes the order, whose office covers the place of the case.
CREATE FUNCTION measures_admit_report() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE o measures_order; k procedures_case; place text;
BEGIN
    SELECT * INTO o FROM measures_order WHERE id = NEW.order_id;
    SELECT c.division INTO place FROM procedures_case c JOIN procedures_step s ON s.case_id = c.id
        WHERE s.record_id = o.record_id AND s.act = 'serve_decision';
    IF NOT coalesce(procedures_competent(NEW.appointment_id, (SELECT b.path FROM measures_body b WHERE b.id = o.authority_id),
        procedures_levels_from('county'), place, NEW."on"), false) THEN
        PERFORM measures_refuse('GS-ORDER-062', 'an official of the authority that owes it reports about an order');
    END IF;
    IF EXISTS (SELECT FROM procedures_mandate d JOIN procedures_appointment a ON a.account = d.account
               WHERE a.id = NEW.appointment_id AND d.subject_id = o.subject_id) THEN
        PERFORM measures_refuse('GS-ORDER-063', 'who acts for the organisation cannot act for the authority');
    END IF;
    IF NEW."on" < o.from_on OR (NEW.about = 'lifted' AND NOT EXISTS (
        SELECT FROM measures_lifting l WHERE l.order_id = o.id AND l."on" <= NEW."on")) THEN
        PERFORM measures_refuse('GS-ORDER-064', 'nothing is reported before its time');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measures_report_admitted BEFORE INSERT ON measures_report
    FOR EACH ROW EXECUTE FUNCTION measures_admit_report();

-- The authority that keeps the list says that its entry is before a court, or that a plan shields its subject.
CREATE FUNCTION measures_keeps(appointed bigint, k procedures_case, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT procedures_competent(appointed, k.authority, v.levels, k.division, day) AND NOT EXISTS (
        SELECT FROM procedures_mandate d JOIN procedures_appointment a ON a.account = d.account
        WHERE a.id = appointed AND d.subject_id = k.subject_id)
    FROM procedures_procedureversion v WHERE v.id = k.procedure_id
$$;

DO $$
DECLARE target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['measures_measureversion', 'measures_memorandumversion', 'measures_body',
        'measures_order', 'measures_subscription', 'measures_lifting', 'measures_report', 'measures_pause',
        'measures_shield', 'measures_business', 'measures_forgetting'] LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger_rows_join_open_event()', target || '_event', target);
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()', target || '_append_only', target);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', target);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO goodstanding_app', target);
        EXECUTE format('GRANT SELECT ON %I TO goodstanding_reader', target);
        EXECUTE format('GRANT USAGE ON SEQUENCE %I TO goodstanding_app', target || '_id_seq');
    END LOOP;
END $$;
REVOKE INSERT ON measures_forgetting FROM goodstanding_app;
