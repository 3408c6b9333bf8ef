-- The least that a booking can cost: what scripts/bench compares the pipeline with.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TABLE bookings (
  id bigserial PRIMARY KEY, restaurant_id int NOT NULL DEFAULT 1, party_size int NOT NULL, during tstzrange NOT NULL,
  state text NOT NULL DEFAULT 'created', version int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE allocations (
  id bigserial PRIMARY KEY, table_id int NOT NULL, during tstzrange NOT NULL, booking_id bigint NOT NULL,
  EXCLUDE USING gist (table_id WITH =, during WITH &&));
CREATE TABLE history (
  id bigserial PRIMARY KEY, booking_id bigint NOT NULL, from_state text NOT NULL, to_state text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(), metadata jsonb NOT NULL DEFAULT '{}');
CREATE TABLE events (
  id bigserial PRIMARY KEY, booking_id bigint NOT NULL, type text NOT NULL, payload jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now());
CREATE SEQUENCE slot_seq CACHE 50;
