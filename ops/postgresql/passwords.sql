-- Passwords from the environment, for set-ups without a person at the keyboard; else `\password ROLE` in psql.
-- OWNER_PASSWORD and APP_PASSWORD must be set.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
SET password_encryption = 'scram-sha-256';
ALTER ROLE headwaiter_owner PASSWORD :'owner_password';
ALTER ROLE headwaiter_app PASSWORD :'app_password';
