-- Feature: 027-login
CREATE SCHEMA IF NOT EXISTS auth;

-- FR-001: keeps users
CREATE TABLE IF NOT EXISTS auth.users (
  id SERIAL PRIMARY KEY, -- FR-002
  "name" VARCHAR(255) NOT NULL DEFAULT 'a, (b',
  key TEXT UNIQUE REFERENCES keys(id) ON DELETE CASCADE,
  price NUMERIC(10, 2) CHECK (price > 0),
  CONSTRAINT by_name UNIQUE (name),
  FOREIGN KEY (id) REFERENCES others(id)
);

CREATE TABLE `orders` (
  `id` int NOT NULL AUTO_INCREMENT,
  PRIMARY KEY (`id`),
  KEY by_id (`id`)
) ENGINE=InnoDB;

CREATE TABLE [dbo].[Items] ([Id] INT IDENTITY(1,1));
GO

CREATE UNIQUE INDEX idx_users ON auth.users (name);
CREATE INDEX ON auth.users (key);
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE pair AS (a int, b text);
CREATE OR REPLACE VIEW active AS SELECT id, name FROM auth.users;

/* US1 */
CREATE OR REPLACE FUNCTION auth.touch() RETURNS TRIGGER AS $$
BEGIN
  CREATE TABLE hidden (id int);
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE PROCEDURE tidy()
BEGIN
  IF 1 = 1 THEN
    SELECT CASE WHEN 1 THEN 2 END;
  END IF;
END;

DO $$ BEGIN
  CREATE TYPE late AS ENUM ('now');
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

CREATE TRIGGER touched BEFORE UPDATE ON auth.users FOR EACH ROW EXECUTE FUNCTION auth.touch();
ALTER TABLE auth.users ADD COLUMN IF NOT EXISTS age INT NOT NULL DEFAULT 0, ADD COLUMN size INT;
ALTER TABLE auth.users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON auth.users FOR SELECT USING (true);
INSERT INTO auth.users (id) VALUES ('FR-003: loses nothing');
