-- Addresses, alerts and deliveries are the office's alone. What was tried is written once, and goes with its time only.
DO $$
DECLARE target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['office_channel', 'office_alert', 'office_delivery', 'office_heard'] LOOP
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, goodstanding_reader', target);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO goodstanding_app', target);
    END LOOP;
END $$;
REVOKE ALL ON office_sending FROM PUBLIC, goodstanding_reader, goodstanding_app;
GRANT SELECT, INSERT ON office_sending TO goodstanding_app;
GRANT USAGE ON SEQUENCE office_sending_id_seq TO goodstanding_app;

CREATE FUNCTION office_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('goodstanding.forgetting', true) = 'on' AND current_user = pg_get_userbyid(
        (SELECT relowner FROM pg_class WHERE oid = TG_RELID)) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'GS-OFFICE-030: what was tried is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER office_sending_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON office_sending
    FOR EACH STATEMENT EXECUTE FUNCTION office_refuse_change();

-- The only way out: attempts of before an instant that is two years ago at least.
CREATE FUNCTION office_forget_sendings(before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone bigint;
BEGIN
    IF before > now() - interval '2 years' THEN
        RAISE EXCEPTION 'GS-OFFICE-031: attempts are kept two years' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM set_config('goodstanding.forgetting', 'on', true);
    DELETE FROM office_sending WHERE at < before;
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('goodstanding.forgetting', 'off', true);
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION office_forget_sendings(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION office_forget_sendings(timestamptz) TO goodstanding_app;
