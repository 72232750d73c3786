-- SPDX-FileCopyrightText: The Daily Cup authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Where tablets hand their sealed records over, in a PostgreSQL 15 or later.
-- README.md in this folder says how it is put in and used; psql takes it whole
-- or not at all:
--
--   psql -v ON_ERROR_STOP=1 -f schema.sql DATABASE
--
-- What holds here, and why:
--
--   A tablet's login can call three functions and read no table. It adds records
--   of the one tablet key that it was enrolled with, and learns of each whether
--   it is there. It can change and delete nothing, and read no record back.
--
--   A record is identified by its id, for ever: handing it over twice is one row.
--   Whether a second one with this id is the same is decided by its bytes.
--
--   An answer is worth something only once it is as safe as this server promises:
--   see settle ().
--
--   The server cannot open a record and does not verify signatures: whoever takes
--   the records out does both.

BEGIN;

DO $$
BEGIN
  IF current_setting('server_version_num')::int < 150000 THEN
    RAISE EXCEPTION 'Daily Cup needs PostgreSQL 15 or later; this is %.',
      current_setting('server_version');
  END IF;
  IF current_setting('server_encoding') <> 'UTF8' THEN
    RAISE EXCEPTION 'Daily Cup needs a database in UTF8; this one is in %.',
      current_setting('server_encoding');
  END IF;
END $$;

-- Roles belong to the whole server, so another database may have made them.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['daily_cup_owner', 'daily_cup_tablet', 'daily_cup_office'] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    END IF;
  END LOOP;
  -- Nobody but the two groups even gets in.
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO daily_cup_tablet, daily_cup_office',
                 current_database());
  -- For a server whose administrator is no superuser.
  IF NOT pg_has_role(current_user, 'daily_cup_owner', 'MEMBER') THEN
    EXECUTE format('GRANT daily_cup_owner TO %I', current_user);
  END IF;
END $$;

CREATE SCHEMA daily_cup AUTHORIZATION daily_cup_owner;
SET LOCAL ROLE daily_cup_owner;
SET LOCAL search_path = pg_catalog, pg_temp;

REVOKE ALL ON SCHEMA daily_cup FROM PUBLIC;
GRANT USAGE ON SCHEMA daily_cup TO daily_cup_tablet, daily_cup_office;

------------------------------------------------------------------------- tables

-- Which login speaks for which tablet. A line is never deleted: a login that was
-- revoked stays revoked, and a record says by which it came.
CREATE TABLE daily_cup.tablet (
  login          name PRIMARY KEY,
  tablet         bytea NOT NULL CHECK (octet_length(tablet) = 32),
  enrolled       timestamptz NOT NULL DEFAULT now(),
  revoked        timestamptz,
  last_submitted timestamptz
);
CREATE UNIQUE INDEX ON daily_cup.tablet (tablet) WHERE revoked IS NULL;

CREATE SEQUENCE daily_cup.batch;

CREATE TABLE daily_cup.record (
  id        bytea PRIMARY KEY CHECK (octet_length(id) = 16),
  batch     bigint NOT NULL,          -- those of one batch came together and fit into one bundle
  campaign  text NOT NULL,
  tablet    bytea NOT NULL,
  queue     bytea NOT NULL,
  seq       bigint NOT NULL,
  envelope  bytea NOT NULL,
  signature bytea NOT NULL,
  sealed    bytea NOT NULL,
  login     name NOT NULL,
  received  timestamptz NOT NULL DEFAULT now()
) WITH (toast_tuple_target = 8160);
CREATE INDEX ON daily_cup.record (batch, seq);
-- Sealed bytes are random: to compress them costs time and gains nothing.
ALTER TABLE daily_cup.record
  ALTER envelope SET STORAGE EXTERNAL,
  ALTER signature SET STORAGE EXTERNAL,
  ALTER sealed SET STORAGE EXTERNAL;

-- Statements by tablets and receipts by the office: one signed line each.
CREATE TABLE daily_cup.note (
  number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind     text NOT NULL CHECK (kind IN ('statement', 'receipt')),
  campaign text NOT NULL,
  tablet   bytea NOT NULL,
  queue    bytea NOT NULL,
  sha256   bytea NOT NULL,
  line     bytea NOT NULL,
  login    name NOT NULL,
  received timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tablet, queue, campaign, kind, sha256)
);

-- One row: which destination this is, and which life of it.
CREATE TABLE daily_cup.destination (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  id       bytea NOT NULL CHECK (octet_length(id) = 16),
  epoch    bytea NOT NULL CHECK (octet_length(epoch) = 16),
  place    text NOT NULL,             -- where it was when this epoch began
  since    timestamptz NOT NULL DEFAULT now()
);

---------------------------------------------------------------- what is internal

CREATE FUNCTION daily_cup.random_id() RETURNS bytea
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
RETURN substring(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) FOR 16);

-- What is another after a restore: of the whole server from a backup (its
-- timeline; its identifier, where it was made anew) or of this database or schema
-- from a dump (their numbers). A stand-by that takes over has another timeline
-- too: if it was an asynchronous one, it may lack what was acknowledged.
CREATE FUNCTION daily_cup.place() RETURNS text
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
RETURN (SELECT system_identifier FROM pg_control_system())
  || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
  || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())
  || '/' || 'daily_cup.record'::regclass::oid
  || '/' || 'daily_cup.destination'::regclass::oid;

-- Makes what this call found or wrote as safe as this server promises, before
-- the call is answered. Two things are needed for that:
--
--   The commit waits for the disk, and for the synchronous stand-by where there
--   is one, whatever the login or its session has set.
--
--   There is something to commit. A transaction that wrote nothing (all was there
--   already) would be answered at once, although what it found may have been
--   written by one that was cancelled while it waited for the stand-by: visible
--   here, and lost with this server. The message goes behind it in the log, so
--   whoever has waited for the one has both.
CREATE FUNCTION daily_cup.settle() RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF current_setting('synchronous_commit') NOT IN ('on', 'remote_apply') THEN
    PERFORM set_config('synchronous_commit', 'on', true);
  END IF;
  PERFORM pg_logical_emit_message(true, 'daily_cup', '');
END $$;

CREATE FUNCTION daily_cup.is_office() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN pg_has_role(session_user, 'daily_cup_office', 'USAGE');

-- The key of the tablet that this login speaks for. Its line is held until the
-- end of the transaction, so that two connections of one tablet take turns.
CREATE FUNCTION daily_cup.own_tablet() RETURNS bytea
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own daily_cup.tablet;
BEGIN
  SELECT * INTO own FROM daily_cup.tablet AS t WHERE t.login = session_user AND t.revoked IS NULL
    FOR NO KEY UPDATE;
  IF own IS NULL OR own.tablet IS NULL THEN
    RAISE EXCEPTION 'The login % is not enrolled for a tablet.', session_user
      USING ERRCODE = 'invalid_authorization_specification';
  END IF;
  RETURN own.tablet;
END $$;

CREATE FUNCTION daily_cup.read_json(text bytea) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN convert_from(text, 'UTF8')::jsonb;
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
  RETURN NULL;
END $$;

-- Why a record cannot be taken, whoever asks and whenever; NULL where it can.
CREATE FUNCTION daily_cup.objection(json jsonb, envelope bytea, signature bytea, sealed bytea,
                                    tablet bytea) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN CASE
  WHEN envelope IS NULL OR signature IS NULL OR sealed IS NULL THEN 'A part of the record is missing.'
  WHEN octet_length(envelope) > 4096 THEN 'The envelope is larger than 4096 bytes.'
  WHEN octet_length(sealed) > 131072 THEN 'The sealed part is larger than 131072 bytes.'
  WHEN octet_length(signature) <> 64 THEN 'The signature is not one of 64 bytes.'
  WHEN json IS NULL OR jsonb_typeof(json) <> 'object' THEN 'The envelope is not JSON.'
  WHEN json -> 'v' IS DISTINCT FROM '1' THEN 'The envelope is of another version than 1.'
  WHEN json ->> 'tablet' IS DISTINCT FROM encode(tablet, 'hex')
    THEN 'The record is of another tablet than this login.'
  WHEN coalesce(json ->> 'id' !~ '^[0-9a-f]{32}$', true)
    OR coalesce(json ->> 'queue' !~ '^[0-9a-f]{32}$', true)
    OR coalesce(json ->> 'campaign' !~ '^[a-z0-9-]{1,64}$', true)
    OR coalesce(json ->> 'seq' !~ '^[1-9][0-9]{0,15}$', true)
    THEN 'The envelope has no id, queue, campaign or number.'
  WHEN (json ->> 'seq')::bigint > 9007199254740991 THEN 'The number is above 2^53 - 1.'
  WHEN json ->> 'sealed_sha256' IS DISTINCT FROM encode(sha256(sealed), 'hex')
    THEN 'The sealed part is not the one that the envelope names.'
END;

-- Of a record in a bundle (src/record/FORMAT.md): base64 of the three, 43 bytes
-- around them.
CREATE FUNCTION daily_cup.line_size(envelope bytea, signature bytea, sealed bytea) RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN (octet_length(envelope) + 2) / 3 * 4 + (octet_length(signature) + 2) / 3 * 4
  + (octet_length(sealed) + 2) / 3 * 4 + 43;

--------------------------------------------------------------- for every login

-- Which destination this is. Finds out by itself that it was restored, and then
-- begins another epoch: tablets offer again what no receipt covers.
CREATE FUNCTION daily_cup.identity()
RETURNS TABLE (version int, id bytea, epoch bytea, may_remove boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
#variable_conflict use_column
DECLARE
  here text := daily_cup.place();
BEGIN
  IF NOT daily_cup.is_office() THEN
    PERFORM daily_cup.own_tablet();
  END IF;
  INSERT INTO daily_cup.destination AS d (id, epoch, place)
    VALUES (daily_cup.random_id(), daily_cup.random_id(), here)
    ON CONFLICT (only_one) DO UPDATE SET epoch = excluded.epoch, place = here, since = now()
    WHERE d.place <> here;
  PERFORM daily_cup.settle();
  RETURN QUERY
    SELECT 1, d.id, d.epoch,
           daily_cup.is_office() OR has_table_privilege(session_user, 'daily_cup.record', 'DELETE, UPDATE, TRUNCATE')
    FROM daily_cup.destination AS d;
END $$;

-- The notes after @after, at most twenty: all of them for the office, with NULL
-- for any; to a tablet those of its own alone.
CREATE FUNCTION daily_cup.notes(kind text, campaign text, tablet bytea, queue bytea, after bigint)
RETURNS TABLE (number bigint, line bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
#variable_conflict use_column
DECLARE
  own bytea := CASE WHEN daily_cup.is_office() THEN notes.tablet ELSE daily_cup.own_tablet() END;
BEGIN
  RETURN QUERY
    SELECT n.number, n.line FROM daily_cup.note AS n
    WHERE n.kind = notes.kind AND n.number > notes.after
      AND (own IS NULL OR n.tablet = own)
      AND (notes.tablet IS NULL OR n.tablet = notes.tablet)
      AND (notes.queue IS NULL OR n.queue = notes.queue)
      AND (notes.campaign IS NULL OR n.campaign = notes.campaign)
    ORDER BY n.number LIMIT 20;
END $$;

-- Statements are put here by the tablet that they are of, receipts by the office.
-- TRUE: it is new.
CREATE FUNCTION daily_cup.put_note(kind text, campaign text, tablet bytea, queue bytea, line bytea)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
#variable_conflict use_variable
DECLARE
  is_new boolean;
BEGIN
  IF kind = 'receipt' AND NOT daily_cup.is_office() THEN
    RAISE EXCEPTION 'Receipts are put here by the office.' USING ERRCODE = 'insufficient_privilege';
  ELSIF kind = 'statement' AND daily_cup.own_tablet() IS DISTINCT FROM tablet THEN
    RAISE EXCEPTION 'The statement is of another tablet than this login.'
      USING ERRCODE = 'insufficient_privilege';
  ELSIF kind IS NULL OR kind NOT IN ('statement', 'receipt') OR line IS NULL
    OR octet_length(line) NOT BETWEEN 1 AND 524288
    OR coalesce(octet_length(tablet) <> 32, true) OR coalesce(octet_length(queue) <> 16, true)
    OR coalesce(campaign !~ '^[a-z0-9-]{1,64}$', true) THEN
    RAISE EXCEPTION 'This is no statement and no receipt.' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  INSERT INTO daily_cup.note AS n (kind, campaign, tablet, queue, sha256, line, login)
    VALUES (kind, campaign, tablet, queue, sha256(line), line, session_user)
    ON CONFLICT DO NOTHING;
  is_new := FOUND;
  PERFORM daily_cup.settle();
  RETURN is_new;
END $$;

----------------------------------------------------------------- for a tablet

-- Takes records, each by itself, and says of each by its id:
--
--   new      it is here now, and was not
--   same     these very bytes were here
--   differs  another record has this id
--   refused  it cannot be taken; the reason says why
--   retry    nothing is known of it
--
-- A record whose envelope does not even say its id is not answered.
CREATE FUNCTION daily_cup.submit(envelopes bytea[], signatures bytea[], sealed bytea[])
RETURNS TABLE (id bytea, verdict text, reason text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
#variable_conflict use_column
DECLARE
  most CONSTANT int := 262144 - 200;       -- of a bundle, less its last line
  own bytea := daily_cup.own_tablet();
  n int := cardinality(envelopes);
  batch bigint;
  room int := 0;
  size int;
  json jsonb;
  there daily_cup.record;
BEGIN
  IF coalesce(n > 1000, true) OR n IS DISTINCT FROM cardinality(signatures)
    OR n IS DISTINCT FROM cardinality(submit.sealed) THEN
    RAISE EXCEPTION 'Expected three lists of equal length, of at most 1000.'
      USING ERRCODE = 'program_limit_exceeded';
  END IF;

  FOR i IN 1 .. n LOOP
    json := CASE WHEN octet_length(envelopes[i]) <= 4096 THEN daily_cup.read_json(envelopes[i]) END;
    reason := daily_cup.objection(json, envelopes[i], signatures[i], submit.sealed[i], own);
    IF reason IS NOT NULL THEN
      verdict := 'refused';
      id := decode(coalesce(substring(json ->> 'id' FROM '^[0-9a-f]{32}$'),
                            substring(encode(envelopes[i], 'escape') FROM '"id":"([0-9a-f]{32})"')),
                   'hex');
      IF id IS NOT NULL THEN
        RETURN NEXT;
      END IF;
      CONTINUE;
    END IF;

    size := daily_cup.line_size(envelopes[i], signatures[i], submit.sealed[i]);
    IF size > room THEN
      batch := nextval('daily_cup.batch');
      room := most;
    END IF;
    id := decode(json ->> 'id', 'hex');
    INSERT INTO daily_cup.record
      (id, batch, campaign, tablet, queue, seq, envelope, signature, sealed, login)
      VALUES (submit.id, batch, json ->> 'campaign', own, decode(json ->> 'queue', 'hex'),
              (json ->> 'seq')::bigint, envelopes[i], signatures[i], submit.sealed[i], session_user)
      ON CONFLICT DO NOTHING;
    IF FOUND THEN
      verdict := 'new';
      room := room - size;
    ELSE
      SELECT * INTO there FROM daily_cup.record AS r WHERE r.id = submit.id;
      verdict := CASE
        WHEN NOT FOUND THEN 'retry'
        WHEN there.envelope = envelopes[i] AND there.signature = signatures[i]
          AND there.sealed = submit.sealed[i] THEN 'same'
        ELSE 'differs' END;
    END IF;
    RETURN NEXT;
  END LOOP;

  UPDATE daily_cup.tablet AS t SET last_submitted = now() WHERE t.login = session_user;
  PERFORM daily_cup.settle();
END $$;

---------------------------------------------------------------- for the office

-- From now on this login speaks for this tablet (64 hexadecimal digits, as the
-- drill shows them), and no other login does.
CREATE FUNCTION daily_cup.enrol(login text, tablet text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_variable
BEGIN
  IF coalesce(tablet !~ '^[0-9a-f]{64}$', true) THEN
    RAISE EXCEPTION 'Expected the key of a tablet, 64 digits 0-9 a-f; found %.', tablet
      USING ERRCODE = 'invalid_parameter_value';
  ELSIF NOT EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = login) THEN
    RAISE EXCEPTION 'There is no login %.', login USING ERRCODE = 'undefined_object';
  ELSIF NOT pg_has_role(login::name, 'daily_cup_tablet', 'MEMBER') THEN
    RAISE EXCEPTION 'The login % is not in daily_cup_tablet.', login
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  INSERT INTO daily_cup.tablet (login, tablet) VALUES (login, decode(tablet, 'hex'));
EXCEPTION WHEN unique_violation THEN
  RAISE EXCEPTION 'This login, or another that is not revoked, has a tablet already.'
    USING ERRCODE = 'unique_violation';
END $$;

-- A tablet that was lost or given back: from now on its login is worth nothing.
CREATE FUNCTION daily_cup.revoke(login text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_variable
BEGIN
  UPDATE daily_cup.tablet AS t SET revoked = coalesce(t.revoked, now()) WHERE t.login = revoke.login;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'The login % was never enrolled.', login USING ERRCODE = 'undefined_object';
  END IF;
END $$;

---------------------------------------------------------- for the administrator

-- After anything that may have taken records away and that identity () cannot
-- see: a snapshot of the disk put back, rows deleted by hand.
CREATE FUNCTION daily_cup.new_epoch() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE daily_cup.destination SET epoch = daily_cup.random_id(), since = now();
END $$;

------------------------------------------------------------------------- rights

-- A function may be called by everybody unless that is taken away.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA daily_cup FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA daily_cup FROM PUBLIC;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA daily_cup FROM PUBLIC;

GRANT EXECUTE ON FUNCTION
  daily_cup.identity(),
  daily_cup.notes(text, text, bytea, bytea, bigint),
  daily_cup.put_note(text, text, bytea, bytea, bytea)
  TO daily_cup_tablet, daily_cup_office;
GRANT EXECUTE ON FUNCTION daily_cup.submit(bytea[], bytea[], bytea[]) TO daily_cup_tablet;
GRANT EXECUTE ON FUNCTION daily_cup.enrol(text, text), daily_cup.revoke(text) TO daily_cup_office;
-- It takes out and tidies up, and changes nothing that is there.
GRANT SELECT, DELETE ON daily_cup.record, daily_cup.note TO daily_cup_office;
GRANT SELECT ON daily_cup.tablet, daily_cup.destination TO daily_cup_office;

COMMIT;
