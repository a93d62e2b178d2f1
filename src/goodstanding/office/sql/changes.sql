-- The history of what changes beside the ledger. Triggers write it, in the transaction of the change, so that no program
-- can forget to. What is old goes. It names columns and never what stood in them.

CREATE FUNCTION office_note_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    was jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE to_jsonb(OLD) END;
    is_now jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) END;
    known jsonb := was || is_now;
    changed jsonb;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- When somebody signed in, or mistyped a code, is no change.
        SELECT jsonb_agg(c ORDER BY c) INTO changed FROM jsonb_object_keys(known) AS c
            WHERE was->c IS DISTINCT FROM is_now->c AND c NOT IN ('last_login', 'changed_at', 'tries');
        IF changed IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO office_change (what, how, key, account, "case", columns, who, why, at) VALUES (
        TG_ARGV[0], CASE TG_OP WHEN 'INSERT' THEN 'made' WHEN 'UPDATE' THEN 'changed' ELSE 'removed' END,
        known->>'id', coalesce(known->>TG_ARGV[1], ''), (known->>'case_id')::bigint, coalesce(changed, '[]'::jsonb),
        left(coalesce(nullif(current_setting('goodstanding.who', true), ''), 'role ' || session_user), 100),
        left(coalesce(current_setting('goodstanding.why', true), ''), 400), clock_timestamp());
    RETURN NULL;
END $$;

CREATE TRIGGER office_account_noted AFTER INSERT OR UPDATE OR DELETE ON office_account
    FOR EACH ROW EXECUTE FUNCTION office_note_change('account', 'id');
CREATE TRIGGER mfa_authenticator_noted AFTER INSERT OR UPDATE OR DELETE ON mfa_authenticator
    FOR EACH ROW EXECUTE FUNCTION office_note_change('factor', 'user_id');
CREATE TRIGGER office_draft_noted AFTER INSERT OR UPDATE OR DELETE ON office_draft
    FOR EACH ROW EXECUTE FUNCTION office_note_change('draft', 'account_id');
CREATE TRIGGER office_upload_noted AFTER INSERT OR UPDATE OR DELETE ON office_upload
    FOR EACH ROW EXECUTE FUNCTION office_note_change('document', 'account_id');
CREATE TRIGGER office_channel_noted AFTER INSERT OR UPDATE OR DELETE ON office_channel
    FOR EACH ROW EXECUTE FUNCTION office_note_change('address', 'account_id');

CREATE TRIGGER office_change_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON office_change
    FOR EACH STATEMENT EXECUTE FUNCTION office_refuse_change();

-- The only way out: lines of before an instant that is four years ago at least.
CREATE FUNCTION office_forget_changes(before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone bigint;
BEGIN
    IF before > now() - interval '4 years' THEN
        RAISE EXCEPTION 'GS-OFFICE-067: the history is kept four years' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM set_config('goodstanding.forgetting', 'on', true);
    DELETE FROM office_change WHERE at < before;
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('goodstanding.forgetting', 'off', true);
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION office_forget_changes(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION office_forget_changes(timestamptz) TO goodstanding_app;

REVOKE ALL ON office_change FROM PUBLIC, goodstanding_reader, goodstanding_app;
GRANT SELECT ON office_change TO goodstanding_app;
