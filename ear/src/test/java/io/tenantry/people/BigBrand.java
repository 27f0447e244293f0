package io.tenantry.people;

import io.tenantry.cluster.Cluster;
import io.tenantry.people.stage.SettledMonths;
import io.tenantry.tenancy.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Properties;

/**
 * A brand with a thousand customers and ten thousand services that have run since the first of last month, sizes and regions to choose from,
 * notifications, events and two months of charges: hourly for the customer whose member signs in, daily for all others. Beside it some other,
 * empty brands. Created by set-based statements, like the crowd of the benchmark, with every row that the product would have written.
 */
final class BigBrand {
    static final String SLUG = "big";
    static final String HOST = SLUG + ".localhost";
    static final String MEMBER = "member@" + SLUG + ".example";
    static final String STAFF = "owner@" + SLUG + ".example";
    static final String OPERATOR = "ines@platform.example";

    private static final int CUSTOMERS = 1_000;
    private static final int SERVICES_EACH = 10;

    /** Enough for a query per brand of a list to exceed the limit. */
    private static final int OTHER_BRANDS = 8;

    private static final Instant MADE = Instant.parse("2026-03-20T10:20:00Z");
    private static final Instant CHARGED = Instant.parse("2026-03-20T11:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-20T11:20:00Z");

    private static final List<String> LIFE = List.of(
            """
            insert into region (code, name, country)
            values ('fra1', 'Frankfurt', 'DE'), ('nyc1', 'New York', 'US'), ('sgp1', 'Singapore', 'SG')
            """,
            """
            insert into plan (id, code, name, category, vcpus, memory_mib, disk_gib, transfer_gib, state, created_at)
            select gen_random_uuid(), 'size-' || n, 'Size ' || n, 'servers', n, 1024 * n, 20 * n, 1000, 'ON_SALE',
                   timestamptz '2026-01-01T00:00Z'
              from generate_series(1, 7) n
            """,
            "insert into plan_region (plan_id, region) select p.id, r.code from plan p, region r on conflict do nothing",
            """
            insert into price_version (id, plan_id, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                       published_at, published_by)
            select gen_random_uuid(), id, 1, 'USD', 7.30 * vcpus, 0.01 * vcpus, 0, created_at, created_at, 'history'
              from plan
             where code like 'size-%'
            """,
            """
            update service s
               set ordered_at = timestamptz '2026-02-01T00:00Z',
                   activated_at = timestamptz '2026-02-01T00:00Z',
                   region = (array['mass', 'fra1', 'nyc1', 'sgp1'])[1 + abs(hashtext(s.id::text)) % 4],
                   plan_id = v.plan_id,
                   price_version_id = v.id
              from (select id, plan_id, row_number() over (order by id) - 1 as place from price_version) v
             where v.place = abs(hashtext(s.id::text)) % 8
            """,
            """
            insert into service_event (service_id, at, event, actor)
            select s.id, s.activated_at, w.event, 'Olga Owner'
              from service s, unnest(array['ordered', 'activated']) w (event)
            """,
            """
            update rated_period
               set starts_at = timestamptz '2026-02-01T00:00Z',
                   month_ends_at = timestamptz '2026-03-01T00:00Z',
                   charged_until = timestamptz '2026-03-01T00:00Z',
                   hours = 672,
                   amount = least(cap, 672 * hourly),
                   open = false
            """,
            """
            insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at, month_ends_at,
                                      charged_until, hours, month_cap, cap, amount)
            select service_id, wallet_id, price_version_id, currency, hourly, month_ends_at,
                   timestamptz '2026-04-01T00:00Z', timestamptz '2026-03-20T10:00Z', 466, month_cap, month_cap,
                   least(month_cap, 466 * hourly)
              from rated_period
            """,
            """
            with entry as (
              insert into journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor)
              select 'CHARGE', 'history', 'history:' || h, h, h, 'history'
                from generate_series(timestamptz '2026-02-01T01:00Z', timestamptz '2026-03-20T10:00Z', interval '1 hour') h
               order by h
              returning id, effective_at
            ),
            leg as (
              select e.id, w.id as wallet, w.currency, w.hourly_cost as amount,
                     w.balance - w.hourly_cost * row_number() over (partition by w.id order by e.id) as balance
                from entry e
                join wallet w on w.id = ${wallet} or extract(hour from e.effective_at at time zone 'UTC') = 0
            )
            insert into posting (entry_id, account_id, currency, amount, balance_after)
            select id, wallet, currency, -amount, balance from leg
            union all
            select l.id, a.id, a.currency, sum(l.amount), null
              from leg l, ledger_account a
             where a.kind = 'REVENUE'
             group by l.id, a.id, a.currency
            """,
            "update wallet set balance = 10 where id in (select id from wallet order by id offset 1 limit 50)",
            "insert into wallet_event (wallet_id, kind, balance, hourly_cost, at)"
                    + " select id, 'LOW', balance, hourly_cost, timestamptz '2026-03-19T00:00Z' from wallet where balance = 10",
            """
            insert into notification (person_id, kind, subject, key, created_at)
            select p.id, 'SERVICE_ORDERED', 'server-' || n, 'history:' || n, timestamptz '2026-03-19T00:00Z'
              from person p, generate_series(1, 150) n
            """,
            """
            insert into faq_entry (id, language, position, question, answer, changed_at)
            select gen_random_uuid(), 'en', n, 'Question ' || n || '?', 'An answer.', timestamptz '2026-03-01T00:00Z'
              from generate_series(1, 8) n
            """,
            """
            insert into legal_text (kind, version, body, published_at, published_by)
            select k, 1, '# Text', timestamptz '2026-03-01T00:00Z', 'history'
              from unnest(array['IMPRINT', 'TERMS', 'PRIVACY']) k
            """,
            """
            insert into incident (id, title, impact, region, started_at, ended_at)
            select gen_random_uuid(), 'Disk ' || n, 'DEGRADED', 'fra1', timestamptz '2026-03-01T00:00Z' + n * interval '1 day',
                   timestamptz '2026-03-01T01:00Z' + n * interval '1 day'
              from generate_series(1, 10) n
            """,
            """
            insert into incident_update (id, incident_id, recorded_at, recorded_by, note)
            select gen_random_uuid(), id, ended_at, 'Support', 'Replaced.' from incident
            """,
            """
            insert into contact_message (id, sent_at, name, email, subject, message, language)
            select gen_random_uuid(), timestamptz '2026-03-18T00:00Z', 'Ada', 'ada@example.org', 'Question ' || n, 'Hello', 'en'
              from generate_series(1, 40) n
            """,
            """
            insert into announcement (id, title, text, level, starts_at, author)
            select gen_random_uuid(), 'News ' || n, 'It is said.', 'INFO', timestamptz '2026-03-01T00:00Z', 'history'
              from generate_series(1, 5) n
            """,
            """
            insert into provider_account (id, name, provider, credentials, state, created_at, credentials_at)
            select gen_random_uuid(), 'Account ' || n, 'sandbox', 'v1.history.AAAA', 'ON', timestamptz '2026-03-01T00:00Z',
                   timestamptz '2026-03-01T00:00Z'
              from generate_series(1, 3) n
            """,
            """
            insert into provider_region (id, account_id, code, name, country, open, region, seen_at)
            select gen_random_uuid(), id, 'place-' || n, 'Place ' || n, 'DE', true, 'fra1', timestamptz '2026-03-01T00:00Z'
              from provider_account, generate_series(1, 20) n
            """,
            """
            insert into provider_size (id, account_id, code, name, family, vcpus, memory_mib, disk_gib, transfer_gib, regions, seen_at)
            select gen_random_uuid(), id, 'size-' || n, 'Size ' || n, 'shared', n, 1024 * n, 20 * n, 1000, '{}',
                   timestamptz '2026-03-01T00:00Z'
              from provider_account, generate_series(1, 100) n
            """,
            """
            insert into provider_price (size_id, region, currency, hourly, monthly, seen_at)
            select id, '', 'USD', 0.01 * vcpus, 6 * vcpus, seen_at from provider_size
            """,
            """
            insert into provider_image (id, account_id, code, name, family, disk_min_gib, deprecated, seen_at)
            select gen_random_uuid(), id, 'image-' || n, 'System ' || n, 'linux', 5, false, timestamptz '2026-03-01T00:00Z'
              from provider_account, generate_series(1, 30) n
            """,
            """
            insert into ssh_key (id, organization_id, name, line, fingerprint, added_at, added_by)
            select gen_random_uuid(), o.id, 'Key ' || n, 'ssh-ed25519 AAAA' || n, 'SHA256:' || n,
                   timestamptz '2026-03-01T00:00Z', 'history'
              from organization o, generate_series(1, 20) n
            """,
            """
            insert into startup_script (id, organization_id, name, text, changed_at, changed_by)
            select gen_random_uuid(), o.id, 'Script ' || n, '#!/bin/sh' || chr(10) || 'echo {{name}}',
                   timestamptz '2026-03-01T00:00Z', 'history'
              from organization o, generate_series(1, 10) n
            """,
            """
            insert into provider_scan (account, started_at, completed_at, servers, ours)
            select id::text, timestamptz '2026-03-20T10:00Z', timestamptz '2026-03-20T10:00Z', 40, 30 from provider_account
            """,
            """
            insert into server_discrepancy (id, account, kind, provider_ref, resource_tag, service_id, name, expected, seen, times, first_seen_at,
                                 last_seen_at, since, seen_until, confirmed_at)
            select gen_random_uuid(), a.id::text, 'DRIFT_ADDRESS', s.place::text, 'svc-' || s.id, s.id, s.name, '198.51.100.1',
                   '198.51.100.2', 3, timestamptz '2026-03-20T09:00Z', timestamptz '2026-03-20T10:00Z',
                   timestamptz '2026-03-20T09:00Z', timestamptz '2026-03-20T10:00Z', timestamptz '2026-03-20T10:00Z'
              from provider_account a
             cross join (select id, name, row_number() over (order by id) as place from service order by id limit 40) s
            """,
            """
            insert into transfer_price (id, version, currency, per_gib, valid_from, published_at, published_by)
            select gen_random_uuid(), 1, 'USD', 0.01, timestamptz '2026-01-01T00:00Z', timestamptz '2026-01-01T00:00Z', 'history'
            """,
            """
            insert into transfer_pack_offer (id, gib, currency, price, months, offered_at, offered_by)
            select gen_random_uuid(), 1024 * n, 'USD', 5 * n, 12, timestamptz '2026-01-01T00:00Z', 'history'
              from generate_series(1, 8) n
            """,
            """
            insert into transfer_period (service_id, from_at, to_at, in_previous, in_peak, in_committed, out_previous, out_peak, out_committed,
                                         exact, read_at)
            select id, timestamptz '2026-03-01T00:00Z', timestamptz '2026-04-01T00:00Z', 0, 1073741824, 0, 0, 5368709120, 0, true,
                   timestamptz '2026-03-20T10:00Z'
              from service
            """,
            """
            insert into addon_price (id, kind, version, currency, monthly, valid_from, published_at, published_by)
            select gen_random_uuid(), k.kind, 1, 'USD', 0.10, timestamptz '2026-01-01T00:00Z', timestamptz '2026-01-01T00:00Z', 'history'
              from (values ('VOLUME'), ('BACKUP'), ('SNAPSHOT'), ('ADDRESS')) k (kind)
            """,
            """
            insert into price_version (id, addon_price_id, quantity, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                       published_at, published_by)
            select gen_random_uuid(), p.id, q.n, 1, p.currency, p.monthly * q.n, round(p.monthly * q.n / 730, 8), 0, p.valid_from, p.published_at,
                   'history'
              from addon_price p
             cross join lateral (select case p.kind when 'ADDRESS' then 1 else 50 end as n) q
             where p.kind in ('VOLUME', 'SNAPSHOT', 'ADDRESS')
            """,
            """
            insert into addon (id, service_id, organization_id, wallet_id, kind, name, quantity, price_version_id, account,
                                        provider_region, provider_ref, state, attached, retention, ordered_at, activated_at)
            select gen_random_uuid(), s.id, s.organization_id, s.wallet_id, v.kind, 'data', v.quantity, v.id, 'elsewhere', 'fra1',
                   case when v.kind in ('VOLUME', 'ADDRESS') then s.id::text end, 'ACTIVE', v.kind = 'VOLUME',
                   case when v.kind = 'SNAPSHOT' then 'STANDALONE' end, s.ordered_at, s.activated_at
              from service s
             cross join (select p.id, p.quantity, o.kind from price_version p join addon_price o on o.id = p.addon_price_id) v
            """,
            """
            insert into addon_discrepancy (id, account, addon_kind, kind, provider_ref, resource_tag, addon_id, service_id, name, expected_gib, seen_gib,
                                        first_seen_at, last_seen_at, since, confirmed_at)
            select gen_random_uuid(), 'elsewhere', 'VOLUME', 'MISSING', o.provider_ref, 'svc-' || o.id, o.id, o.service_id, o.name, o.quantity, 0,
                   timestamptz '2026-03-20T09:00Z', timestamptz '2026-03-20T10:00Z', timestamptz '2026-03-20T09:00Z',
                   timestamptz '2026-03-20T10:00Z'
              from (select * from addon where kind = 'VOLUME' order by id limit 40) o
            """,
            """
            insert into work.work_item (tenant, tenant_role, kind, key, subject, state, attempts, node, fence, claimed_at, error,
                                        parked_at, parked_reason)
            select 'big', 'tn_big', 'power', 'history:' || s.id, s.id, 'PARKED', 10, 'one', 10, timestamptz '2026-03-20T10:00Z',
                   'nobody answers', timestamptz '2026-03-20T10:00Z', 'nobody answers'
              from (select id from service order by id limit 40) s
            """,
            """
            insert into adjustment (id, wallet_id, kind, counterpart, reason_code, currency, amount, reason, requested_at, requested_by_name, expires_at)
            select gen_random_uuid(), w.id, 'CREDIT', 'ADJUSTMENT', 'GOODWILL', w.currency, 10, 'it was down',
                   timestamptz '2026-03-19T10:00Z', 'history', timestamptz '2026-04-02T10:00Z'
              from (select id, currency from wallet order by id limit 200) w
            """,
            """
            insert into bank_import (id, file_name, format, lines, new_lines, imported_at, imported_by)
            select gen_random_uuid(), 'statement-' || n || '.csv', 'CSV', 20, 20, timestamptz '2026-03-20T10:00Z', 'history'
              from generate_series(1, 20) n
            """,
            """
            insert into bank_transaction (id, import_id, position, account, key, booked_on, amount, currency, payer, iban, purpose, state, match_reason,
                                   proposed_id)
            select gen_random_uuid(), i.id, n, 'DE89370400440532013000', i.id || '/' || n, date '2026-03-19', n, 'USD', 'Payer ' || n, '',
                   'thanks', 'OPEN', 'NAME', (select o.id from organization o order by o.id limit 1)
              from bank_import i
             cross join generate_series(1, 20) n
            """,
            """
            update bank_import set posted_at = imported_at, posted_by = imported_by
            """,
            """
            insert into bank_import (id, file_name, format, lines, new_lines, imported_at, imported_by, state, content, header, samples)
            values (gen_random_uuid(), 'draft.csv', 'CSV', 300, 0, timestamptz '2026-03-20T10:00Z', 'history', 'DRAFT', 'Date;Amount',
                    '{Date,Amount}', '{2026-03-19,"10,00"}')
            """,
            """
            insert into bank_row (id, import_id, position, line_number, kind, account, key, booked_on, amount, currency, payer, plan, match_reason,
                                  organization_id)
            select gen_random_uuid(), i.id, n, n + 1, 'TRANSACTION', '-', i.id || '/' || n, date '2026-03-19', n, 'USD', 'Payer ' || n,
                   'ASSIGN', 'NAME', (select o.id from organization o order by o.id limit 1)
              from bank_import i
             cross join generate_series(1, 300) n
             where i.state = 'DRAFT'
            """,
            """
            insert into bank_row (id, import_id, position, line_number, kind, reason, detail, raw, key, plan, review)
            select gen_random_uuid(), i.id, n, n + 1, 'REVIEW', 'AMOUNT', 'ten', '2026-03-19;ten', i.id || '/' || n, 'REVIEW', 'OPEN'
              from (select id from bank_import where state = 'POSTED' order by id limit 1) i
             cross join generate_series(1, 200) n
            """,
            "analyze");

    private BigBrand() {}

    /** Creates the brand on the node, whose clock then stands at twenty past eleven; returns the ids of its pages. */
    static BrowserTestSetup.Made make(Cluster cluster, String node) throws SQLException {
        var driver = cluster.driver(node);
        cluster.at(MADE);
        driver.createUniformTenant(SLUG, CUSTOMERS, SERVICES_EACH, "7.30", "1000");
        var planted = driver.plantCanaries(SLUG);
        driver.operator(OPERATOR);
        for (var number = 1; number <= OTHER_BRANDS; number++) {
            driver.create("brand-" + number);
        }
        var ids = new Properties();
        ids.setProperty("organization", planted.get(2));
        ids.setProperty("service", planted.get(4));
        ids.setProperty("wallet", planted.get(3));
        ids.setProperty("day", NOW.toString().substring(0, 10));
        try (var connection = cluster.database().superuser().getConnection()) {
            connection.setSchema("t_" + SLUG);
            live(connection, planted.get(3));
            settled(connection);
            ids.setProperty(
                    "period",
                    text(connection, "select id from rated_period where wallet_id = '" + planted.get(3) + "' limit 1"));
            ids.setProperty("settlement", text(connection, SettledMonths.latest(new TenantId(SLUG))));
            ids.setProperty("payment", text(connection, SettledMonths.payment(new TenantId(SLUG))));
            ids.setProperty("small", text(connection, "select id from plan order by code limit 1"));
            ids.setProperty("person", text(connection, member(planted.get(2))));
            ids.setProperty("key", text(connection, own("ssh_key", planted.get(2))));
            ids.setProperty("script", text(connection, own("startup_script", planted.get(2))));
            ids.setProperty("volume", text(connection, option("VOLUME", planted.get(2))));
            ids.setProperty("address", text(connection, option("ADDRESS", planted.get(2))));
            ids.setProperty("snapshot", text(connection, option("SNAPSHOT", planted.get(2))));
            ids.setProperty("question", text(connection, "select id from faq_entry limit 1"));
            ids.setProperty("mail", text(connection, "select id from mail limit 1"));
            ids.setProperty("account", text(connection, "select id from provider_account limit 1"));
            ids.setProperty("finding", text(connection, "select id from server_discrepancy limit 1"));
            ids.setProperty("option-finding", text(connection, "select id from addon_discrepancy limit 1"));
            ids.setProperty("bank-line", text(connection, "select id from bank_transaction limit 1"));
            ids.setProperty(
                    "bank-import", text(connection, "select id from bank_import where state = 'DRAFT' limit 1"));
            ids.setProperty("price-list", text(connection, PRICE_LIST));
            ids.setProperty("bank-review", text(connection, "select id from bank_row where review = 'OPEN' limit 1"));
            ids.setProperty("adjustment", text(connection, "select id from adjustment limit 1"));
            ids.setProperty("decision", text(connection, waiting()));
            ids.setProperty("size", text(connection, "select id from provider_size limit 1"));
        }
        driver.charge(CHARGED);
        cluster.at(NOW);
        return new BrowserTestSetup.Made(ids);
    }

    private static void live(Connection connection, String wallet) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var text : LIFE) {
                statement.execute(text.replace("${wallet}", "'" + wallet + "'"));
            }
        }
    }

    /** Adds two years of settlements, the latest of them covering everything ever charged. */
    private static void settled(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(SettledMonths.of(new TenantId(SLUG), "USD", 24));
            statement.execute("insert into wholesale_month (month, run_id, since, period_to, taken_at)"
                    + " values ('2025-12-01', gen_random_uuid(), '2025-01-01', '2026-01-01', now())");
            statement.execute(
                    "insert into settled_period (rated_period_id, month, of_month, provider, wholesale, revenue)"
                            + " select id, '2025-12-01', '2025-12-01', 'sandbox', 0, amount from rated_period");
            statement.execute("alter table platform.settlement_line disable trigger settlement_line_immutable");
            statement.execute(
                    "update platform.settlement_line l set subject = p.id::text from plan p where p.code = l.subject");
            statement.execute("alter table platform.settlement_line enable trigger settlement_line_immutable");
        }
    }

    private static String own(String table, String organization) {
        return "select id from " + table + " where organization_id = '" + organization + "' limit 1";
    }

    private static String member(String organization) {
        return "select person_id from membership where organization_id = '" + organization + "' limit 1";
    }

    private static String option(String kind, String organization) {
        return "select id from addon where kind = '" + kind + "' and organization_id = '" + organization + "' limit 1";
    }

    private static String waiting() {
        return "select subject from work.work_item where tenant = '" + SLUG + "' and kind = 'power' limit 1";
    }

    /** A price list of the platform, in a currency not used by any other. */
    private static final String PRICE_LIST = """
            insert into platform.price_list (id, currency, created_at, created_by)
            values (gen_random_uuid(), 'CHF', now(), 'nobody')
            returning id
            """;

    private static String text(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            if (!rows.next()) {
                throw new IllegalStateException("nothing for " + query);
            }
            return rows.getString(1);
        }
    }
}
