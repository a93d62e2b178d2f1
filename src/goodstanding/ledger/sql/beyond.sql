-- Rooms above the ledger write in its events too: what they wrote is part of the event's root. A room that does
-- replaces `ledger_event_root_beyond`; where it wrote nothing, the root is what it was before.

CREATE FUNCTION ledger_event_root_beyond(wanted bigint) RETURNS bytea
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT ''::bytea
$$;

CREATE OR REPLACE FUNCTION ledger_event_root(wanted bigint) RETURNS bytea
LANGUAGE sql STABLE SET search_path = public, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' AS $$
    SELECT sha256(convert_to(concat_ws('|', e.public_id, e.kind, e.at, e.day, e.actor, e.digest), 'UTF8')
        -- In blocks of 2^20 rows: one string of all leaves would meet the limit of 1 GB.
        || coalesce((SELECT sha256(string_agg(block.digest, ''::bytea ORDER BY block.number))
                     FROM (SELECT id >> 20 AS number, sha256(string_agg(
                               leaf || uuid_send(source_key) || uuid_send(public_id)
                               || int4send(source_id) || int2send(revision), ''::bytea ORDER BY id)) AS digest
                           FROM ledger_record WHERE id BETWEEN wanted << 32 AND (wanted << 32) + 4294967295
                           GROUP BY id >> 20) AS block), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY id))
                     FROM ledger_role t
                     WHERE id BETWEEN wanted << 32 AND (wanted << 32) + 4294967295), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY id))
                     FROM ledger_tie t
                     WHERE id BETWEEN wanted << 32 AND (wanted << 32) + 4294967295), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(CASE WHEN e.classed THEN t::text
                         ELSE ROW(t.id, t.public_id, t.scheme, t.identifier, t.kind, t.division,
                             t.registered_on, t.event_id)::text END, 'UTF8')),
                         ''::bytea ORDER BY t.id))
                     FROM ledger_subject t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(CASE WHEN e.classed THEN t::text
                         ELSE ROW(t.id, t.text, t.key, t.language, t.former, t.event_id, t.subject_id)::text END, 'UTF8')),
                         ''::bytea ORDER BY t.id))
                     FROM ledger_subjectname t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(CASE WHEN e.classed THEN t::text
                         ELSE ROW(t.id, t.scheme, t.identifier, t.event_id, t.subject_id)::text END, 'UTF8')),
                         ''::bytea ORDER BY t.id))
                     FROM ledger_subjectidentifier t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_ending t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_merge t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_erasure t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_delivery t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_packversion t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_item t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_source t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_node t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_purge t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_part t WHERE t.written_by_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_subjectopening t WHERE t.event_id = wanted), ''::bytea)
        || ledger_event_root_beyond(wanted))
    FROM ledger_event e WHERE e.id = wanted
$$;
