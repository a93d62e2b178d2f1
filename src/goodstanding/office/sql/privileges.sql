-- Accounts, sessions and second factors: the application signs people in, and so may change and remove these rows.
-- The reader, as which the public portal runs, sees none of them. Groups and permissions of Django are not used.
DO $$
DECLARE target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['office_account', 'django_session', 'account_emailaddress',
        'account_emailconfirmation', 'mfa_authenticator'] LOOP
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, goodstanding_reader', target);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO goodstanding_app', target);
    END LOOP;
    FOREACH target IN ARRAY ARRAY['account_emailaddress_id_seq', 'account_emailconfirmation_id_seq',
        'mfa_authenticator_id_seq'] LOOP
        EXECUTE format('GRANT USAGE ON SEQUENCE %I TO goodstanding_app', target);
    END LOOP;
END $$;
