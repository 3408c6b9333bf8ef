-- The database and its two roles. Once, as a superuser or a role with CREATEDB and CREATEROLE; running it again changes nothing.
--
--     psql -d postgres -f ops/postgresql/roles.sql
--
-- headwaiter_owner  owns the database and everything in it; `headwaiter migrate` runs as it
-- headwaiter_app    what `headwaiter serve` and the other commands run as; grants.sql says what it may
--
-- Neither has a password yet: `\password headwaiter_app` in psql sets one and sends only its hash.
\set ON_ERROR_STOP on

SELECT format('CREATE ROLE %I LOGIN', name) FROM unnest(ARRAY['headwaiter_owner', 'headwaiter_app']) AS name
WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name)
\gexec

-- Whoever gives a database to a role must be a member of it.
SELECT format('GRANT headwaiter_owner TO %I', current_user)
FROM pg_roles WHERE rolname = current_user AND NOT rolsuper
\gexec

SELECT 'CREATE DATABASE headwaiter OWNER headwaiter_owner ENCODING ''UTF8'' TEMPLATE template0'
WHERE NOT EXISTS (SELECT 1 FROM pg_database WHERE datname = 'headwaiter')
\gexec

REVOKE ALL ON DATABASE headwaiter FROM PUBLIC;
GRANT CONNECT ON DATABASE headwaiter TO headwaiter_app;

-- The store counts rows under a lock and relies on seeing what was committed before; no server default may change that.
ALTER ROLE headwaiter_app SET default_transaction_isolation = 'read committed';

-- A transaction that someone leaves open holds up live events and the vacuum.
ALTER DATABASE headwaiter SET idle_in_transaction_session_timeout = '1min';
