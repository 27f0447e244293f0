--liquibase formatted sql

--changeset identity:addresses
--comment Addresses that were kept with white space or invisible characters, or decomposed, are kept as they are typed. Of several persons who would have the same address then, the oldest gets it unless somebody has it already; the others keep theirs, and sign in with it as before: two accounts never become one.
with cleaned as (
    select id, email, created_at,
           lower(normalize(
               regexp_replace(
                   regexp_replace(
                       email,
                       '^[\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF\u200B-\u200F\u202A-\u202E\u2060-\u206F]+|[\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF\u200B-\u200F\u202A-\u202E\u2060-\u206F]+$',
                       '', 'g'),
                   '[\u00AD\u034F\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]', '', 'g'),
               NFC)) as plain
      from person
), chosen as (
    select id, plain, row_number() over (partition by plain order by created_at, id) as place
      from cleaned
     where email <> plain
       and plain ~ '^[^@]{1,64}@[^@]+$'
       and length(plain) between 3 and 254
       and plain not in (select email from person)
)
update person p
   set email = c.plain
  from chosen c
 where c.id = p.id
   and c.place = 1;
--rollback select 1;
